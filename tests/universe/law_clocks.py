"""Lengthening and dropping the law's clocks, and raising one that has run out."""

from __future__ import annotations

from datetime import date

from cases.catalogue.decision_kinds import DecisionKind
from tests.cast import NOW
from tests.universe import decisions
from tests.universe.decisions import COMMITTEE, EXTENSION
from tests.universe.tasks import add


def clock(world, rule="inquiry_child"):
    """A clock of the world's case, started that day."""
    from cases.actions.tasks import start_clock

    with world.opened(world.cast.worker) as (found, actor):
        return start_clock(case=found.case, rule=rule, starts_on=NOW.date(), by=actor, now=NOW)


def extend(world, task, *, until: date, code="sol_19_inquiry", **content):
    """Lengthen a clock until a day by a decision of the committee."""
    said = {**EXTENSION, **COMMITTEE, "extends": task, "ends_on": until, **content}
    row = decisions.draft(world, kind=DecisionKind.EXTENSION, code=code, **said)
    return decisions.sign(world, row)


def _drop(world):
    task = add(world)
    return lambda: world.call(world.cast.supervisor, "law_clocks.drop", task=task, reason="Dubblett.")


def _escalate(world):
    from audit.events import job
    from cases.actions import escalations

    task = clock(world)
    return lambda: escalations.escalate(task=task, to=[world.cast.supervisor], by=job("clock"), now=NOW)


SCENARIOS = {
    "law_clocks.drop": _drop,
    "escalations.escalate": _escalate,
}
