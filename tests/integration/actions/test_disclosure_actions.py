"""What may be given on what, asked past every form; the refusal and its success differ in one thing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.access import Refused
from cases.actions.disclosures import (
    ConsentDoesNotReach,
    GroundDoesNotApply,
    NoGround,
    NotDelegated,
    NothingToGive,
    NotVerified,
    ReasonsMissing,
    SpecialReasons,
)
from cases.models import Case, Disclosure, LegalBasis
from cases.models.disclosure import Answer, Verification
from tests.cast import NOW, make_case
from tests.universe import World
from tests.universe.consents import give
from tests.universe.disclosures import ask, decide, delegate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def basis(code: str) -> LegalBasis:
    return LegalBasis.objects.get(code=code)


def test_consent_in_force_that_names_the_receiver_lets_it_be_given(world):
    given = decide(world, ask(world), consent=give(world))
    assert (given.is_decided, given.sent_text) == (True, "Möte på tisdag kl. 10.")


@pytest.mark.parametrize(
    ("consent", "asked"),
    [
        ({"receivers": ["school"]}, {}),
        ({"ends_on": date(2026, 3, 1), "starts_on": date(2026, 1, 1)}, {}),
        ({"starts_on": date(2026, 3, 3)}, {}),
        ({}, {"receiver": "health"}),
    ],
    ids=["for others", "run out", "not begun", "another asks"],
)
def test_consent_that_does_not_reach_stops_it_and_names_provisions(world, consent, asked):
    with pytest.raises(ConsentDoesNotReach) as stopped:
        decide(world, ask(world, **asked), consent=give(world, **consent))
    assert any("10 kap. 2 § OSL" in words for words in stopped.value.instead)
    assert not any("12 kap. 2 §" in words for words in stopped.value.instead)


def test_consent_of_another_case_is_no_ground(world, cast, opened):
    other = make_case(worker=cast.worker)
    foreign = give(World(cast, other, lambda user: opened(user, which=other)))
    with pytest.raises(NoGround):
        decide(world, ask(world), consent=foreign)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"verification": Verification.NOT_DONE}, NotVerified),
        ({"sent_text": " "}, NothingToGive),
        ({"sent_on": None}, NothingToGive),
        ({"balance": ""}, ReasonsMissing),
        ({"answer": Answer.PART}, ReasonsMissing),
    ],
)
def test_without_any_one_part_nothing_is_given(world, changes, refusal):
    consent, asked = give(world), ask(world)
    with pytest.raises(refusal):
        decide(world, asked, consent=consent, **changes)
    assert decide(world, asked, consent=consent).is_decided


def test_without_a_ground_nothing_is_given(world):
    with pytest.raises(NoGround):
        decide(world, ask(world))


def test_provision_needs_a_delegation_of_ones_own(world, cast):
    asked, provision = ask(world), basis("osl_10_2")
    with pytest.raises(NotDelegated):
        decide(world, asked, provision=provision)
    delegate(cast, "osl_10_2", at=NOW)
    assert decide(world, asked, provision=provision).ground.startswith("10 kap. 2 § OSL")


def test_provision_that_a_lawyer_has_to_confirm_says_so_for_ever(world, cast):
    delegate(cast, "osl_10_15a", at=NOW)
    assert "ska bekräftas av jurist" in decide(world, ask(world), provision=basis("osl_10_15a")).ground


@pytest.mark.parametrize("code", ["consent", "osl_10_1", "fl_10", "osl_12_3", "sol_15_7", "sol_11_1"])
def test_provision_that_is_for_something_else_is_no_ground(world, cast, code):
    delegate(cast, code, at=NOW)
    with pytest.raises(GroundDoesNotApply):
        decide(world, ask(world), provision=basis(code))


@pytest.mark.parametrize(
    ("born", "applies"), [(date(2005, 3, 3), True), (date(2005, 3, 2), False), (None, False)]
)
def test_provision_for_the_young_ends_on_the_birthday(cast, opened, born, applies):
    case = make_case(worker=cast.worker, identity_kind="unknown", identity_number="", birth_date=born)
    world = World(cast, case, lambda user: opened(user, which=case))
    delegate(cast, "osl_10_18a", at=NOW)
    asked = ask(world)
    if applies:
        assert decide(world, asked, provision=basis("osl_10_18a")).is_decided
    else:
        with pytest.raises(GroundDoesNotApply):
            decide(world, asked, provision=basis("osl_10_18a"))


@pytest.mark.parametrize("special", [True, None])
def test_contact_data_waits_for_the_answer_that_nothing_speaks_against_it(world, cast, special):
    delegate(cast, "lag_2025_170_4", at=NOW)
    asked, provision = ask(world, matter="contact"), basis("lag_2025_170_4")
    with pytest.raises(SpecialReasons):
        decide(world, asked, provision=provision, special_reasons=special)
    assert decide(world, asked, provision=provision, special_reasons=False).is_decided


def test_refusal_needs_no_ground_but_reasons_and_how_it_is_appealed(world):
    asked = ask(world)
    refused = {"answer": Answer.NONE, "sent_text": "", "verification": Verification.NOT_DONE}
    with pytest.raises(ReasonsMissing):
        decide(world, asked, **refused)
    given = decide(world, asked, **refused, appeal="Inom tre veckor.")
    assert (given.answer, given.sent_text, given.sent_on) == (Answer.NONE, "", None)


def test_what_is_not_given_is_not_kept_as_given(world):
    given = decide(world, ask(world), answer=Answer.TAKEN_BACK, sent_text="Adressen är Provgatan 1.")
    assert (given.sent_text, given.sent_rows) == ("", None)


def test_exactly_which_document_and_note_went_out_is_kept(world):
    from tests.universe.documents import add
    from tests.universe.notes import FULL

    document = add(world)
    note = world.call(world.cast.worker, "notes.start")
    note = world.call(world.cast.worker, "notes.sign", note=note, content=FULL, version=1)
    given = decide(world, ask(world), consent=give(world), sent_text="", documents=(document,), notes=(note,))
    assert given.sent_rows == [
        {"kind": "document", "id": str(document.pk), "mark": bytes(document.digest).hex()},
        {"kind": "note", "id": str(note.pk), "mark": str(note.version)},
    ]


def test_decided_row_is_locked_by_the_database(world):
    decide(world, ask(world), consent=give(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(decided_at=None, decided_by=None)


def test_ended_case_can_still_be_asked_about_and_a_transferred_one_cannot(world, case):
    Case.objects.filter(pk=case).update(stage="closed", closed_on=NOW.date())
    assert ask(world).pk
    Case.objects.filter(pk=case).update(stage="intake", closed_on=None, standing="transferred")
    with pytest.raises(Refused):
        ask(world)


def test_only_a_request_starts_the_clock(world, case):
    from cases.models import Task

    ask(world, initiative="own")
    assert not Task.objects.filter(case=case, rule="disclosure_request").exists()
    ask(world)
    assert Task.objects.get(case=case, rule="disclosure_request").due_on == NOW.date()
