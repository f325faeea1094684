"""A law's clock that has run out is raised to those who lead the case, once, in words that say nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from audit.models import Leaf, LeafSubject
from cases import tasks
from cases.models import CaseGrant, Task
from tests.integration.clocks.conftest import noon

pytestmark = pytest.mark.django_db
GROWN = date(1990, 6, 7)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    for task in (tasks.escalate_overdue_clock, tasks.remind_of_escalation):
        monkeypatch.setattr(task, "delay", task.run)


@pytest.fixture
def report(begin):
    """A report whose fourteen days end on Monday 15 March 2027."""
    return begin(date(2027, 3, 1), track="prevention", birth_date=GROWN)


def strike(time_machine, day: date) -> None:
    time_machine.move_to(noon(day), tick=False)
    tasks.escalate_overdue_clocks()


def raised() -> set[str]:
    return set(Task.objects.exclude(escalated_at=None).values_list("rule", flat=True))


def test_nothing_is_raised_on_the_last_day(report, time_machine):
    strike(time_machine, date(2027, 3, 1))
    assert raised() == set()
    assert mail.outbox == []


def test_each_clock_is_raised_the_day_after_its_last_and_only_once(report, cast, time_machine):
    strike(time_machine, date(2027, 3, 2))
    assert raised() == {"protection_assessment"}
    strike(time_machine, date(2027, 3, 15))
    assert raised() == {"protection_assessment"}
    strike(time_machine, date(2027, 3, 16))
    strike(time_machine, date(2027, 3, 17))
    assert raised() == {"protection_assessment", "preliminary"}
    leaves = Leaf.objects.filter(event="task.escalated")
    assert {(leaf.actor, leaf.role) for leaf in leaves} == {(None, "job:escalate_overdue_clocks")}
    assert leaves.count() == 2
    named = set(LeafSubject.objects.filter(leaf__in=leaves.values("id")).values_list("row", flat=True))
    assert named == set(Task.objects.exclude(escalated_at=None).values_list("pk", flat=True))


def test_mail_goes_to_those_who_lead_the_case_and_says_nothing(report, cast, time_machine):
    strike(time_machine, date(2027, 3, 2))
    (message,) = mail.outbox
    assert message.to == [cast.supervisor.email]
    assert (message.subject, message.body) == ("Ny händelse", "Du har en ny händelse i Avhopp. Logga in.")


def test_two_clocks_in_one_night_are_one_mail(report, time_machine):
    strike(time_machine, date(2027, 3, 20))
    assert len(raised()) == 2
    assert len(mail.outbox) == 1


def test_who_no_longer_leads_gets_nothing_and_the_clock_is_raised_all_the_same(report, cast, time_machine):
    CaseGrant.objects.filter(user=cast.supervisor).update(expires_at=noon(date(2027, 3, 2)))
    strike(time_machine, date(2027, 3, 3))
    assert raised() == {"protection_assessment"}
    assert mail.outbox == []


def test_ones_own_tasks_and_follow_ups_are_nothing_of_law(begin, cast, time_machine):
    life = begin(date(2027, 3, 1), birth_date=GROWN)
    with life.opened() as verb:
        from cases.actions.tasks import add, start_clock
        from cases.models.task import TaskKind

        due = life.day + timedelta(days=1)
        add(kind=TaskKind.CALL, text="x", due_on=due, assigned_to=cast.worker.pk, **verb)
        start_clock(
            case=verb["opened"].case, rule="plan_followup", starts_on=life.day, due_on=due,
            by=verb["by"], now=verb["now"],
        )  # fmt: skip
    strike(time_machine, date(2027, 6, 1))
    assert raised() == set()


def test_a_clock_that_another_worker_has_raised_is_left(report, time_machine):
    found = Task.objects.get(rule="protection_assessment")
    strike(time_machine, date(2027, 3, 2))
    tasks.escalate_overdue_clock.run(str(found.pk))
    assert Leaf.objects.filter(event="task.escalated").count() == 1
