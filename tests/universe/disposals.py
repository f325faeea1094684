"""A file whose time has come: proposed, approved by somebody else, stopped."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import NOW, acting

LATER = NOW + timedelta(days=6 * 366)


def call(world, user, action, /, **arguments):
    """Act years later, when the file is due."""
    from cases.access import get_case
    from tests.universe import ACTIONS

    with acting(user, at=LATER) as actor:
        opened = get_case(actor=actor, case=world.case_id, at=LATER)
        return ACTIONS[action](opened=opened, by=actor, now=LATER, **arguments)


def propose(world, by=None):
    return call(world, by or world.cast.worker, "disposals.propose", values={"comment": ""})


def _ended(world):
    from tests.universe.follow_ups import end_case

    end_case(world)
    return world


def _propose(world):
    _ended(world)
    return lambda: propose(world)


def _approve(world):
    made = propose(_ended(world))
    return lambda: call(world, world.cast.supervisor, "disposals.approve", disposal=made)


def _stop(world):
    made = propose(_ended(world))
    return lambda: call(world, world.cast.worker, "disposals.stop", disposal=made, reason="Tvist.")


SCENARIOS = {
    "disposals.propose": _propose,
    "disposals.approve": _approve,
    "disposals.stop": _stop,
}


def made(given):
    """A proposal in a case that is not ended cannot be made by the verb; the row is written as the verb would."""
    from cases.actions.writing import new_row
    from cases.models import Disposal

    with given.opened() as verb:
        stands = Disposal.objects.filter(case=given.case, state="proposed").exists()
        state = "stopped" if stands else "proposed"
        values = {"rule": "last_note", "due_on": NOW.date(), "comment": "", "state": state}
        return {"disposal": new_row(Disposal, values=values, **verb).pk}
