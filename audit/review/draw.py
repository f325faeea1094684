"""Who is drawn in a month, and which day of hers is read. Pure: the same seed and the same record give the same draw.

Nobody can choose the seed or foresee it. A year's twelve seeds are a chain of hashes: the last one is random, each is
the hash of the one after it, and the hash of the first is written into the record before the year begins. A month's
draw shows its own seed; anybody can check it against the commitment, and it tells nothing of the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from audit.review.months import Month, midnight

MONTHS = 12
SEED_BYTES = 32
# Ten in a hundred a month; with replacement, 28 in a hundred would never be drawn in a year.
LEAST_SHARE = 10
WINDOW = timedelta(hours=24)


class WrongSeed(Exception):
    """The seed is not the one that was committed to; somebody has put another in its place. Draw nothing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One person, and the time of hers that is read: a whole day in Stockholm, at least 24 hours."""

    person: UUID
    starts_at: datetime
    ends_at: datetime


def seed_of(*, root: bytes, month: Month) -> bytes:
    """Give a month's seed from the year's root, which is December's own."""
    return _hashed(root, MONTHS - month.number)


def commitment_to(root: bytes) -> bytes:
    """Give what is published before the year begins: the hash of January's seed."""
    return _hashed(root, MONTHS)


def check(*, seed: bytes, month: Month, commitment: bytes) -> None:
    """Raise `WrongSeed` unless a month's seed leads back to what was committed to."""
    if _hashed(seed, month.number) != commitment:
        raise WrongSeed


def how_many(*, people: int, undrawn: int, month: Month) -> int:
    """Tell how many are drawn: a tenth of all, and so many that everybody has been drawn when the year ends."""
    months_left = MONTHS - month.number + 1
    return min(people, max(_share(people, LEAST_SHARE), -(-undrawn // months_left)))


def draw(
    *, seed: bytes, month: Month, active: Mapping[UUID, Collection[date]], drawn_before: Mapping[UUID, int]
) -> list[Drawn]:
    """Draw a month's people among those who have acted this year, and a day of each.

    `active` gives the days of the year, up to the month's end, on which each has acted; `drawn_before` how many times
    each has been drawn this year. Whoever has been drawn fewest times comes first, and the lot decides among equals.
    """
    people = {person: days for person, days in active.items() if days}
    undrawn = sum(1 for person in people if not drawn_before.get(person))
    wanted = how_many(people=len(people), undrawn=undrawn, month=month)
    order = sorted(people, key=lambda person: (drawn_before.get(person, 0), _lot(seed, person)))
    return [_window(person, _day(seed, person, people[person], month)) for person in order[:wanted]]


def _day(seed: bytes, person: UUID, days: Iterable[date], month: Month) -> date:
    """Pick a day of the month itself, or of the year so far when she has not acted in the month."""
    all_days = list(days)
    of_month = [day for day in all_days if Month.of(day) == month]
    return min(of_month or all_days, key=lambda day: _lot(seed, person, day.isoformat()))


def _window(person: UUID, day: date) -> Drawn:
    start = midnight(day)
    # The day on which summer time begins has 23 hours; a window never has fewer than 24.
    end = max(midnight(day + timedelta(days=1)), _after(start, WINDOW))
    return Drawn(person, start, end)


def _after(moment: datetime, time: timedelta) -> datetime:
    """Add elapsed time, which adding to a local time does not do where the clocks change."""
    zone = moment.tzinfo
    assert zone is not None
    return datetime.fromtimestamp(moment.timestamp() + time.total_seconds(), zone)


def _lot(seed: bytes, person: UUID, more: str = "") -> bytes:
    return sha256(seed + person.bytes + more.encode()).digest()


def _share(people: int, percent: int) -> int:
    return -(-people * percent // 100)


def _hashed(value: bytes, times: int) -> bytes:
    if len(value) != SEED_BYTES:
        raise WrongSeed
    for _ in range(times):
        value = sha256(value).digest()
    return value
