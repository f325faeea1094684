"""Every pair of stage and target, asked for by every role and decided by every role: what the table has is let
through, everything else is refused. The pairs and roles are read from the code."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import transaction

from avhopp.accounts.roles import Right, Role, may_try
from cases.access import NotVisible, Refused
from cases.actions import stages
from cases.actions.writing import lock_case
from cases.models import Case, StageRequest
from cases.queries import stage_rules, standing
from cases.workflow import ORDER, WAYS, Gate, Requirement, Stage, Track, as_target
from tests.cast import NOW, acting, make_case

PEOPLE = {
    Role.CASE_WORKER: "worker",
    Role.CO_WORKER: "co_worker",
    Role.SUPERVISOR: "supervisor",
    Role.AUDITOR: "auditor",
    Role.DATA_PROTECTION_OFFICER: "officer",
    Role.SAFETY_MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
}
TARGETS = (*Stage, *Gate)
REFUSALS = (Refused, NotVisible, stages.NoSuchWay)


@pytest.fixture(autouse=True)
def _everything_stands(monkeypatch):
    """What stages rest on is tested elsewhere; here everything stands."""
    always = dict.fromkeys(Requirement, lambda opened, on: True)
    monkeypatch.setattr(standing, "CHECKS", always)


def ask(opened, actor, target):
    rule = None
    if target in stage_rules.targets_of(opened.case):
        rule = stage_rules.rule_of(case=opened.case, target=target)
    return stages.request_stage(
        opened=opened,
        to_stage=target,
        reason="Prövas.",
        ticked={item.code for item in rule.items} if rule else set(),
        closure_reason="own_request" if target == Stage.CLOSED else "",
        by=actor,
        now=NOW,
    )


def put(case, stage):
    Case.objects.filter(pk=case).update(stage=stage)


def outcome(user, case, act) -> bool:
    """Whether the act is let through; it is undone in any case."""
    from cases.access import get_case

    with transaction.atomic():
        try:
            with acting(user) as actor:
                act(get_case(actor=actor, case=case, at=NOW), actor)
            return True
        except REFUSALS:
            return False
        finally:
            transaction.set_rollback(True)


def is_in_table(track, origin, target) -> bool:
    from cases.workflow import JOINT_FROM, Way

    if isinstance(target, Gate):
        return track == Track.EXIT and origin in JOINT_FROM
    return Way(track, origin, target) in WAYS


@pytest.mark.slow
@pytest.mark.parametrize("track", list(Track))
def test_only_what_the_table_has_can_be_asked_for_and_only_by_whom_it_says(cast, track):
    case = make_case(worker=cast.worker, track=track)
    give_help(cast, case)
    wrong = []
    for origin, target, role in product(ORDER[track], TARGETS, Role):
        put(case, origin)
        user = getattr(cast, PEOPLE[role])
        let_through = outcome(user, case, lambda opened, actor, target=target: ask(opened, actor, target))
        expected = is_in_table(track, origin, target) and may_try(role=role, right=Right.REQUEST_STAGES)
        if let_through is not expected:
            wrong.append((origin, target, role, let_through))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("track", list(Track))
def test_only_approvers_decide_and_never_the_one_who_asked(cast, track):
    case = make_case(worker=cast.worker, track=track)
    give_help(cast, case)
    wrong = []
    for origin, target in product(ORDER[track], TARGETS):
        if not is_in_table(track, origin, target):
            continue
        put(case, origin)
        for role in Role:
            let_through = decided_by(cast, case, target, getattr(cast, PEOPLE[role]))
            if let_through is not may_try(role=role, right=Right.APPROVE_STAGES):
                wrong.append((origin, target, role, let_through))
    assert wrong == []


def decided_by(cast, case, target, user) -> bool:
    def act(opened, actor):
        request = StageRequest.objects.get(case=case, state="pending")
        stages.approve(
            opened=opened, request=request, seen=bytes(request.digest), comment="", by=actor, now=NOW
        )
        assert as_target(request.to_stage) == target

    with transaction.atomic():
        from cases.access import get_case

        with acting(cast.worker) as actor:
            ask(get_case(actor=actor, case=case, at=NOW), actor, target)
        found = outcome(user, case, act)
        transaction.set_rollback(True)
    return found


def give_help(cast, case):
    from cases.access import get_case
    from cases.actions import grants
    from cases.models import Basis

    with acting(cast.supervisor) as actor:
        opened = get_case(actor=actor, case=case, at=NOW)
        lock_case(opened)
        grants.give(
            opened=opened, user=cast.co_worker, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=NOW
        )
