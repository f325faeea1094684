"""Holds on a file."""

from __future__ import annotations

WHY = {"ground": "court", "text": ""}


def put(world, by=None):
    return world.call(by or world.cast.supervisor, "holds.put", values=WHY)


def _lift(world):
    hold = put(world)
    return lambda: world.call(world.cast.supervisor, "holds.lift", hold=hold)


SCENARIOS = {"holds.put": lambda world: lambda: put(world), "holds.lift": _lift}


def made(given):
    from cases.actions import holds

    with given.opened(given.supervisor) as verb:
        return {"hold": holds.put(values=WHY, **verb).pk}
