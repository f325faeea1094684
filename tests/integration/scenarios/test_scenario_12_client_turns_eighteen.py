"""Scenario 12: the client turns 18 tomorrow; the date passes; what guardians could do stops, history stays intact."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Consent
from cases.views.present.consents import state
from tests.cast import make_case
from tests.integration.clocks.conftest import Life, noon
from tests.universe.consents import CONSENT

pytestmark = pytest.mark.django_db
EVE, BIRTHDAY = date(2027, 5, 13), date(2027, 5, 14)


@pytest.fixture
def life(cast):
    opened = date(2027, 3, 1)
    case = make_case(worker=cast.worker, at=noon(opened), birth_date=date(2009, 5, 14))
    return Life(cast, case, opened)


def give(life, givers: list[str]):
    from cases.actions import consents

    with life.opened() as verb:
        return consents.give(values={**CONSENT, "givers": givers, "ends_on": date(2027, 12, 31)}, **verb).pk


def test_consent_of_guardians_alone_stops_and_the_clients_own_goes_on(life):
    guardians, both = give(life, ["guardian", "other_guardian"]), give(life, ["client", "guardian"])
    for day, holds in ((EVE, True), (BIRTHDAY, False)):
        life.day = day
        with life.opened():
            found = {row.pk: row for row in Consent.objects.filter(case=life.case)}
            assert found[guardians].is_in_force(day) is holds
            assert found[both].is_in_force(day)
    with life.opened():
        row = Consent.objects.get(pk=guardians)
        assert state(row, today=BIRTHDAY)["text"] == "Upphörde vid 18 år"
        # History is intact: nothing was withdrawn or changed, and it still says from when to when it was given.
        assert (row.version, row.withdrawn_on, row.ends_on) == (1, None, date(2027, 12, 31))


def test_new_own_consent_and_a_look_at_the_officer_are_tasked(life):
    with life.opened():
        waiting = {task.rule: task.birthday for task in life.tasks(ended="") if task.birthday == BIRTHDAY}
    assert waiting == {"age_18": BIRTHDAY, "age_18_officer": BIRTHDAY}
