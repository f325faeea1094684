"""The clock writes down once what has run out, and reminds people once a day in words that say nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from audit.models import Leaf
from avhopp.accounts.models import User
from cases import tasks
from cases.actions import grants, reminders
from cases.actions.tasks import add
from cases.models import Basis, CaseGrant
from cases.models.task import TaskKind
from cases.queries import due
from tests.cast import NOW, acting

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch, time_machine):
    """Run each handed-on task where it is handed on, at the time of the story."""
    time_machine.move_to(LATER, tick=False)
    for task in (tasks.write_down_expired_grant, tasks.remind_of_deadline):
        monkeypatch.setattr(task, "delay", lambda *ids, run=task.run: run(*ids))


@pytest.fixture
def help_given(cast, opened):
    """A colleague has had access for a day, which has run out."""
    with opened(cast.supervisor) as (found, actor):
        return grants.give(
            opened=found,
            user=cast.colleague,
            basis=Basis.CO_WORKER,
            expires_at=NOW + timedelta(days=1),
            by=actor,
            now=NOW,
        )


@pytest.fixture
def deadline(opened, cast):
    """Give the worker's case a deadline so many days from the story's today."""

    def set_to(days: int) -> None:
        with opened(cast.worker) as (found, actor):
            add(
                opened=found,
                kind=TaskKind.CALL,
                text="Ring.",
                due_on=LATER.date() + timedelta(days=days),
                assigned_to=cast.worker.pk,
                by=actor,
                now=NOW,
            )

    return set_to


def leaves(event: str):
    return Leaf.objects.filter(event=event)


def test_access_that_still_holds_is_not_written_down(case):
    assert CaseGrant.objects.filter(expires_at__gt=LATER).exists()
    tasks.write_down_expired_grants()
    assert not leaves("grant.expired").exists()


def test_access_that_has_run_out_is_written_down_once_however_often_the_clock_strikes(cast, help_given):
    tasks.write_down_expired_grants()
    tasks.write_down_expired_grants()
    tasks.write_down_expired_grant.run(str(help_given.id))
    leaf = leaves("grant.expired").get()
    assert (leaf.actor, leaf.role, leaf.about) == (None, "job:write_down_expired_grants", cast.colleague.pk)


def test_access_that_somebody_ended_is_not_said_to_have_run_out(cast, opened, help_given):
    with opened(cast.supervisor, at=NOW) as (found, actor):
        grants.end(opened=found, grant=help_given, by=actor, now=NOW)
    tasks.write_down_expired_grants()
    assert leaves("grant.ended").count() == 1
    assert not leaves("grant.expired").exists()


def test_nobody_is_reminded_of_tomorrow(case, deadline):
    deadline(1)
    tasks.remind_of_deadlines()
    assert mail.outbox == []


@pytest.mark.parametrize("days", [0, -3])
def test_worker_is_reminded_once_a_day_by_a_mail_that_says_nothing(case, cast, deadline, time_machine, days):
    deadline(days)
    tasks.remind_of_deadlines()
    tasks.remind_of_deadlines()
    (message,) = mail.outbox
    assert message.to == [cast.worker.email]
    assert message.subject == "Ny händelse"
    assert message.body == "Du har en ny händelse i Avhopp. Logga in."
    assert leaves("person.reminded").get().about == cast.worker.pk
    time_machine.move_to(LATER + timedelta(days=1), tick=False)
    tasks.remind_of_deadlines()
    assert len(mail.outbox) == 2


def test_colleague_whose_account_is_closed_is_not_reminded(case, cast, deadline):
    deadline(0)
    User.objects.filter(pk=cast.worker.pk).update(is_active=False)
    tasks.remind_of_deadline.run(str(cast.worker.pk))
    assert mail.outbox == []


def test_worker_whose_access_has_ended_is_not_reminded(case, cast, deadline):
    deadline(0)
    CaseGrant.objects.filter(user=cast.worker.pk).update(expires_at=NOW)
    tasks.remind_of_deadline.run(str(cast.worker.pk))
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_is_not_recorded_as_sent(case, cast, deadline, monkeypatch):
    deadline(0)

    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(reminders, "send_mail", broken)
    with pytest.raises(ConnectionRefusedError):
        tasks.remind_of_deadline.run(str(cast.worker.pk))
    assert not leaves("person.reminded").exists()


def test_a_grant_that_another_worker_holds_is_left_to_it(cast, help_given):
    assert due.expired_grants(at=LATER) == [help_given.id]
    assert due.expired_grant(grant=help_given.id, at=NOW) is None


def test_second_reminder_of_the_day_is_refused(case, cast):
    from audit.events import job

    with acting(cast.worker):
        reminders.remind(person=cast.worker, by=job("remind_of_deadlines"), now=NOW)
        with pytest.raises(reminders.AlreadyReminded):
            reminders.remind(person=cast.worker, by=job("remind_of_deadlines"), now=NOW)
