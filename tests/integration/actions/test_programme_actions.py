"""The two gates stay apart, work may rest, and an ended case leads to a new one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.access import Refused, get_case
from cases.actions import cases, consents, programme, stages
from cases.models import Case, LeavingReason, ProgrammePeriod, RequestState, StageRequest, StandingChange
from cases.models.enquiry import Source
from cases.policies import Refusal
from cases.queries.stage_rules import targets_of
from cases.workflow import Gate, Requirement, Stage, Standing, Track
from tests.cast import NOW, acting
from tests.universe.consents import CONSENT

JOINT = {"informed", "safe_contact"}


def ask(opened, user, target, *, ticked=JOINT, closure_reason="", at=NOW):
    with opened(user, at=at) as (found, actor):
        return stages.request_stage(
            opened=found,
            to_stage=target,
            reason="Dags.",
            ticked=ticked,
            closure_reason=closure_reason,
            by=actor,
            now=at,
        )


def approve(opened, user, request, *, at=NOW):
    with opened(user, at=at) as (found, actor):
        seen = bytes(StageRequest.objects.get(pk=request.pk).digest)
        return stages.approve(opened=found, request=request, seen=seen, comment="", by=actor, now=at)


def consent(opened, user, **changes):
    with opened(user) as (found, actor):
        return consents.give(opened=found, values={**CONSENT, **changes}, by=actor, now=NOW)


def stand(opened, user, to, *, reason="Häktad.", version=None):
    with opened(user) as (found, actor):
        return programme.change_standing(
            opened=found,
            to=to,
            reason=reason,
            version=version or found.case.version,
            by=actor,
            now=NOW,
        )


@pytest.mark.parametrize(
    "changes",
    [
        None,
        {"receivers": ["school"]},
        {"starts_on": date(2026, 3, 3)},
        {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 1)},
    ],
    ids=["none", "without the police", "not yet", "over"],
)
def test_joint_assessment_is_refused_without_a_consent_that_holds_for_the_police(cast, case, opened, changes):
    if changes is not None:
        consent(opened, cast.worker, **changes)
    with pytest.raises(stages.RequirementMissing) as refusal:
        ask(opened, cast.worker, Stage.ASSESSMENT)
    assert refusal.value.missing == (Requirement.CONSENT_POLICE,)
    assert not StageRequest.objects.exists()


def test_inquiry_on_her_own_need_goes_on_without_the_police(cast, case, opened):
    request = ask(opened, cast.worker, Stage.INQUIRY, ticked={"need_described", "acute_considered"})
    approve(opened, cast.supervisor, request)
    assert Case.objects.get(pk=case).stage == Stage.INQUIRY


def test_joint_assessment_is_approved_while_the_consent_holds(cast, case, opened):
    consent(opened, cast.worker)
    approve(opened, cast.supervisor, ask(opened, cast.worker, Stage.ASSESSMENT))
    assert Case.objects.get(pk=case).stage == Stage.ASSESSMENT


def test_consent_withdrawn_while_the_request_waits_stops_the_approval(cast, case, opened):
    given = consent(opened, cast.worker)
    request = ask(opened, cast.worker, Stage.ASSESSMENT)
    with opened(cast.worker) as (found, actor):
        consents.withdraw(
            opened=found, consent=given, version=1, on=NOW.date(), how="Telefon.", by=actor, now=NOW
        )
    with pytest.raises(stages.RequirementMissing):
        approve(opened, cast.supervisor, request)
    assert Case.objects.get(pk=case).stage == Stage.INTAKE
    assert StageRequest.objects.get().state == RequestState.PENDING


def test_consent_that_runs_out_before_the_approval_stops_it(cast, case, opened):
    consent(opened, cast.worker, ends_on=NOW.date())
    request = ask(opened, cast.worker, Stage.ASSESSMENT)
    with pytest.raises(stages.RequirementMissing):
        approve(opened, cast.supervisor, request, at=NOW + timedelta(days=1))


def test_joint_programme_is_refused_without_agreement_and_decision(cast, case, opened):
    consent(opened, cast.worker)
    Case.objects.filter(pk=case).update(stage=Stage.INQUIRY)
    with pytest.raises(stages.RequirementMissing) as refusal:
        ask(
            opened,
            cast.worker,
            Gate.JOINT_PROGRAMME,
            ticked={"motivated", "police_form", "not_witness"},
        )
    assert set(refusal.value.missing) == {Requirement.AGREEMENT_SIGNED, Requirement.DECISION_IN_FORCE}


def test_programme_that_the_case_is_not_in_cannot_be_left(cast, case, opened):
    with opened(cast.worker) as (found, actor), pytest.raises(programme.NotInProgramme):
        programme.leave(opened=found, because=LeavingReason.WITNESS, by=actor, now=NOW)


def test_resting_case_can_only_be_closed_until_it_is_taken_up_again(cast, case, opened):
    stand(opened, cast.worker, Standing.DORMANT)
    assert targets_of(Case.objects.get(pk=case)) == (Stage.CLOSED,)
    with pytest.raises(stages.NoSuchWay):
        ask(opened, cast.worker, Stage.INQUIRY, ticked={"need_described", "acute_considered"})
    stand(opened, cast.worker, Standing.ACTIVE, reason="Frigiven.")
    assert Stage.INQUIRY in targets_of(Case.objects.get(pk=case))
    assert StandingChange.objects.count() == 2


def test_standing_changed_in_another_tab_is_not_changed_again(cast, case, opened):
    stand(opened, cast.worker, Standing.DORMANT)
    with pytest.raises(programme.NoSuchStanding):
        stand(opened, cast.worker, Standing.INTERRUPTED, version=1)


def test_worker_cannot_move_a_case_to_another_municipality_alone(cast, case, opened):
    with pytest.raises(Refused) as refusal:
        stand(opened, cast.worker, Standing.TRANSFERRED)
    assert refusal.value.verdict.refusal == Refusal.ROLE


def test_transferred_case_is_read_only(cast, case, opened):
    stand(opened, cast.supervisor, Standing.TRANSFERRED, reason="Mottaget av kommunen.")
    with opened(cast.worker) as (found, actor), pytest.raises(Refused) as refusal:
        cases.edit_case(opened=found, changes={"need": "x"}, version=2, by=actor, now=NOW)
    assert refusal.value.verdict.refusal == Refusal.TRANSFERRED
    assert targets_of(Case.objects.get(pk=case)) == ()


def test_closure_ends_the_programme(cast, case, opened):
    from cases.actions.writing import new_row

    with opened(cast.worker) as (found, actor):
        new_row(ProgrammePeriod, opened=found, values={}, by=actor, now=NOW)
    closing = {"ticked": {"client_told", "summary"}, "closure_reason": "own_request"}
    approve(opened, cast.supervisor, ask(opened, cast.worker, Stage.CLOSED, **closing))
    period = ProgrammePeriod.objects.get()
    assert period.ended_at == NOW
    with opened(cast.worker):
        assert period.ended_because == LeavingReason.CLOSED


def close(opened, cast):
    closing = {"ticked": {"client_told", "summary"}, "closure_reason": "own_request"}
    approve(opened, cast.supervisor, ask(opened, cast.worker, Stage.CLOSED, **closing))


def reenter(opened, cast, user=None, at=NOW):
    user = user or cast.worker
    with opened(user, at=at) as (found, actor):
        return cases.open_case(
            track=Track.EXIT,
            person=found,
            source=Source.SELF,
            need="Hotad på nytt.",
            enquiry=None,
            responsible=cast.worker,
            by=actor,
            now=at,
        )


def test_case_at_work_is_not_opened_twice(cast, case, opened):
    with pytest.raises(cases.StillOpen):
        reenter(opened, cast)


def test_new_contact_after_closure_becomes_a_linked_case_of_the_same_person(cast, case, opened):
    close(opened, cast)
    later = NOW + timedelta(days=240)
    made = reenter(opened, cast, at=later)
    before = Case.objects.get(pk=case)
    assert (made.related_to_id, made.person_id) == (before.pk, before.person_id)
    assert made.number != before.number
    assert Case.objects.filter(related_to=before).count() == 1


def test_colleague_with_the_new_case_alone_does_not_see_the_ended_one(cast, case, opened):
    from cases.access import NotVisible
    from cases.actions import grants
    from cases.models import Basis

    close(opened, cast)
    made = reenter(opened, cast)
    with opened(cast.supervisor, which=made.pk) as (found, actor):
        grants.give(
            opened=found, user=cast.colleague, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=NOW
        )
    with acting(cast.colleague) as actor:
        assert get_case(actor=actor, case=made.pk, at=NOW).case.person.full_name == "Prov Provsson"
        with pytest.raises(NotVisible):
            get_case(actor=actor, case=case, at=NOW)
