"""One piece of the keeper's work at a time, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.models import F

from audit import log
from audit.events import Event, job
from avhopp.database.roles import keeper_beside
from avhopp.sealed.models import KeyRun, Work

Clock = Callable[[], datetime]
Tell = Callable[[int, int], None]
KEEPER = job("keys")
# The advisory lock of the keeper at work; any constant that nobody else takes.
_AT_WORK = 45


class NotTheKeeper(Exception):
    """Keys are changed by the keeper's role; let DATABASE_URL name it (docs/operations.md)."""


class AlreadyAtWork(Exception):
    """The keeper is at work in another process; wait for it to end."""


class Run:
    """One piece of work, told of as it goes on."""

    def __init__(self, *, row: KeyRun, clock: Clock, tell: Tell) -> None:
        self._row, self._clock, self._tell = row, clock, tell

    def advance(self, count: int, *, event: Event, said: str, subjects: tuple[log.Subject, ...] = ()) -> None:
        """Count what was just done and record it, in the transaction of what was done."""
        now = self._clock()
        KeyRun.objects.filter(pk=self._row.pk).update(done=F("done") + count, heard_at=now)
        purpose = f"keys?{said}&number={count}"
        log.record(event=event, actor=KEEPER, at=now, purpose=purpose, basis="clock", subjects=subjects)
        self._row.done += count
        self._tell(self._row.done, self._row.total)


@contextmanager
def working(*, work: Work, total: int, clock: Clock, tell: Tell) -> Iterator[Run]:
    """Hold the keeper's lock during a piece of work; raises `NotTheKeeper` or `AlreadyAtWork`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = str(cursor.fetchone()[0])
        if role != keeper_beside(role=role):
            raise NotTheKeeper
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_AT_WORK])
        if not cursor.fetchone()[0]:
            raise AlreadyAtWork
    try:
        now = clock()
        row = KeyRun.objects.create(work=work, started_at=now, heard_at=now, total=total)
        yield Run(row=row, clock=clock, tell=tell)
        KeyRun.objects.filter(pk=row.pk).update(ended_at=clock(), heard_at=clock())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_AT_WORK])
