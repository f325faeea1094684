"""What the worker does for the follow-up. Messages hold a release's id and nothing else.

Every task may run twice, late or beside itself: each asks the database anew and does nothing that has been done. A
release that nobody was told of, because the broker was away, is found again each minute.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from followup import vault
from followup.actions import counting
from followup.actions.gathering import gather
from followup.queries import ledger

LOST_AFTER = timedelta(seconds=30)


def tell_the_worker(*, release: UUID) -> None:
    """Hand a release to the worker when what was done to it is committed; if nobody listens it is found later."""
    transaction.on_commit(lambda: work_on_release.delay(str(release)), robust=True)


@shared_task(name="followup.gather_facts")
def gather_facts() -> None:
    """Code what has happened since the last time."""
    now = timezone.now()
    with vault.opened(at=now, purpose="facts"):
        gather(by=vault.JOB, now=now)


@shared_task(name="followup.work_on_release")
def work_on_release(release: str) -> None:
    """Count a release that waits, or publish one that is approved."""
    counting.count(release=UUID(release), clock=timezone.now)
    counting.publish(release=UUID(release), clock=timezone.now)


@shared_task(name="followup.find_waiting_releases")
def find_waiting_releases() -> None:
    """Hand the releases that still wait to tasks of their own."""
    for release in ledger.waiting(before=timezone.now() - LOST_AFTER):
        work_on_release.delay(str(release))
