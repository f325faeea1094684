"""Asking for a stage and approving it: never alone, and only what was seen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.models import Leaf
from cases.access import Refused
from cases.actions import stages
from cases.actions.cases import edit_case
from cases.actions.people import edit_person
from cases.models import Case, StageRequest
from cases.policies import Refusal
from cases.workflow import Stage
from tests.cast import NOW

TICKED = {"need_described", "acute_considered"}


def ask(found, actor, **changes):
    arguments = {
        "to_stage": Stage.INQUIRY,
        "reason": "Informationen är lämnad.",
        "ticked": TICKED,
        "closure_reason": "",
    }
    return stages.request_stage(opened=found, by=actor, now=NOW, **{**arguments, **changes})


@pytest.fixture
def request_id(cast, case, opened):
    with opened(cast.worker) as (found, actor):
        return ask(found, actor).pk


def decide(opened, user, request_id, *, seen=None, verb=stages.approve, **more):
    with opened(user) as (found, actor):
        request = StageRequest.objects.get(pk=request_id)
        if verb is stages.approve:
            more = {"seen": bytes(request.digest) if seen is None else seen, "comment": "", **more}
        return verb(opened=found, request=request, by=actor, now=NOW, **more)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"to_stage": Stage.ESTABLISHING}, stages.NoSuchWay),
        ({"to_stage": Stage.INTAKE}, stages.NoSuchWay),
        ({"ticked": {"need_described"}}, stages.ChecklistIncomplete),
        ({"reason": "  "}, stages.ReasonMissing),
        ({"to_stage": Stage.CLOSED, "ticked": {"client_told", "summary"}}, stages.ReasonMissing),
        ({"closure_reason": "goals_met"}, stages.ReasonMissing),
    ],
)
def test_request_that_lacks_something_is_refused(cast, case, opened, changes, error):
    with opened(cast.worker) as (found, actor), pytest.raises(error):
        ask(found, actor, **changes)
    assert StageRequest.objects.count() == 0


def test_second_request_waits_for_the_first(cast, case, opened, request_id):
    with opened(cast.worker) as (found, actor), pytest.raises(stages.AlreadyPending):
        ask(found, actor)


def test_co_worker_cannot_ask_for_a_stage(cast, case, opened):
    from cases.actions import grants
    from cases.models import Basis

    with opened(cast.supervisor) as (found, actor):
        grants.give(
            opened=found, user=cast.co_worker, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=NOW
        )
    with opened(cast.co_worker) as (found, actor), pytest.raises(Refused) as refusal:
        ask(found, actor)
    assert refusal.value.verdict.refusal == Refusal.ROLE


def test_worker_cannot_approve(cast, case, opened, request_id):
    with pytest.raises(Refused) as refusal:
        decide(opened, cast.worker, request_id)
    assert refusal.value.verdict.refusal == Refusal.OWN_REQUEST
    assert Case.objects.get(pk=case).stage == Stage.INTAKE


def test_supervisor_approves_and_the_case_goes_on(cast, case, opened, request_id):
    decide(opened, cast.supervisor, request_id)
    assert Case.objects.get(pk=case).stage == Stage.INQUIRY
    assert Leaf.objects.filter(event="stage.approved", actor=cast.supervisor.pk).count() == 1


def test_database_refuses_self_approval_by_raw_sql(cast, case, request_id):
    with pytest.raises(IntegrityError, match="nobody_approves_her_own_request"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_stagerequest SET state = 'approved', decided_by_id = requested_by_id, decided_at = now()"
            )


def test_decided_request_is_locked_by_the_database(cast, case, opened, request_id):
    decide(opened, cast.supervisor, request_id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_stagerequest SET state = 'returned'")


def test_one_changed_letter_in_the_case_voids_the_request(cast, case, opened, request_id):
    with opened(cast.worker) as (found, actor):
        edit_case(opened=found, changes={"need": "Vill lämna!"}, version=1, by=actor, now=NOW)
    assert StageRequest.objects.get(pk=request_id).state == "void"
    with pytest.raises(stages.NotPending):
        decide(opened, cast.supervisor, request_id)


def test_one_changed_letter_about_the_person_voids_the_request(cast, case, opened, request_id):
    with opened(cast.worker) as (found, actor):
        edit_person(opened=found, changes={"language": "polska"}, version=1, by=actor, now=NOW)
    assert StageRequest.objects.get(pk=request_id).state == "void"


def test_request_tampered_with_by_raw_sql_is_not_approved(cast, case, opened, request_id):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_stagerequest SET to_stage = 'acute'")
    with pytest.raises(stages.NotPending):
        decide(opened, cast.supervisor, request_id)


def test_only_what_was_seen_is_approved(cast, case, opened, request_id):
    with pytest.raises(stages.NotPending):
        decide(opened, cast.supervisor, request_id, seen=b"\x00" * 32)


def test_return_needs_a_reason(cast, case, opened, request_id):
    with pytest.raises(stages.ReasonMissing):
        decide(opened, cast.supervisor, request_id, verb=stages.send_back, comment=" ")
    decide(opened, cast.supervisor, request_id, verb=stages.send_back, comment="Komplettera hotbilden.")
    assert Case.objects.get(pk=case).stage == Stage.INTAKE


def test_decision_without_a_pending_request_is_refused(cast, case, opened, request_id):
    decide(opened, cast.supervisor, request_id)
    with pytest.raises(stages.NotPending):
        decide(opened, cast.supervisor, request_id)


def test_closure_carries_its_reason_and_ends_the_case(cast, case, opened):
    with opened(cast.worker) as (found, actor):
        request = ask(
            found,
            actor,
            to_stage=Stage.CLOSED,
            ticked={"client_told", "summary"},
            closure_reason="own_request",
        )
    decide(opened, cast.supervisor, request.pk)
    with opened(cast.worker) as (found, actor):
        assert found.case.closure_reason == "own_request"
        assert found.case.closed_on == NOW.date()
        with pytest.raises(Refused) as refusal:
            edit_case(opened=found, changes={"need": "x"}, version=found.case.version, by=actor, now=NOW)
    assert refusal.value.verdict.refusal == Refusal.ENDED
