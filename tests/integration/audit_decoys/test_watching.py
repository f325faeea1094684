"""Whoever opens a decoy is told of within the minute, once; who knows of it, lists and access tell of nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from audit.decoys import watching
from audit.events import job
from audit.models import DecoyAlert, Leaf
from cases.access import NotVisible
from config.celery import app
from tests.cast import NOW, acting
from tests.integration.audit_decoys.conftest import give

pytestmark = pytest.mark.django_db
FIVE = NOW + timedelta(minutes=5)
SECONDS = timedelta(seconds=15)


def read(keepers, user, *, at=FIVE):
    with keepers.opener(user, at=at):
        pass


def told() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_clock_looks_four_times_a_minute():
    entry = app.conf.beat_schedule["watch-decoys"]
    assert (entry["task"], entry["schedule"]) == ("audit.watch_decoys", 15.0)


def test_opening_is_told_of_within_a_minute_in_words_that_say_nothing(keepers, decoy, look):
    read(keepers, keepers.cast.colleague)
    look(FIVE + SECONDS)
    assert told() == sorted([keepers.cast.auditor.email, keepers.cast.officer.email])
    for message in mail.outbox:
        text = message.subject + message.body
        assert not [word for word in (keepers.number, "Colleague", "lock", "Lock") if word in text]
    alert = DecoyAlert.objects.get()
    assert alert.found_at - FIVE < timedelta(seconds=60)
    assert {(leaf.actor, leaf.role) for leaf in Leaf.objects.filter(event="decoy.opened")} == {
        (None, "job:watch_decoys")
    }


def test_more_openings_by_her_are_one_alert_until_it_is_followed_up(keepers, decoy, look):
    for minute in range(3):
        read(keepers, keepers.cast.colleague, at=FIVE + timedelta(minutes=minute))
        look(FIVE + timedelta(minutes=minute) + SECONDS)
    assert (DecoyAlert.objects.count(), len(mail.outbox)) == (1, 2)
    hour = FIVE + timedelta(hours=1)
    keepers.handle(DecoyAlert.objects.get(), at=hour)
    look(hour + SECONDS)
    assert DecoyAlert.objects.count() == 1
    read(keepers, keepers.cast.colleague, at=hour + timedelta(minutes=1))
    look(hour + timedelta(minutes=1) + SECONDS)
    assert (DecoyAlert.objects.count(), len(mail.outbox)) == (2, 4)


def test_each_colleague_is_an_alert_of_her_own(keepers, decoy, look):
    read(keepers, keepers.cast.colleague)
    read(keepers, keepers.cast.supervisor)
    look(FIVE + SECONDS)
    assert DecoyAlert.objects.count() == 2
    assert len(mail.outbox) == 2


def test_who_tried_without_access_is_told_of(keepers, decoy, look):
    with acting(keepers.cast.stranger, at=FIVE), pytest.raises(NotVisible):
        read(keepers, keepers.cast.stranger)
    look(FIVE + SECONDS)
    assert DecoyAlert.objects.count() == 1


def test_who_knows_of_it_lists_and_reviewers_alert_nobody(keepers, decoy, look):
    from audit import search
    from cases.queries.work import Listed, case_page

    read(keepers, keepers.cast.worker)
    with acting(keepers.cast.colleague, at=FIVE) as actor:
        shown = case_page(actor=actor, at=FIVE, number="1", listed=Listed.OPEN)
        assert [case.pk for case in shown.object_list] == [keepers.case]
    with acting(keepers.cast.auditor, at=FIVE) as actor:
        asked = search.Criteria(number=keepers.number)
        search.find(criteria=asked, before=None, by=actor, now=FIVE)
    look(FIVE + SECONDS)
    assert not DecoyAlert.objects.exists()


def test_what_happened_before_the_approval_and_after_the_end_alerts_nobody(keepers, look):
    read(keepers, keepers.cast.colleague, at=NOW - timedelta(hours=1))
    give(keepers.cast.co_worker, keepers.case, by=keepers.cast.supervisor, at=NOW - timedelta(minutes=30))
    made = keepers.ask()
    look(NOW + SECONDS)
    assert not DecoyAlert.objects.exists()
    keepers.approve(made, at=NOW + timedelta(minutes=1))
    keepers.end(made, at=FIVE)
    read(keepers, keepers.cast.colleague, at=FIVE + SECONDS)
    look(FIVE + 2 * SECONDS)
    assert not DecoyAlert.objects.exists()


def test_two_workers_at_once_make_one_alert(keepers, decoy):
    read(keepers, keepers.cast.colleague)
    for _ in range(2):
        watching.watch(by=job("watch_decoys"), now=FIVE + SECONDS)
    assert DecoyAlert.objects.count() == 1


def test_mail_that_failed_is_sent_the_next_time(keepers, decoy, look, monkeypatch):
    from audit import tasks

    read(keepers, keepers.cast.colleague)
    with monkeypatch.context() as lost:
        lost.setattr(tasks.tell_of_decoy, "delay", lambda person: None)
        look(FIVE + SECONDS)
    assert mail.outbox == []
    look(FIVE + 2 * SECONDS)
    assert len(mail.outbox) == 2


def test_opened_decoy_is_among_the_months_hits_with_its_reason(keepers, decoy):
    pairs = {(keepers.cast.colleague.pk, keepers.case), (keepers.cast.worker.pk, keepers.case)}
    found = watching.opened_decoys(reads=pairs, by=job("compare_for_review"), now=FIVE)
    assert found == {(keepers.cast.colleague.pk, keepers.case)}
