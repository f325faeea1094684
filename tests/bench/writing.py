"""What one note costs in processor time, in this process and in the database's, with one client.

Processor time stands still when the disk or the neighbours do not. The database's part is read from the kernel for the
one backend that serves us; with a database on another machine it cannot be, and the bench says so.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from tests.bench.floor.models import FloorCase, FloorNote
from tests.bench.made import CONTENT, Made, write_note
from tests.bench.pages import unrecorded
from tests.bench.ratios import Compared, against, measure

ROUNDS, BATCH = 15, 8
GOAL = 1.35


def compare(made: Made) -> list[Compared]:
    """Measure a note begun and signed against the same two steps, and against one insertion, in plain Django."""
    ours, plain = itertools.cycle(made.cases[1:]), itertools.cycle(made.floor[1:])

    def without_record() -> None:
        with unrecorded():
            write_note(worker=made.worker, case=next(ours))

    variants = {
        "floor": _cost(lambda: _two_steps(made.worker, next(plain))),
        "one": _cost(lambda: _one_insertion(made.worker, next(plain))),
        "note begun and signed": _cost(lambda: write_note(worker=made.worker, case=next(ours))),
        "note begun and signed, without leaves": _cost(without_record),
    }
    measured = measure(variants, rounds=ROUNDS)
    one = measured.pop("one")
    beside = {
        "one": one,
        "note begun and signed, against one plain insertion": measured["note begun and signed"],
    }
    return [
        *against(measured, base="floor", goals={"note begun and signed": GOAL}),
        *against(beside, base="one", goals={}),
    ]


def _two_steps(worker, case: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        found = FloorCase.objects.select_related("person", "responsible").get(pk=case)
        note = FloorNote.objects.create(case=found, author=worker, kind="", created_at=now)
    with transaction.atomic():
        FloorCase.objects.select_related("person", "responsible").get(pk=case)
        draft = FloorNote.objects.select_for_update().get(pk=note.pk, case_id=case)
        for name, value in CONTENT.items():
            setattr(draft, name, value)
        draft.event_date, draft.signed_at = timezone.localdate(now), now
        draft.save()


def _one_insertion(worker, case: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        found = FloorCase.objects.select_related("person", "responsible").get(pk=case)
        day = timezone.localdate(now)
        FloorNote.objects.create(
            case=found, author=worker, event_date=day, created_at=now, signed_at=now, **CONTENT
        )


def _cost(write: Callable[[], None]) -> Callable[[], float]:
    def spent() -> float:
        database = _backend()
        before = time.process_time() + database()
        for _ in range(BATCH):
            write()
        return (time.process_time() + database() - before) / BATCH

    return spent


def _backend() -> Callable[[], float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path("/proc") / str(cursor.fetchone()[0])
    try:
        is_here = (process / "comm").read_text().startswith("postgres")
    except OSError:
        is_here = False
    if not is_here:
        raise SystemExit("unset TEST_DATABASE_URL: processor time is read only of a database on this machine")
    # Nanoseconds on a processor, the first of three numbers.
    return lambda: int((process / "schedstat").read_text().split()[0]) / 1e9
