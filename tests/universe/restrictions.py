"""Restricted cases."""

from __future__ import annotations

WHY = {"ground": "staff", "text": ""}


def restrict(world, *named, by=None):
    return world.call(
        by or world.cast.supervisor,
        "restrictions.restrict",
        named=named or [world.cast.worker, world.cast.supervisor],
        values=WHY,
    )


def _lift(world):
    restrict(world)
    return lambda: world.call(world.cast.supervisor, "restrictions.lift")


SCENARIOS = {"restrictions.restrict": lambda world: lambda: restrict(world), "restrictions.lift": _lift}
