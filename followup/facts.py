"""The only door from cases to the follow-up: what has happened, coded, in which half-year. Never about whom.

It reads columns that are plain because they are counted (`plain_because`), where no `CryptoScope` of a case is open, so
nothing sealed can be opened on this side of the door. No id, number or day leaves it: a mark is a one-way hash of a
random id, by which the nightly reading finds the same course of events again while its key lives.

A new happening is one reader here and one word in `dimensions.Happening`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min

from avhopp.sealed import scope
from avhopp.sealed.models import KeyState, ScopeKey
from cases.models import Case, Enquiry, RequestState, StageRequest
from cases.workflow import Stage, Track
from followup.dimensions import Happening
from followup.periods import HalfYear

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SOON_DAYS: Final = 3
_LIVING_KINDS: Final = ("case", "enquiry")

Read = tuple[UUID, Happening, date]
"""A course of events by the random id it began with, what happened, and when. It never leaves this module."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Something that has happened: to which course of events, what, and in which half-year."""

    mark: str
    what: Happening
    period: str


def coded() -> Iterator[Coded]:
    """Give everything that has happened."""
    with scope.closed():
        found = [read for reader in READERS for read in reader()]
    return (Coded(_mark(course), what, HalfYear.of_day(day).code) for course, what, day in found)


def living() -> frozenset[str]:
    """The marks of the courses of events whose key lives; any other mark can be cut."""
    keys = ScopeKey.objects.filter(kind__in=_LIVING_KINDS, state=KeyState.ACTIVE)
    return frozenset(_mark(course) for course in keys.values_list("scope", flat=True))


def _enquiries() -> Iterator[Read]:
    rows = Enquiry.objects.values_list("id", "received_at", "first_meeting_on")
    for course, received_at, met_on in rows.iterator():
        received = _day(received_at)
        yield course, Happening.ENQUIRY, received
        if met_on is not None:
            soon = (met_on - received).days <= SOON_DAYS
            yield course, Happening.MET_SOON if soon else Happening.MET_LATER, met_on


_TRACKS: Final = {
    Track.EXIT: Happening.EXIT,
    Track.PREVENTION: Happening.PREVENTION,
    Track.SECONDARY: Happening.SECONDARY,
}


def _openings() -> Iterator[Read]:
    rows = Case.objects.values_list("id", "enquiry__id", "track", "opened_on")
    for case, enquiry, track, opened_on in rows.iterator():
        yield enquiry or case, _TRACKS[Track(track)], opened_on


def _decisions() -> Iterator[Read]:
    approved = StageRequest.objects.filter(
        state=RequestState.APPROVED, to_stage__in=(Stage.AGREEMENT, Stage.ACUTE)
    )
    rows = approved.values_list("case", "case__enquiry__id", "case__opened_on").annotate(Min("decided_at"))
    for case, enquiry, opened_on, decided_at in rows.iterator():
        assert decided_at is not None  # the database lets nothing be approved without a time
        day = _day(decided_at)
        days = (day - opened_on).days
        late = Happening.DECIDED_LATER if days <= 90 else Happening.DECIDED_LATE
        yield enquiry or case, Happening.DECIDED_SOON if days <= 30 else late, day


_LAST_STAGES: Final = {(Track.EXIT, Stage.AFTERCARE), (Track.PREVENTION, Stage.SUPPORT)}


def _closures() -> Iterator[Read]:
    approved = StageRequest.objects.filter(state=RequestState.APPROVED, to_stage=Stage.CLOSED)
    rows = approved.values_list("case", "case__enquiry__id", "case__track", "from_stage", "decided_at")
    for case, enquiry, track, origin, decided_at in rows.iterator():
        assert decided_at is not None
        whole = (Track(track), Stage(origin)) in _LAST_STAGES
        yield enquiry or case, Happening.COMPLETED if whole else Happening.ENDED_EARLY, _day(decided_at)


READERS: tuple[Callable[[], Iterator[Read]], ...] = (_enquiries, _openings, _decisions, _closures)


def _day(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()


def _mark(course: UUID) -> str:
    # One-way: a random id of 122 bits cannot be tried out, and whoever has the table of cases has it anyway.
    return sha256(b"avhopp.fact.v1" + course.bytes).hexdigest()
