"""The only door from cases to the follow-up: what has happened, coded, in which half-year. Never about whom.

It reads columns that are plain because they are counted (`plain_because`), where no `CryptoScope` of a case is open, so
nothing sealed can be opened on this side of the door. What is sealed it is told when it is written down, by the verb
that knows it (`cases.figures`), and codes it at once. No id, number or day leaves it: a mark is a one-way hash of a
random id, by which the nightly reading finds the same course of events again while its key lives.

A new happening is one reader here, or one row of `_CODED`, and one word in `happenings.Happening`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min

from audit.decoys.access import cases_of_decoys
from avhopp.sealed import scope
from avhopp.sealed.base import SealedModel
from avhopp.sealed.models import KeyState, ScopeKey
from cases import figures
from cases.ages import ADULT_FROM
from cases.catalogue.decision_kinds import Measure
from cases.figures import Known
from cases.models import Case, Enquiry, RequestState, StageRequest
from cases.models.assessment import AssessmentKind
from cases.models.case import Intake
from cases.models.enquiry import Source
from cases.models.follow_up import Crime
from cases.models.person import LegalSex
from cases.workflow import CLOSURE_REASONS, Stage, Track
from followup.happenings import Happening
from followup.periods import HalfYear

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SOON_DAYS: Final = 3
YOUNG_UNTIL: Final = 25
MANY_AGENCIES: Final = 3
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


Keep = Callable[[str, frozenset[Happening], str, datetime], Sequence[SealedModel]]
"""Keeps what has happened in a half-year to a case or enquiry, by its mark, and gives the rows that it wrote."""


def listen(keep: Keep) -> None:
    """Be told what is sealed when it is written down; called once when the application starts."""

    def told(*, of: UUID, known: Mapping[Known, str], now: datetime) -> Sequence[SealedModel]:
        coded = (_coded(what, code) for what, code in known.items())
        return keep(_mark(of), frozenset(filter(None, coded)), HalfYear.of_day(_day(now)).code, now)

    figures.register(told)


def courses() -> dict[str, str]:
    """Give the mark of the enquiry that a case began with, by the mark of the case, where there is one."""
    rows = Case.objects.filter(enquiry__isnull=False).values_list("id", "enquiry__id")
    return {_mark(case): _mark(enquiry) for case, enquiry in rows.iterator()}


def uncounted(*, at: datetime) -> frozenset[str]:
    """The marks of what is invented, and must never count: decoys."""
    return frozenset(map(_mark, cases_of_decoys(at=at)))


def living() -> frozenset[str]:
    """The marks of the courses of events whose key lives; any other mark can be cut."""
    keys = ScopeKey.objects.filter(kind__in=_LIVING_KINDS, state=KeyState.ACTIVE)
    return frozenset(_mark(course) for course in keys.values_list("scope", flat=True))


def _after(no_crime: Happening, crime: Happening, unknown: Happening) -> dict[str, Happening]:
    return {**dict.fromkeys(Crime, crime), Crime.NONE: no_crime, Crime.UNKNOWN: unknown}


_CODED: Final[dict[Known, dict[str, Happening]]] = {
    Known.INITIATIVE: {
        **dict.fromkeys(Source, Happening.BY_OTHERS),
        **dict.fromkeys((Source.SELF, Source.FAMILY), Happening.BY_HERSELF),
        **dict.fromkeys((Source.POLICE, Source.PROBATION), Happening.BY_POLICE),
    },
    Known.SEX: {LegalSex.WOMAN: Happening.WOMAN, LegalSex.MAN: Happening.MAN},
    Known.ASSESSED: {AssessmentKind.FREDA: Happening.VIOLENCE_ASKED},
    Known.MEASURE: dict.fromkeys((Measure.PLACEMENT, Measure.PROTECTED_HOUSING), Happening.PLACED),
    Known.AFTER_SIX: _after(Happening.SIX_NO_CRIME, Happening.SIX_CRIME, Happening.SIX_UNKNOWN),
    Known.AFTER_YEAR: _after(Happening.YEAR_NO_CRIME, Happening.YEAR_CRIME, Happening.YEAR_UNKNOWN),
    Known.CLOSURE: {
        **dict.fromkeys(CLOSURE_REASONS, Happening.OTHER_REASON),
        **dict.fromkeys(("own_request", "declined", "lost_contact"), Happening.OWN_WISH),
        "goals_met": Happening.GOALS_MET,
    },
}


def _coded(what: Known, code: str) -> Happening | None:
    match what:
        case Known.AGE:
            young = Happening.YOUNG if int(code) < YOUNG_UNTIL else Happening.ADULT
            return Happening.CHILD if int(code) < ADULT_FROM else young
        case Known.AGENCIES:
            return Happening.MANY_AGENCIES if int(code) >= MANY_AGENCIES else Happening.SOME_AGENCIES
        case _:
            return _CODED[what].get(code)


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


_INTAKES: Final = {Intake.NOTIFICATION: Happening.NOTIFIED, Intake.SSPF: Happening.VIA_SSPF}


def _openings() -> Iterator[Read]:
    rows = Case.objects.values_list("id", "enquiry__id", "track", "intake", "opened_on")
    for case, enquiry, track, intake, opened_on in rows.iterator():
        yield enquiry or case, _TRACKS[Track(track)], opened_on
        if (came_in := _INTAKES.get(Intake(intake))) is not None:
            yield enquiry or case, came_in, opened_on


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
