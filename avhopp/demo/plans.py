"""Which cases the demo tells of: tracks, stages, workers and days. Pure and the same every time.

Cases that have ended have fixed days from 2023 on. Cases at work are reckoned back from the day the demo is built, so
that something is late, due and coming whenever somebody tries it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import cycle
from random import Random

from avhopp.demo.colleagues import SECOND_WORKER, WORKER, YOUTH_WORKER, Colleague
from cases.workflow import CLOSURE_REASONS, ORDER, Stage, Track

FIRST_DAY = date(2023, 1, 16)
DAYS_BETWEEN = 31


class Last(StrEnum):
    """What happened last in a case at work."""

    NOTHING = "nothing"
    PENDING = "pending"
    RETURNED = "returned"
    VOIDED = "voided"
    DRAFT = "draft"
    CORRECTED = "corrected"
    CO_WORKER = "co_worker"


@dataclass(frozen=True, slots=True)
class Plan:
    """One case: `gaps` are the days before each step of `path`; `deadline` is days from today."""

    number: int
    track: Track
    worker: Colleague
    opened: date
    path: tuple[Stage, ...]
    gaps: tuple[int, ...]
    closure_reason: str = ""
    deadline: int | None = None
    last: Last = Last.NOTHING


# Track, stage now, worker, days to the deadline, what happened last.
AT_WORK: tuple[tuple[Track, Stage, Colleague, int, Last], ...] = (
    (Track.EXIT, Stage.INTAKE, WORKER, 0, Last.DRAFT),
    (Track.EXIT, Stage.INQUIRY, WORKER, -3, Last.PENDING),
    (Track.EXIT, Stage.ASSESSMENT, WORKER, 2, Last.RETURNED),
    (Track.EXIT, Stage.ACUTE, WORKER, 0, Last.CO_WORKER),
    (Track.EXIT, Stage.STABILISING, WORKER, 5, Last.CORRECTED),
    (Track.EXIT, Stage.ESTABLISHING, WORKER, 9, Last.VOIDED),
    (Track.EXIT, Stage.AGREEMENT, WORKER, 1, Last.NOTHING),
    (Track.SECONDARY, Stage.SUPPORT, WORKER, 12, Last.CO_WORKER),
    (Track.SECONDARY, Stage.INQUIRY, WORKER, -1, Last.NOTHING),
    (Track.EXIT, Stage.INTAKE, SECOND_WORKER, 1, Last.NOTHING),
    (Track.EXIT, Stage.INTAKE, SECOND_WORKER, -2, Last.PENDING),
    (Track.EXIT, Stage.ASSESSMENT, SECOND_WORKER, 4, Last.NOTHING),
    (Track.EXIT, Stage.INQUIRY, SECOND_WORKER, 0, Last.DRAFT),
    (Track.EXIT, Stage.ACUTE, SECOND_WORKER, 3, Last.PENDING),
    (Track.EXIT, Stage.STABILISING, SECOND_WORKER, 7, Last.CO_WORKER),
    (Track.EXIT, Stage.ESTABLISHING, SECOND_WORKER, 20, Last.NOTHING),
    (Track.EXIT, Stage.AFTERCARE, SECOND_WORKER, 11, Last.NOTHING),
    (Track.SECONDARY, Stage.INTAKE, SECOND_WORKER, 6, Last.NOTHING),
    (Track.SECONDARY, Stage.AFTERCARE, SECOND_WORKER, 15, Last.NOTHING),
    (Track.PREVENTION, Stage.PROTECTION_CHECK, YOUTH_WORKER, 0, Last.DRAFT),
    (Track.PREVENTION, Stage.PRELIMINARY, YOUTH_WORKER, 3, Last.PENDING),
    (Track.PREVENTION, Stage.INQUIRY, YOUTH_WORKER, -1, Last.NOTHING),
    (Track.PREVENTION, Stage.AGREEMENT, YOUTH_WORKER, 8, Last.NOTHING),
    (Track.PREVENTION, Stage.SUPPORT, YOUTH_WORKER, 14, Last.CORRECTED),
    (Track.PREVENTION, Stage.SUPPORT, YOUTH_WORKER, 5, Last.NOTHING),
)
ENDED_TRACKS = (Track.EXIT, Track.PREVENTION, Track.EXIT, Track.EXIT, Track.PREVENTION, Track.SECONDARY)
ENDED = 33


def all_plans(*, today: date, random: Random) -> list[Plan]:
    """Plan every case, those at work first."""
    at_work = [_at_work(number, row, today, random) for number, row in enumerate(AT_WORK)]
    workers = cycle((WORKER, SECOND_WORKER))
    ended = [
        _ended(len(AT_WORK) + number, ENDED_TRACKS[number % len(ENDED_TRACKS)], workers, number, random)
        for number in range(ENDED)
    ]
    return at_work + ended


def _at_work(
    number: int, row: tuple[Track, Stage, Colleague, int, Last], today: date, random: Random
) -> Plan:
    track, stage, worker, deadline, last = row
    order = ORDER[track]
    path = order[1 : order.index(stage) + 1]
    gaps = tuple(random.randint(9, 34) for _ in path)
    opened = today - timedelta(days=sum(gaps) + random.randint(6, 12))
    return Plan(number, track, worker, opened, path, gaps, deadline=deadline, last=last)


def _ended(number: int, track: Track, workers: cycle[Colleague], place: int, random: Random) -> Plan:
    order = ORDER[track]
    whole = random.random() < 0.6
    before = len(order) - 2 if whole else random.randint(1, len(order) - 4)
    follow_up = (Stage.FOLLOWED_UP,) if whole and random.random() < 0.5 else ()
    path = (*order[1:before], Stage.CLOSED, *follow_up)
    gaps = tuple(8 if stage == Stage.FOLLOWED_UP else random.randint(8, 45) for stage in path)
    reason = "goals_met" if whole else random.choice([*CLOSURE_REASONS][1:8])
    worker = YOUTH_WORKER if track == Track.PREVENTION else next(workers)
    opened = FIRST_DAY + timedelta(days=place * DAYS_BETWEEN + random.randint(0, 9))
    return Plan(number, track, worker, opened, path, gaps, closure_reason=reason)
