"""Scenario 13: a 14-year-old's orosanmälan on day 15 without decision is overdue, raised, and no date can be edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import tasks
from cases.actions.tasks import EndsByItself, end
from cases.models import Task
from cases.models.task import TaskEnd
from cases.queries.todo import Shown, task_page
from tests.cast import acting, make_case
from tests.integration.clocks.conftest import Life, noon
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db
RECEIVED = date(2027, 3, 1)
DAY_15 = RECEIVED + timedelta(days=15)


@pytest.fixture
def life(cast, monkeypatch, time_machine):
    for part in (tasks.escalate_overdue_clock, tasks.remind_of_escalation):
        monkeypatch.setattr(part, "delay", part.run)
    time_machine.move_to(noon(RECEIVED), tick=False)
    case = make_case(worker=cast.worker, at=noon(RECEIVED), track="prevention", birth_date=date(2012, 9, 14))
    life = Life(cast, case, RECEIVED)
    life.move("preliminary")
    life.day = DAY_15
    time_machine.move_to(noon(DAY_15), tick=False)
    return life


def rules(user, shown: Shown) -> set[str]:
    with acting(user, at=noon(DAY_15)) as actor:
        _page, found = task_page(actor=actor, at=noon(DAY_15), today=DAY_15, number="1", shown=shown)
        return {waiting.task.rule for waiting in found}


def test_it_is_overdue_in_the_workers_list_and_raised_into_the_supervisors(life, cast):
    assert rules(cast.worker, Shown.OVERDUE) == {"preliminary"}
    assert "preliminary" not in rules(cast.supervisor, Shown.MINE)
    tasks.escalate_overdue_clocks()
    assert "preliminary" in rules(cast.supervisor, Shown.MINE)
    assert rules(cast.other_supervisor, Shown.MINE) == set()
    page = signed_in(cast.supervisor).get(reverse("cases:todo")).content.decode()
    assert "Besluta om utredning ska inledas" in page
    assert "Försenad 1 dag" in page


def test_it_is_not_silenced_by_a_click(life):
    task = Task.objects.get(rule="preliminary")
    with life.opened() as verb, pytest.raises(EndsByItself):
        end(task=task, how=TaskEnd.DONE, **verb)


def test_the_decision_to_inquire_ends_it_and_starts_the_four_months(life):
    life.move("inquiry")
    assert set(life.open_clocks()) >= {"inquiry_child", "notifier_answer"}
    assert "preliminary" not in life.open_clocks()
