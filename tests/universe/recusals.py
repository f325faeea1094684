"""Recusals."""

from __future__ import annotations

WHY = {"ground": "relative", "text": "Syskon."}


def recuse(world, user, *, by=None, successor=None):
    return world.call(by or user, "recusals.recuse", user=user, values=WHY, successor=successor)


SCENARIOS = {
    "recusals.recuse": lambda world: lambda: recuse(world, world.cast.co_worker, by=world.cast.supervisor),
}
