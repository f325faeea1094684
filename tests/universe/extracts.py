"""What the client is given of who has read her case."""

from __future__ import annotations

SCENARIOS = {"extracts.make": lambda world: lambda: world.call(world.cast.worker, "extracts.make")}
