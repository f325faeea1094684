"""Which readings of a month deserve a second look, and why. Pure.

A reading is judged together with all of the same person's of the same file in the month. Each sign has a weight and a
sentence that a reviewer reads; the score only orders, and no sign accuses: most of what is found has a good reason.
What the record itself does not know (names, protection, an ended case) comes from `Sign`s that its owner registers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import holidays

from audit.events import timestamp
from audit.review.months import STOCKHOLM
from avhopp.translation import gettext_noop

MOST_HITS = 40
LEAST_SCORE = 3
# Work before or after a reading explains it.
DAYS_OF_WORK = 30
FIRST_HOUR, LAST_HOUR = 6, 22
MANY_FILES = 15
MANY_REFUSALS = 3
_HOLIDAYS = holidays.country_holidays("SE", include_sundays=False)

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that makes a reading worth a look. `sentence` is Swedish; %(number)s in it is how many times."""

    code: str
    weight: int
    sentence: str


NO_WORK = Sign("no_work", 3, gettext_noop("Läste utan att göra något i ärendet en månad före eller efter."))
OFF_HOURS = Sign("off_hours", 2, gettext_noop("Läste på natten eller en ledig dag (antal: %(number)s)."))
BULK = Sign("bulk", 6, gettext_noop("Öppnade %(number)s olika ärenden inom en timme."))
REFUSED = Sign("refused", 4, gettext_noop("Nekades %(number)s gånger samma dag."))
DECOY = Sign("decoy", 10, gettext_noop("Öppnade ett lockärende."))
OWN_SIGNS = (NO_WORK, OFF_HOURS, BULK, REFUSED, DECOY)


@dataclass(frozen=True, slots=True)
class Read:
    """One opening of one file by one person."""

    person: UUID
    file: UUID
    at: datetime
    basis: str


@dataclass(frozen=True, slots=True)
class Work:
    """A day on which a person did something in a file."""

    person: UUID
    file: UUID
    day: date


@dataclass(frozen=True, slots=True)
class Reason:
    """A sign that was found, and how many times."""

    sign: Sign
    number: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A person's readings of one file, or of many within a day when `file` is None, with the reasons."""

    person: UUID
    file: UUID | None
    first_at: datetime
    last_at: datetime
    score: int
    reasons: tuple[Reason, ...]


def rank(
    *,
    reads: Sequence[Read],
    work: Iterable[Work],
    refusals: Iterable[tuple[UUID, datetime]],
    known: Mapping[Sign, Collection[Pair]],
    seed: bytes,
) -> list[Hit]:
    """Give the hits of a month, the most telling first; the seed orders those that tell as much.

    `known` gives, for each sign of those who know the files, the (person, file) pairs that bear it.
    """
    together: dict[Pair, list[Read]] = defaultdict(list)
    for read in reads:
        together[read.person, read.file].append(read)
    worked: dict[Pair, list[date]] = defaultdict(list)
    for done in work:
        worked[done.person, done.file].append(done.day)
    bulk, told = _bulk(reads)
    hits = [_hit(pair, group, worked.get(pair, ()), known, told) for pair, group in together.items()]
    hits += [*bulk, *_refused(refusals)]
    telling = [hit for hit in hits if hit.score >= LEAST_SCORE]
    return sorted(telling, key=lambda hit: (-hit.score, _lot(seed, hit)))[:MOST_HITS]


def is_off_hours(moment: datetime) -> bool:
    """Tell whether a moment lies in the night, on a weekend or on a holiday in Sweden."""
    local = moment.astimezone(STOCKHOLM)
    is_day_off = local.weekday() >= 5 or local.date() in _HOLIDAYS
    return is_day_off or not FIRST_HOUR <= local.hour < LAST_HOUR


def _hit(
    pair: Pair,
    reads: Sequence[Read],
    worked: Collection[date],
    known: Mapping[Sign, Collection[Pair]],
    told: Collection[Read],
) -> Hit:
    reasons = [Reason(sign) for sign, pairs in known.items() if pair in pairs]
    # What an hour of many files tells already is not told once more for each of them.
    single = [read for read in reads if read not in told]
    if single and not any(_near(read, worked) for read in reads):
        reasons.append(Reason(NO_WORK))
    strange = sum(1 for read in single if is_off_hours(read.at))
    if strange:
        reasons.append(Reason(OFF_HOURS, strange))
    return _made(pair[0], pair[1], [read.at for read in reads], reasons)


def _bulk(reads: Iterable[Read]) -> tuple[list[Hit], set[Read]]:
    """Find the hours in which somebody opened many files; gives a hit for each, and the readings in them."""
    hours: dict[tuple[UUID, date, int], list[Read]] = defaultdict(list)
    for read in reads:
        local = read.at.astimezone(STOCKHOLM)
        hours[read.person, local.date(), local.hour].append(read)
    hits, told = [], set()
    for (person, _day, _hour), group in hours.items():
        number = len({read.file for read in group})
        if number >= MANY_FILES:
            hits.append(_made(person, None, [read.at for read in group], [Reason(BULK, number)]))
            told.update(group)
    return hits, told


def _refused(refusals: Iterable[tuple[UUID, datetime]]) -> list[Hit]:
    days: dict[tuple[UUID, date], list[datetime]] = defaultdict(list)
    for person, at in refusals:
        days[person, at.astimezone(STOCKHOLM).date()].append(at)
    return [
        _made(person, None, times, [Reason(REFUSED, len(times))])
        for (person, _), times in days.items()
        if len(times) >= MANY_REFUSALS
    ]


def _made(person: UUID, file: UUID | None, times: Collection[datetime], reasons: list[Reason]) -> Hit:
    ordered = sorted(reasons, key=lambda reason: (-reason.sign.weight, reason.sign.code))
    score = sum(reason.sign.weight for reason in ordered)
    return Hit(person, file, min(times), max(times), score, tuple(ordered))


def _near(read: Read, worked: Collection[date]) -> bool:
    day = read.at.astimezone(STOCKHOLM).date()
    return any(abs(day - done) <= timedelta(days=DAYS_OF_WORK) for done in worked)


def _lot(seed: bytes, hit: Hit) -> bytes:
    file = b"" if hit.file is None else hit.file.bytes
    return sha256(seed + hit.person.bytes + file + timestamp(hit.first_at).encode()).digest()
