"""The days of a person's tasks, for her calendar."""

from __future__ import annotations

SCENARIOS = {
    "calendar.export": lambda world: lambda: world.unit_call(world.cast.worker, "calendar.export"),
}
