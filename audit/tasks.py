"""What the clock does for the record. Messages hold ids and nothing else; each task may run twice or late."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from audit import checking
from audit.decoys import watching
from audit.events import job
from audit.review import mind
from audit.review.drawing import AlreadyCommitted

REVIEW = "mind_the_review"
VERIFY = "verify_log"
WATCH = "watch_decoys"


@shared_task(name="audit.verify_log")
def verify_log() -> None:
    """Verify the whole log, and hand everybody who should know that it is not whole to a task of her own."""
    now = timezone.now()
    try:
        found = checking.check(by=job(VERIFY), now=now)
    except (checking.NoKey, checking.AlreadyRunning):
        return
    if not found.is_whole:
        for person in mind.to_alarm():
            tell_of_fault.delay(str(person))


@shared_task(name="audit.tell_of_fault", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def tell_of_fault(person: str) -> None:
    """Tell one who reviews that the log is not whole, at most once a day."""
    now = timezone.now()
    with transaction.atomic():
        if UUID(person) not in mind.to_alarm():
            return
        try:
            mind.alarm(person=UUID(person), by=job(VERIFY), now=now)
        except mind.AlreadyTold:
            return


@shared_task(name="audit.watch_decoys")
def watch_decoys() -> None:
    """Look whether a decoy was opened, and hand everybody who should know of it to a task of her own."""
    now = timezone.now()
    watching.watch(by=job(WATCH), now=now)
    for person in watching.untold():
        tell_of_decoy.delay(str(person))


@shared_task(name="audit.tell_of_decoy", autoretry_for=(OSError,), retry_backoff=5, max_retries=8)
def tell_of_decoy(person: str) -> None:
    """Tell one who keeps decoys that one was opened, once for what waits."""
    watching.tell(person=UUID(person), by=job(WATCH), now=timezone.now())


@shared_task(name="audit.mind_the_review")
def mind_the_review() -> None:
    """Commit to the years that need it, and hand everybody who should be told of the review to a task of her own."""
    now = timezone.now()
    for year in mind.missing_years(today=timezone.localdate(now)):
        try:
            mind.commit(year=year, by=job(REVIEW), now=now)
        except AlreadyCommitted:
            continue
    for person in mind.to_remind(now=now):
        remind_of_review.delay(str(person))
    for person in mind.to_escalate(now=now):
        tell_of_late_review.delay(str(person))


@shared_task(name="audit.remind_of_review", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def remind_of_review(person: str) -> None:
    """Remind one who leads the review, at most once a day."""
    now = timezone.now()
    with transaction.atomic():
        if UUID(person) not in mind.to_remind(now=now):
            return
        try:
            mind.remind(person=UUID(person), by=job(REVIEW), now=now)
        except mind.AlreadyTold:
            return


@shared_task(name="audit.tell_of_late_review", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def tell_of_late_review(person: str) -> None:
    """Tell one data protection officer that the review is late, at most once a week."""
    now = timezone.now()
    with transaction.atomic():
        if UUID(person) not in mind.to_escalate(now=now):
            return
        try:
            mind.escalate(person=UUID(person), by=job(REVIEW), now=now)
        except mind.AlreadyTold:
            return
