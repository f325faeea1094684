"""Scenario 14: an inquiry at three and a half months without result is warned of; there is no form for a later day."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.queries.work import work_of
from tests.cast import acting, make_case
from tests.integration.clocks.conftest import Life, noon
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db
BEGUN, WARNED, LAST = date(2027, 3, 1), date(2027, 6, 15), date(2027, 7, 1)


@pytest.fixture
def life(cast, time_machine):
    time_machine.move_to(noon(BEGUN), tick=False)
    life = Life(cast, make_case(worker=cast.worker, at=noon(BEGUN), birth_date=date(2012, 9, 14)), BEGUN)
    life.move("inquiry")
    return life


def near(user, day: date) -> set[str]:
    with acting(user, at=noon(day)) as actor:
        return {waiting.task.rule for waiting in work_of(actor=actor, at=noon(day), today=day).tasks}


def test_it_comes_to_the_start_page_before_it_is_late(life, cast):
    assert life.open_clocks()["inquiry_child"] == LAST
    assert "inquiry_child" not in near(cast.worker, date(2027, 5, 1))
    assert "inquiry_child" in near(cast.worker, WARNED)


def test_its_page_says_the_law_and_what_a_longer_time_takes(life, cast, time_machine):
    time_machine.move_to(noon(WARNED), tick=False)
    page = signed_in(cast.worker).get(reverse("cases:case_tasks", args=[life.case])).content.decode()
    assert "Avsluta utredningen om barnet" in page
    assert "19 kap. SoL" in page
    assert "Förlängning: ett beslut" in page
    assert "Om 16 dagar" in page
