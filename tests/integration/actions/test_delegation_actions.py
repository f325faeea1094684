"""Delegations are given by somebody else, for days that the row says, and are withdrawn but never edited."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.access import NotVisible, Refused
from cases.actions import delegations
from cases.policies import Authority
from cases.queries import delegations as queries
from tests.cast import NOW, acting

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def give(cast):
    """Give a delegation as the unit's supervisor, or as somebody else."""

    def call(delegate=None, by=None, **changes):
        values = {
            "provision": "sol_11_1",
            "delegate": delegate or cast.worker,
            "deputy_for": None,
            "starts_on": TODAY,
            "ends_on": None,
            "note": "",
        }
        with acting(by or cast.supervisor) as actor:
            return delegations.give(**{**values, **changes}, by=actor, now=NOW)

    return call


def withdraw(cast, delegation, *, on=TODAY, by=None):
    with acting(by or cast.supervisor) as actor:
        return delegations.withdraw(delegation=delegation, on=on, by=actor, now=NOW)


def authority(person, day=TODAY, code="sol_11_1"):
    return queries.authority_on(day, person=person.pk, code=code, needs_committee=False)


def test_delegation_counts_from_its_first_day_to_its_last(cast, give):
    give(starts_on=TODAY, ends_on=TODAY + DAY)
    days = {TODAY - DAY: Authority.NONE, TODAY: Authority.DELEGATED, TODAY + DAY: Authority.DELEGATED}
    assert {day: authority(cast.worker, day) for day in days} == days
    assert authority(cast.worker, TODAY + 2 * DAY) == Authority.EXPIRED


def test_delegation_counts_for_its_provision_and_its_person_alone(cast, give):
    give()
    assert authority(cast.worker, code="sol_13_2") == Authority.NONE
    assert authority(cast.colleague) == Authority.NONE


def test_withdrawn_delegation_counts_no_longer_from_that_day(cast, give):
    withdraw(cast, give(), on=TODAY + DAY)
    assert authority(cast.worker, TODAY) == Authority.DELEGATED
    assert authority(cast.worker, TODAY + DAY) == Authority.EXPIRED


def test_own_delegation_comes_before_one_as_a_deputy(cast, give):
    give(deputy_for=cast.supervisor, ends_on=TODAY + DAY)
    own = give(starts_on=TODAY + 2 * DAY)
    found = queries.delegation_on(TODAY + 2 * DAY, person=cast.worker.pk, code="sol_11_1")
    assert found == own


def test_nobody_delegates_to_herself(cast, give):
    with pytest.raises(delegations.NotADelegate):
        give(cast.supervisor)


def test_supervisor_of_another_unit_gives_a_supervisor_hers(cast, give):
    given = give(cast.supervisor, by=cast.other_supervisor)
    assert authority(cast.supervisor) == Authority.DELEGATED
    with acting(cast.other_supervisor) as actor:
        assert given not in queries.delegations_of(actor=actor)


@pytest.mark.parametrize("who", ["auditor", "administrator", "stranger"])
def test_delegation_goes_to_nobody_but_those_who_work_in_the_units_cases(cast, give, who):
    with pytest.raises(delegations.NotADelegate):
        give(getattr(cast, who))


def test_closed_account_gets_no_delegation(cast, give):
    cast.colleague.is_active = False
    cast.colleague.save()
    with pytest.raises(delegations.NotADelegate):
        give(cast.colleague)


def test_nobody_is_her_own_deputy(cast, give):
    with pytest.raises(delegations.NotADelegate):
        give(cast.worker, deputy_for=cast.worker)


def test_what_only_the_committee_decides_is_not_delegated(give):
    with pytest.raises(delegations.CannotBeDelegated):
        give(provision="sol_22_placement")


def test_provision_that_is_not_in_force_is_not_delegated(give):
    with pytest.raises(delegations.CannotBeDelegated):
        give(starts_on=TODAY - timedelta(days=3650))


def test_same_delegation_is_not_given_twice_for_the_same_days(cast, give):
    withdrawn = give()
    with pytest.raises(delegations.AlreadyDelegated):
        give()
    withdraw(cast, withdrawn)
    give()


def test_note_with_an_identity_number_is_stopped(give):
    with pytest.raises(delegations.IdentityInNote):
        give(note="Gäller 19900607-2384")


@pytest.mark.parametrize("who", ["worker", "administrator"])
def test_only_a_supervisor_gives_delegations(cast, give, who):
    with pytest.raises(Refused):
        give(cast.colleague, by=getattr(cast, who))


def test_delegation_ceases_today_or_later_and_once(cast, give):
    delegation = give()
    with pytest.raises(delegations.WithdrawnBeforeToday):
        withdraw(cast, delegation, on=TODAY - DAY)
    withdraw(cast, delegation)
    with pytest.raises(delegations.AlreadyOver):
        withdraw(cast, delegation)


def test_delegation_of_another_unit_does_not_exist(cast, give):
    delegation = give()
    with pytest.raises(NotVisible):
        withdraw(cast, delegation, by=cast.other_supervisor)


@pytest.mark.parametrize(
    "change",
    [
        "ends_on = '2030-01-01'",
        "provision = 'sol_13_2'",
        "starts_on = '2020-01-01'",
        "delegate_id = given_by_id",
    ],
)
def test_database_refuses_to_edit_a_delegation(give, change):
    give(ends_on=TODAY)
    with pytest.raises(IntegrityError, match="is not edited"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE cases_delegation SET {change}")


def test_database_refuses_to_undo_a_withdrawal(cast, give):
    withdraw(cast, give())
    with pytest.raises(IntegrityError, match="is withdrawn"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cases_delegation SET withdrawn_on = NULL, withdrawn_by_id = NULL")


def test_database_refuses_a_delegation_to_oneself(cast, give):
    from cases.models import Delegation

    given = give()
    with pytest.raises(IntegrityError, match="nobody_delegates_to_herself"), transaction.atomic():
        Delegation.objects.create(
            provision="sol_13_2",
            delegate=cast.worker,
            starts_on=TODAY,
            given_by=cast.worker,
            given_at=given.given_at,
        )
