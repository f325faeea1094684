"""Lengthening and dropping the law's clocks, and raising one that has run out."""

from __future__ import annotations

from datetime import date

from tests.cast import NOW
from tests.universe.tasks import add


def clock(world, rule="inquiry_child"):
    """A clock of the world's case, started that day."""
    from cases.actions.tasks import start_clock

    with world.opened(world.cast.worker) as (found, actor):
        return start_clock(case=found.case, rule=rule, starts_on=NOW.date(), by=actor, now=NOW)


def decision_to_extend(world, task, *, until: date, **values):
    """A signed decision to lengthen a clock until a day."""
    from uuid import uuid4

    from cases.models import Decision, LegalBasis

    made = {
        "kind": "extension",
        "legal_basis": LegalBasis.objects.get(code="sol_19_inquiry"),
        "extends": task,
        "content": "Utredningstiden förlängs.",
        "reasons": "Uppgifter från skolan väntas.",
        "ends_on": until,
        "decided_on": NOW.date(),
        "by_committee": True,
        "number": uuid4().hex[:12],
        "signed_at": NOW,
        "signed_by_id": world.cast.supervisor.pk,
        **values,
    }
    with world.opened(world.cast.worker) as (found, actor):
        decision = Decision(
            id=uuid4(),
            case=found.case,
            created_at=NOW,
            created_by_id=actor.person,
            updated_at=NOW,
            updated_by_id=actor.person,
            **made,
        )
        decision.save(force_insert=True)
        return decision


def extend(world, task, decision, *, until: date, special: bool = False):
    return world.call(
        world.cast.worker,
        "law_clocks.extend",
        task=task,
        decision=decision,
        due_on=until,
        has_special_reasons=special,
    )


def _extend(world):
    task, until = clock(world), date(2026, 9, 1)
    decision = decision_to_extend(world, task, until=until)
    return lambda: extend(world, task, decision, until=until)


def _drop(world):
    task = add(world)
    return lambda: world.call(world.cast.supervisor, "law_clocks.drop", task=task, reason="Dubblett.")


def _escalate(world):
    from audit.events import job
    from cases.actions import escalations

    task = clock(world)
    return lambda: escalations.escalate(task=task, to=[world.cast.supervisor], by=job("clock"), now=NOW)


SCENARIOS = {
    "law_clocks.extend": _extend,
    "law_clocks.drop": _drop,
    "escalations.escalate": _escalate,
}
