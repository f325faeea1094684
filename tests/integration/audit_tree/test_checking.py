"""The log is verified by the clock, what was found is kept, and a page says how the log is."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.urls import reverse

from audit import checking
from audit.events import job
from audit.models import Leaf, VerificationRun
from audit.tasks import verify_log
from tests.signed_in import signed_in

JOB = job("verify_log")
PAGE = "audit:review"


@pytest.fixture
def grown(running_log, settings):
    """A log with a witness, whose public keys the settings name as an installation's do."""
    settings.LOG_PUBLIC_KEY = str(running_log.key.verifier)
    settings.WITNESS_PUBLIC_KEY = str(running_log.witness_key.verifier)
    settings.WITNESS_URL = running_log.witness_url
    running_log.grow()
    return running_log


def check(running_log):
    return checking.check(by=JOB, now=running_log.time)


def events():
    return list(Leaf.objects.filter(event__startswith="log.f").order_by("at").values_list("event", flat=True))


def break_it(running_log):
    running_log.tamper(
        "UPDATE audit_leaf SET role = 'x' WHERE id = (SELECT leaf FROM audit_seq WHERE seq = 1)"
    )


def shown(running_log, user):
    """The page's text, read at the log's time while its sequencer has just beaten."""
    with time_machine.travel(running_log.time + timedelta(seconds=1), tick=False):
        return signed_in(user).get(reverse(PAGE)).content.decode()


def test_whole_log_is_kept_as_whole_and_told_of_once(grown):
    run = check(grown)
    assert run.is_whole
    assert (run.size, run.witnessed, run.waiting) == (3, 3, 0)
    assert bytes(run.root) == grown.report().root
    grown.time += timedelta(minutes=15)
    check(grown)
    assert VerificationRun.objects.count() == 2
    assert events() == ["log.found_whole"]


def test_fault_is_kept_in_words_and_told_of_once(grown):
    check(grown)
    break_it(grown)
    grown.time += timedelta(minutes=15)
    run = check(grown)
    assert run.fault_count == 1
    assert run.faults == ["plats 1: sökkolumnerna säger något annat än bladet (role)"]
    check(grown)
    assert events() == ["log.found_whole", "log.fault_found"]


def test_witness_that_does_not_answer_is_said(grown, settings):
    settings.WITNESS_URL = "http://127.0.0.1:9"
    run = check(grown)
    assert run.is_whole
    assert checking.NO_COPY in run.notes


def test_cut_log_is_found_with_the_witness_copy(grown):
    with grown.owner() as owner:
        for table in ("audit_leaf", "audit_seq", "audit_checkpoint", "audit_cosignature"):
            owner.execute(f"DELETE FROM {table}")
    assert "någon utanför har sett fler" in check(grown).faults[0]


def test_nothing_is_judged_without_a_key(grown, settings):
    settings.LOG_PUBLIC_KEY = ""
    with pytest.raises(checking.NoKey):
        check(grown)
    verify_log()
    assert not VerificationRun.objects.exists()


def test_one_verification_at_a_time(grown):
    with psycopg.connect(grown.urls.app, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [checking.LOCK])
        with pytest.raises(checking.AlreadyRunning):
            check(grown)
        other.execute("SELECT pg_advisory_unlock(%s)", [checking.LOCK])
    assert check(grown).is_whole
    assert check(grown).is_whole


def test_those_who_review_are_told_once_a_day_that_the_log_is_not_whole(grown, cast, mailoutbox):
    from config.celery import app

    break_it(grown)
    app.conf.task_always_eager = True
    try:
        verify_log()
        verify_log()
    finally:
        app.conf.task_always_eager = False
    assert {tuple(message.to) for message in mailoutbox} == {(cast.auditor.email,), (cast.officer.email,)}
    assert len(mailoutbox) == 2
    assert {message.body for message in mailoutbox} == {"Du har en ny händelse i Avhopp. Logga in."}


class TestPage:
    def test_whole_log_is_said_to_be_so_with_since_when_and_by_whom(self, grown, cast, settings):
        check(grown)
        text = shown(grown, cast.auditor)
        assert "Loggen är hel." in text
        assert "3 händelser sedan 2026-03-02" in text
        assert "Vittne: inget." in text
        grown.sequence_with_witness()
        text = shown(grown, cast.auditor)
        assert "Vittne: inte oberoende." in text
        assert "Inte oberoende: det körs av samma organisation som loggen." in text
        settings.WITNESS_OPERATOR = "Grannkommunen"
        assert "Vittne: Grannkommunen." in shown(grown, cast.auditor)

    def test_faults_are_shown_with_what_to_do(self, grown, cast):
        break_it(grown)
        check(grown)
        text = shown(grown, cast.auditor)
        assert "Loggen är inte hel." in text
        assert "plats 1: sökkolumnerna säger något annat än bladet (role)" in text
        assert "kontakta dataskyddsombudet" in text

    def test_log_that_nobody_has_verified_is_not_called_whole(self, grown, cast, settings):
        assert "Loggen har inte kontrollerats ännu." in shown(grown, cast.auditor)
        settings.LOG_PUBLIC_KEY = ""
        assert "offentliga nyckel är inte inställd" in shown(grown, cast.auditor)

    def test_old_answer_is_called_old(self, grown, cast):
        check(grown)
        grown.time += timedelta(hours=1, seconds=1)
        assert "Loggen har inte kontrollerats på länge." in shown(grown, cast.auditor)

    def test_stopped_sequencer_is_seen_within_a_minute(self, grown, cast):
        check(grown)
        grown.time += timedelta(minutes=1)
        text = shown(grown, cast.auditor)
        assert "sekvenserare står still" in text
        assert "app-banner--warning" in text


class TestSheet:
    def test_checkpoint_on_paper_is_the_signed_note_with_its_keys(self, grown, cast):
        text = signed_in(cast.auditor).get(reverse("audit:checkpoint")).content.decode()
        assert "Kontrollpunkt 1" in text
        assert str(grown.key.verifier) in text
        assert str(grown.witness_key.verifier) in text

    def test_checkpoint_file_shows_later_that_the_log_was_cut(self, grown, cast):
        answer = signed_in(cast.officer).get(reverse("audit:checkpoint_file"))
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        kept = answer.content.decode()
        assert Leaf.objects.filter(event="log.checkpoint_shown", actor=cast.officer.pk).count() == 1
        assert grown.report(seen=[kept]).is_whole
        with grown.owner() as owner:
            for table in ("audit_leaf", "audit_seq", "audit_checkpoint", "audit_cosignature"):
                owner.execute(f"DELETE FROM {table}")
        assert not grown.report(seen=[kept], witnesses=[]).is_whole

    def test_without_a_checkpoint_the_page_says_what_is_missing(self, running_log, cast):
        answer = signed_in(cast.auditor).get(reverse("audit:checkpoint"), follow=True)
        assert "Loggen har ingen kontrollpunkt ännu" in answer.content.decode()
