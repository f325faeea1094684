"""The details of a protected person, shown for a while."""

from __future__ import annotations


def show(world, user, group="identity"):
    return world.call(user, "unmaskings.show", group=group)


SCENARIOS = {"unmaskings.show": lambda world: lambda: show(world, world.cast.worker)}
