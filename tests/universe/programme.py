"""Rest, breaking off, and the joint programme with the police."""

from __future__ import annotations

from cases.workflow import Standing
from tests.cast import NOW


def _pause(world):
    return world.call(
        world.cast.worker, "programme.change_standing", to=Standing.DORMANT, reason="Häktad.", version=1
    )


def _leave(world):
    from cases.actions.writing import new_row
    from cases.models import LeavingReason, ProgrammePeriod

    with world.opened(world.cast.worker) as (found, actor):
        new_row(ProgrammePeriod, opened=found, values={}, by=actor, now=NOW)
    return lambda: world.call(world.cast.worker, "programme.leave", because=LeavingReason.OWN_REQUEST)


SCENARIOS = {
    "programme.change_standing": lambda world: lambda: _pause(world),
    "programme.leave": _leave,
}
