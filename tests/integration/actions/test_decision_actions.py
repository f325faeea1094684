"""Deciding: complete, on the law of the day, by one who may that day; then locked, and followed by others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Leaf
from cases.access import NotVisible, Refused
from cases.actions import decision_events, decisions, drafts
from cases.catalogue.decision_kinds import DecisionKind
from cases.models import Decision, Task
from cases.policies import Refusal
from cases.queries import decisions as queries
from tests.cast import NOW
from tests.universe import World
from tests.universe.catalogue import WORDS, keep, reword
from tests.universe.decisions import COMMITTEE, GRANT, draft, note, provision, sign, signed
from tests.universe.delegations import give

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def refused(world, row, *, by=None) -> Refusal:
    """Why somebody may not sign."""
    with pytest.raises(Refused) as refusal:
        sign(world, row, by=by)
    found = refusal.value.verdict.refusal
    assert found is not None
    return found


def open_clocks(about) -> set[str]:
    return set(Task.objects.filter(about=about.pk, ended="").values_list("rule", flat=True))


# Who may sign.


def test_delegate_signs_and_the_decision_gets_its_number_day_and_delegation(world):
    delegation = give(world)
    row = sign(world, draft(world))
    assert (row.decided_on, row.signed_by_id, row.delegation) == (TODAY, world.cast.worker.pk, delegation)
    assert row.number.startswith("B26-")


def test_without_a_delegation_nobody_signs(world):
    assert refused(world, draft(world)) == Refusal.NO_DELEGATION


def test_delegation_for_another_provision_does_not_do(world):
    give(world, provision="sol_13_2")
    assert refused(world, draft(world)) == Refusal.NO_DELEGATION


def test_delegation_of_a_colleague_does_not_do(world):
    give(world, delegate=world.cast.colleague)
    assert refused(world, draft(world)) == Refusal.NO_DELEGATION


def test_delegation_that_has_run_out_does_not_do(world):
    give(world, ends_on=TODAY - DAY)
    assert refused(world, draft(world)) == Refusal.DELEGATION_EXPIRED


def test_deputy_signs_on_her_days_and_not_after_them(world):
    given = {"deputy_for": world.cast.supervisor, "starts_on": TODAY - DAY}
    give(world, ends_on=TODAY - DAY, **given)
    row = draft(world)
    assert refused(world, row) == Refusal.DELEGATION_EXPIRED
    give(world, **{**given, "starts_on": TODAY, "ends_on": TODAY})
    assert sign(world, row).delegation.deputy_for == world.cast.supervisor


def test_delegation_to_come_does_not_do(world):
    give(world, starts_on=TODAY + DAY)
    assert refused(world, draft(world)) == Refusal.NO_DELEGATION


def test_withdrawn_delegation_does_not_do(world):
    delegation = give(world)
    world.unit_call(world.cast.supervisor, "delegations.withdraw", delegation=delegation, on=TODAY)
    assert refused(world, draft(world)) == Refusal.DELEGATION_EXPIRED


def test_what_only_the_committee_decides_is_signed_with_its_protocol_alone(world):
    placement = {**GRANT, "measure": "placement"}
    row = draft(world, code="sol_22_placement", **placement)
    assert refused(world, row) == Refusal.COMMITTEE_ONLY
    row = draft(world, code="sol_22_placement", **placement, by_committee=True, decided_on=TODAY)
    with pytest.raises(drafts.NotReadyToSign):
        sign(world, row)
    row = sign(world, draft(world, code="sol_22_placement", **placement, **COMMITTEE))
    assert (row.decided_on, row.delegation) == (date(2026, 2, 27), None)


def test_provision_that_became_the_committees_is_no_longer_delegated(world):
    give(world)
    row = draft(world)
    reword(world, day=TODAY - DAY, needs_committee=True)
    with pytest.raises(decisions.ProvisionNotInForce):
        sign(world, row)
    new = draft(world)
    assert refused(world, new) == Refusal.COMMITTEE_ONLY


def test_refusal_is_recorded_by_the_page(world, case):
    from django.urls import reverse

    from tests.signed_in import signed_in

    row = draft(world)
    client = signed_in(world.cast.worker)
    address = reverse("cases:case_decision_draft", args=[case, row.pk])
    response = client.post(address, {"do": "sign", "version": row.version})
    assert response.status_code == 403
    assert str(Refusal.NO_DELEGATION) in response.content.decode()
    assert Leaf.objects.filter(event="action.refused", actor=world.cast.worker.pk).count() == 1
    assert Decision.objects.get(pk=row.pk).signed_at is None


# What must stand there.


@pytest.mark.parametrize(
    "missing",
    [
        {"legal_basis": None},
        {"ruling": " "},
        {"reasons": ""},
        {"communication": None},
        {"communicated_on": None},
        {"communicated_on": TODAY + DAY},
        {"measure": None},
        {"starts_on": None},
        {"ends_on": date(2026, 3, 1)},
        {"by_committee": True, "protocol": "", "decided_on": TODAY},
        {"by_committee": True, "protocol": "§ 3", "decided_on": None},
        {"by_committee": True, "protocol": "§ 3", "decided_on": TODAY + DAY},
    ],
    ids=str,
)
def test_decision_that_lacks_what_the_law_asks_for_is_not_signed(world, missing):
    give(world)
    with pytest.raises(drafts.NotReadyToSign):
        sign(world, draft(world, **{**GRANT, **missing}))
    sign(world, draft(world))


def test_provision_must_be_in_force_on_the_day_of_the_decision(world):
    give(world)
    row = draft(world)
    keep(world, "end", row=provision("sol_11_1"), on=TODAY - DAY)
    with pytest.raises(decisions.ProvisionNotInForce):
        sign(world, row)


def test_committees_decision_rests_on_the_law_of_its_own_day(world):
    keep(world, "end", row=provision("sol_11_1"), on=TODAY - DAY)
    assert sign(world, draft(world, **GRANT, **COMMITTEE)).is_signed


def test_decision_rests_on_no_provision_for_something_else(world):
    give(world, provision="sol_19_inquiry")
    with pytest.raises(decisions.WrongProvision):
        sign(world, draft(world, code="sol_19_inquiry"))


# What follows.


def test_clocks_start_with_the_signature_and_stop_with_what_they_wait_for(world):
    row = signed(world)
    assert open_clocks(row) == {"decision_notify", "decision_execute"}
    note(world, row)
    assert open_clocks(row) == {"decision_execute"}
    note(world, row, kind="executed", on=TODAY)
    assert open_clocks(row) == set()


def test_refusal_to_grant_waits_for_no_execution(world):
    row = signed(world, kind=DecisionKind.REFUSAL, **{**GRANT, "measure": None, "starts_on": None})
    assert open_clocks(row) == {"decision_notify"}
    with pytest.raises(decision_events.NotOfThisDecision):
        note(world, row, kind="executed", on=TODAY)


def test_report_to_ivo_lets_the_clock_run_anew(world):
    row = signed(world)
    note(world, row, kind="reported", on=date(2026, 6, 3))
    clock = Task.objects.get(about=row.pk, rule="decision_execute", ended="")
    assert clock.due_on == date(2026, 9, 3)


def test_appeal_is_decided_only_after_it_has_come(world):
    row = signed(world)
    with pytest.raises(decision_events.NotOfThisDecision):
        note(world, row, kind="appeal_decided", on=TODAY, outcome="rejected")
    note(world, row, kind="appealed", on=TODAY)
    note(world, row, kind="appeal_decided", on=TODAY, outcome="rejected")


def test_nothing_happens_with_a_decision_before_it_is_made(world):
    with pytest.raises(decision_events.BeforeTheDecision):
        note(world, signed(world), on=TODAY - DAY)


def test_nothing_happens_with_a_draft(world):
    with pytest.raises(NotVisible):
        note(world, draft(world))


def test_change_replaces_the_decision_and_leaves_it_readable(world):
    row = signed(world)
    change = world.call(world.cast.worker, "decisions.follow", decision=row, following="change")
    saved = world.call(
        world.cast.worker,
        "decisions.save_draft",
        decision=change,
        content={"ruling": "Stödsamtal två gånger i veckan.", "correction_reason": "Behovet har ökat."},
        version=change.version,
    )
    with world.opened(world.cast.worker) as (found, _):
        assert queries.in_force(queries.decisions_of(found), TODAY) == [row]
    sign(world, saved)
    with world.opened(world.cast.worker) as (found, _):
        assert queries.in_force(queries.decisions_of(found), TODAY) == [saved]
        assert queries.decision_of(found, row.pk).ruling == GRANT["ruling"]
    assert open_clocks(row) == set()


def test_correction_without_a_reason_is_not_signed(world):
    row = signed(world)
    correction = world.call(world.cast.worker, "decisions.follow", decision=row, following="correction")
    with pytest.raises(drafts.NotReadyToSign):
        sign(world, correction)


def test_decision_has_one_that_follows_and_the_next_follows_upon_that(world):
    row = signed(world)
    world.call(world.cast.worker, "decisions.follow", decision=row, following="change")
    with pytest.raises(drafts.AlreadyCorrected):
        world.call(world.cast.worker, "decisions.follow", decision=row, following="ending")


def test_what_is_given_ends_from_the_day_that_the_ending_says(world):
    give(world)
    row = signed(world)
    ending = world.call(world.cast.worker, "decisions.follow", decision=row, following="ending")
    content = {
        "ruling": "Insatsen avslutas.",
        "reasons": "Målen är nådda.",
        "communication": "done",
        "communicated_on": TODAY,
        "starts_on": TODAY + DAY,
    }
    saved = world.call(
        world.cast.worker, "decisions.save_draft", decision=ending, content=content, version=ending.version
    )
    sign(world, saved)
    with world.opened(world.cast.worker) as (found, _):
        assert queries.has_decision_in_force(found, TODAY)
        assert not queries.has_decision_in_force(found, TODAY + DAY)


def test_refusal_cannot_be_ended(world):
    row = signed(world, kind=DecisionKind.REFUSAL, **{**GRANT, "measure": None})
    with pytest.raises(decisions.NothingToEnd):
        world.call(world.cast.worker, "decisions.follow", decision=row, following="ending")


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({}, TODAY - DAY, False),
        ({}, TODAY, True),
        ({}, date(2026, 8, 31), True),
        ({}, date(2026, 9, 1), False),
        ({"ends_on": None}, date(2030, 1, 1), True),
    ],
)
def test_decision_is_in_force_from_its_first_day_to_its_last(world, changes, day, expected):
    signed(world, **{**GRANT, **changes})
    with world.opened(world.cast.worker) as (found, _):
        assert queries.has_decision_in_force(found, day) is expected


def test_draft_is_not_in_force(world):
    draft(world)
    with world.opened(world.cast.worker) as (found, _):
        assert not queries.has_decision_in_force(found, TODAY)


# The lock.


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_decision SET decided_on = '2026-01-01'",
        "UPDATE cases_decision SET signed_at = NULL, signed_by_id = NULL, number = NULL, delegation_id = NULL",
        "UPDATE cases_decision SET ruling = reasons",
        "UPDATE cases_decision SET by_committee = true, delegation_id = NULL",
        "DELETE FROM cases_decision",
    ],
)
def test_database_refuses_to_change_a_signed_decision(world, statement):
    signed(world)
    with pytest.raises(IntegrityError, match="The decision is signed"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_database_refuses_to_rewrite_what_happened(world):
    note(world, signed(world))
    for statement in ("UPDATE cases_decisionevent SET created_at = now()", "DELETE FROM cases_decisionevent"):
        with pytest.raises(IntegrityError, match="is not edited"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_database_refuses_a_signature_on_no_authority(world):
    row = draft(world)
    with pytest.raises(IntegrityError, match="a_decision_is_the_committees_or_delegated"):
        with transaction.atomic():
            Decision.objects.filter(pk=row.pk).update(
                signed_at=NOW, signed_by=world.cast.worker, number="B26-XXXXX", decided_on=TODAY
            )


def test_catalogue_words_are_those_of_the_decision_for_ever(world):
    row = signed(world)
    keep(world, "reword", row=provision("sol_11_1"), values={**WORDS, "valid_from": TODAY + DAY})
    assert Decision.objects.values_list("legal_basis__place", flat=True).get(pk=row.pk) == "11 kap. 1 § SoL"


def test_two_on_one_draft_are_told_of_each_other(world):
    row = draft(world)
    world.call(
        world.cast.supervisor, "decisions.save_draft", decision=row, content=GRANT, version=row.version
    )
    with pytest.raises(drafts.DraftConflict):
        sign(world, row)
