"""When things were read: how many leaves fall on each hour of each day of a stretch of time that has an end.

It counts and shows nobody who read what. A stretch is at most thirteen weeks, so that what is read of the log depends
on the stretch and never on how long the log is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, TruncDate

from audit.models import Leaf

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LONGEST = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The days from `first` to `last`, and how many leaves there are by day and hour, in Stockholm's time."""

    first: date
    last: date
    counts: Counter[tuple[date, int]]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.counts.total()

    def by_weekday(self) -> Counter[tuple[int, int]]:
        """How many by weekday (Monday is 0) and hour."""
        found: Counter[tuple[int, int]] = Counter()
        for (day, hour), number in self.counts.items():
            found[day.weekday(), hour] += number
        return found

    def by_day(self) -> list[tuple[date, int]]:
        """How many on each day of the stretch, those without any among them."""
        found: Counter[date] = Counter()
        for (day, _), number in self.counts.items():
            found[day] += number
        days = (self.last - self.first).days + 1
        return [(day, found[day]) for day in (self.first + timedelta(days=n) for n in range(days))]


def stretch(*, since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """The days that are looked at: the last thirteen weeks of what was asked for."""
    last = min(until or today, today)
    first = last - LONGEST + timedelta(days=1)
    return (max(first, since) if since and since <= last else first), last


def rhythm(*, leaves: QuerySet[Leaf], first: date, last: date) -> Rhythm:
    """Count some leaves by day and hour."""
    found = counted(leaves=leaves, first=first, last=last)
    return Rhythm(first, last, Counter({(line["day"], line["hour"]): line["number"] for line in found}))


def counted(*, leaves: QuerySet[Leaf], first: date, last: date) -> QuerySet[Any, Any]:
    """How many there are by day and hour, as the database is asked."""
    within = leaves.filter(at__gte=_midnight(first), at__lt=_midnight(last + timedelta(days=1)))
    hours = within.order_by().values(
        day=TruncDate("at", tzinfo=STOCKHOLM), hour=ExtractHour("at", tzinfo=STOCKHOLM)
    )
    return hours.annotate(number=Count("*"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)
