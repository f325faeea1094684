"""Whether somebody may be known already."""

from __future__ import annotations

from tests.cast import person_data

SCENARIOS = {
    "duplicates.ask": lambda world: (
        lambda: world.unit_call(world.cast.worker, "duplicates.ask", person=person_data())
    )
}
