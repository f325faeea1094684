"""Agreements count when everybody has signed, stand from the first signature, and end without ending the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.access import Refused
from cases.actions import agreements, breaches
from cases.models import Agreement, Task
from cases.queries.agreements import has_signed_agreement
from tests.cast import NOW
from tests.universe import World
from tests.universe.agreements import ALL, breach, decide, end, sign, signed, write

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def stands(world, on=TODAY) -> bool:
    with world.opened(world.cast.worker) as (found, _):
        return has_signed_agreement(found, on)


@pytest.mark.parametrize("missing", ALL)
def test_agreement_stands_when_everybody_has_signed_and_the_client_the_polices_form(world, missing):
    agreement = write(world)
    sign(world, agreement, *(each for each in ALL if each != missing))
    assert not stands(world)
    sign(world, agreement, missing)
    assert stands(world)


def test_agreement_without_the_police_needs_no_form_of_theirs(world):
    sign(world, write(world, parties=["client", "municipality"]), "client", "municipality")
    assert stands(world)


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({}, date(2026, 2, 28), False),
        ({}, TODAY - DAY, False),
        ({}, TODAY, True),
        ({"ends_on": TODAY}, TODAY, True),
        ({"ends_on": TODAY}, TODAY + DAY, False),
    ],
)
def test_agreement_stands_within_its_days_and_from_the_last_signature(world, changes, day, expected):
    signed(world, **changes)
    assert stands(world, day) is expected


def test_ended_agreement_stands_no_longer_and_the_case_goes_on(world):
    agreement = signed(world)
    end(world, agreement, on=TODAY + DAY)
    assert stands(world, TODAY)
    assert not stands(world, TODAY + DAY)
    with world.opened(world.cast.worker) as (found, _):
        assert found.case.closed_on is None


def test_conditions_may_be_changed_until_somebody_has_signed(world):
    agreement = write(world)
    given = {"agreement": agreement, "values": {"conditions": "Andra."}}
    world.call(world.cast.worker, "agreements.change", version=1, **given)
    sign(world, agreement, "client")
    with pytest.raises(agreements.AgreementFixed):
        world.call(world.cast.worker, "agreements.change", version=3, **given)


@pytest.mark.parametrize("what", ["client", "other"], ids=["twice", "no party"])
def test_signature_is_one_partys_and_made_once(world, what):
    agreement = write(world)
    sign(world, agreement, "client")
    with pytest.raises(agreements.NotASigner):
        sign(world, agreement, what)


def test_agreement_ends_once_and_not_before_it_began(world):
    agreement = signed(world)
    with pytest.raises(agreements.EndedBeforeItBegan):
        end(world, agreement, on=date(2026, 2, 27))
    end(world, agreement)
    with pytest.raises(agreements.AgreementOver):
        end(world, agreement, version=3)
    with pytest.raises(agreements.AgreementOver):
        breach(world, agreement)


def test_consequence_is_chosen_once_and_by_a_supervisor_alone(world):
    row = breach(world, signed(world))
    with pytest.raises(Refused):
        decide(world, row, by=world.cast.worker)
    decide(world, row)
    with pytest.raises(breaches.AlreadyDecided):
        decide(world, row)


def test_breach_waits_for_the_supervisor_by_a_clock(world):
    row = breach(world, signed(world))
    clock = Task.objects.get(about=row.pk, ended="")
    assert (clock.rule, clock.due_on) == ("breach_consequence", TODAY + 7 * DAY)
    assert clock.assigned_to == world.cast.supervisor
    decide(world, row)
    assert not Task.objects.filter(about=row.pk, ended="").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_agreement SET conditions = other_party",
        "UPDATE cases_agreement SET fixed_at = NULL",
        "DELETE FROM cases_agreement",
        "DELETE FROM cases_agreementsignature",
        "UPDATE cases_agreementbreach SET what = reason",
    ],
)
def test_database_keeps_what_was_signed_and_decided(world, statement):
    decide(world, breach(world, signed(world)))
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert Agreement.objects.count() == 1
