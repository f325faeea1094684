"""Scenario 23: acute threat before the inquiry is done. Temporary housing may be decided, and the case is flagged to
be completed; whoever completes the inquiry takes the flag away."""

from __future__ import annotations

from cases.catalogue.decision_kinds import DecisionKind
from cases.models import Task
from cases.queries.decisions import has_acute_decision, has_decision_in_force
from tests.cast import NOW
from tests.universe import World
from tests.universe.decisions import GRANT, signed

ACUTE = {
    **GRANT,
    "measure": "protected_housing",
    "ruling": "Tillfälligt skyddat boende i fjorton dagar.",
    "communication": "cannot_wait",
    "communicated_on": None,
}


def waiting(case) -> list[Task]:
    return list(Task.objects.filter(case_id=case, rule="acute_complete", ended=""))


def test_scenario_23_acute_protection_before_the_inquiry_is_done(cast, case, opened):
    world = World(cast, case, opened)
    signed(world, kind=DecisionKind.ACUTE, **ACUTE)
    with opened(cast.worker) as (found, _):
        assert found.case.stage == "intake"
        assert has_acute_decision(found, NOW.date())
        assert has_decision_in_force(found, NOW.date())
    assert [str(task.due_on) for task in waiting(case)] == ["2026-03-16"]
    signed(world, kind=DecisionKind.ACUTE, **ACUTE)
    assert len(waiting(case)) == 1
    signed(world, **GRANT, ends_inquiry=True)
    assert waiting(case) == []
