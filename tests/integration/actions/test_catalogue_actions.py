"""The catalogue of law: a change is a new dated row, nothing is written over, and only its keeper may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.access import Refused
from cases.actions import catalogue
from cases.forms.law import law_text
from cases.queries import law
from cases.queries.catalogue import provisions
from tests.cast import NOW, acting
from tests.universe.catalogue import WORDS, provision

TODAY = NOW.date()
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def keep(cast):
    """Call a verb of the catalogue as its keeper, or as somebody else."""

    def call(action, /, by=None, **arguments):
        with acting(by or cast.administrator) as actor:
            return getattr(catalogue, action)(by=actor, now=NOW, **arguments)

    return call


def reword(keep, day=NEW_YEAR, **changes):
    return keep("reword", row=provision(), values={**WORDS, "valid_from": day, **changes})


def test_new_wording_counts_from_its_day_and_the_old_one_until_the_day_before(keep):
    old = provision()
    made = reword(keep, title="Ny lydelse")
    assert law.provision_on(NEW_YEAR - timedelta(days=1), code=old.code) == old
    assert law.provision_on(NEW_YEAR, code=old.code) == made
    old.refresh_from_db()
    assert (old.title, old.valid_to) == ("Insats efter individuell behovsprövning", date(2026, 12, 31))


def test_wording_may_come_into_force_in_the_past_but_not_before_the_one_it_follows(keep):
    assert reword(keep, day=TODAY - timedelta(days=30)).is_in_force(TODAY)
    with pytest.raises(catalogue.StartsTooEarly):
        reword(keep, day=provision().valid_from)


def test_older_wording_cannot_be_followed_ended_or_taken_back(keep):
    old = provision()
    reword(keep)
    for action, given in (
        ("reword", {"values": {**WORDS, "valid_from": NEW_YEAR}}),
        ("end", {"on": NEW_YEAR}),
        ("take_back", {}),
        ("resume", {}),
    ):
        with pytest.raises(catalogue.NotTheLatest):
            keep(action, row=old, **given)


def test_coming_wording_is_taken_back_as_if_it_had_never_been_and_may_be_written_anew(keep):
    old = provision()
    wrong = keep("take_back", row=reword(keep, title="Fel"))
    assert wrong.was_taken_back
    assert law.provision_on(NEW_YEAR, code=old.code) == old
    right = reword(keep, title="Rätt")
    assert law.provision_on(NEW_YEAR, code=old.code) == right


def test_wording_in_force_is_not_taken_back(keep):
    with pytest.raises(catalogue.InForceAlready):
        keep("take_back", row=provision())


def test_provision_ends_on_its_last_day_and_may_be_let_go_on(keep):
    row = keep("end", row=provision(), on=TODAY)
    assert law.provision_on(TODAY, code=row.code) == row
    assert law.provision_on(TODAY + timedelta(days=1), code=row.code) is None
    keep("resume", row=row)
    assert law.provision_on(TODAY + timedelta(days=1), code=row.code) == row


def test_provision_does_not_end_before_it_began(keep):
    row = provision()
    with pytest.raises(catalogue.EndsTooEarly):
        keep("end", row=row, on=row.valid_from - timedelta(days=1))


def test_deadline_gets_a_new_wording_and_keeps_what_its_clock_needs(keep):
    from cases.models import DeadlineRule

    old = DeadlineRule.objects.get(code="preliminary")
    made = keep("reword", row=old, values={"length": 10, "valid_from": NEW_YEAR})
    assert (made.length, made.code, made.by_hand) == (10, old.code, old.by_hand)


@pytest.mark.parametrize("who", ["worker", "supervisor", "auditor"])
def test_only_the_keeper_of_the_catalogue_changes_it(cast, keep, who):
    with pytest.raises(Refused):
        keep("end", row=provision(), on=TODAY, by=getattr(cast, who))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_legalbasis SET title = 'x' WHERE code = 'sol_11_1'",
        "UPDATE cases_legalbasis SET needs_committee = false, valid_to = '2030-01-01' WHERE code = 'sol_22_placement'",
        "UPDATE cases_deadlinerule SET length = 400 WHERE code = 'preliminary'",
        "DELETE FROM cases_legalbasis WHERE code = 'sol_11_1'",
    ],
)
def test_database_refuses_to_edit_or_delete_law(db, statement):
    with pytest.raises(IntegrityError, match="is not edited"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_awaits_a_lawyer_says_so_where_it_is_chosen(db):
    uncertain = provision("osl_10_15a")
    assert "ska bekräftas av jurist" in law_text(uncertain)
    assert "beslutas av utskottet" in law_text(provision("sol_22_placement"))
    assert "(" not in law_text(provision("sol_11_1"))


def test_catalogue_lists_each_provision_once_however_many_wordings_it_has(keep):
    before = len(provisions(today=TODAY))
    reword(keep)
    listed = provisions(today=TODAY)
    assert len(listed) == before
    changed = next(each for each in listed if each.coming)
    assert changed.now is not None
    assert changed.coming.valid_from == NEW_YEAR
