"""Verifies the whole log by the clock, keeps what was found, and writes a leaf when the answer is another than before.

Only one verification runs at a time. Without the log's public key nothing is judged, because anybody could have signed
what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction

from audit import log
from audit.events import Actor
from audit.log_events import LOG_FAULT_FOUND, LOG_FOUND_WHOLE
from audit.models import VerificationRun
from audit.note import VerifyKey, keys_of
from audit.verification.faults import Report
from audit.verification.outside import witness_copy
from audit.verify import Trust, verify
from avhopp.translation import gettext_noop

# The advisory lock of the one verification; any constant that nobody else takes.
LOCK = 44
MOST_KEPT = 20
NO_COPY = gettext_noop("Vittnet svarade inte, så dess egen kopia är inte jämförd.")


class NoKey(Exception):
    """No public key is set, so nothing can be judged; set LOG_PUBLIC_KEY."""


class AlreadyRunning(Exception):
    """Another verification is under way; its answer will do."""


def check(*, by: Actor, now: datetime) -> VerificationRun:
    """Verify the log with the keys of the settings; raises `NoKey` or `AlreadyRunning`. Needs no open transaction."""
    if not settings.LOG_PUBLIC_KEY:
        raise NoKey
    with _alone():
        return _keep(_verified(now), by, now)


def latest() -> VerificationRun | None:
    """What the last verification found."""
    return VerificationRun.objects.order_by("-at").first()


def _verified(now: datetime) -> Report:
    key = VerifyKey.parse(settings.LOG_PUBLIC_KEY)
    copy = witness_copy(url=settings.WITNESS_URL, origin=key.name) if settings.WITNESS_URL else None
    witnesses = keys_of(settings.WITNESS_PUBLIC_KEY.split(","))
    report = verify(trust=Trust(log=key, witnesses=witnesses, seen=[copy] if copy else []), now=now)
    if settings.WITNESS_URL and copy is None:
        report.notes.append(NO_COPY)
    return report


@transaction.atomic
def _keep(report: Report, by: Actor, now: datetime) -> VerificationRun:
    before = latest()
    run = VerificationRun.objects.create(
        at=now,
        size=report.size,
        first_at=datetime.fromisoformat(report.first_at) if report.first_at else None,
        root=report.root,
        witnessed=report.witnessed,
        waiting=report.waiting,
        rows=report.rows,
        grants=report.grants,
        fault_count=report.count,
        faults=[str(fault) for fault in report.faults[:MOST_KEPT]],
        notes=report.notes,
    )
    if before is None or before.is_whole != run.is_whole:
        first = report.first
        asked = {"size": report.size, "faults": report.count, "first": first.kind.value if first else ""}
        event = LOG_FOUND_WHOLE if run.is_whole else LOG_FAULT_FOUND
        log.record(event=event, actor=by, at=now, basis="clock", purpose=f"log_verified?{urlencode(asked)}")
    return run


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
