"""The months that are reviewed, and by when. Pure.

A month is a calendar month in Stockholm. How often and by when the law leaves to each municipality ("systematic and
recurring", SoLPuL 10 §); what is chosen here stands in this file alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAYS_TO_REVIEW = 21
DAYS_OF_WARNING = 7
DAYS_TO_FOLLOW_UP = 30


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError("a month has a number from 1 to 12")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def at(cls, moment: datetime) -> Month:
        """The month that a moment lies in, in Stockholm."""
        return cls.of(moment.astimezone(STOCKHOLM).date())

    @classmethod
    def parse(cls, code: str) -> Month:
        """Read what `code` wrote; raises ValueError."""
        return cls.of(date.fromisoformat(f"{code}-01"))

    @property
    def code(self) -> str:
        """The month as ÅÅÅÅ-MM."""
        return f"{self.year}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> Month:
        """The month after."""
        return Month.of(self.first_day + timedelta(days=31))

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """When the next one begins."""
        return self.next.starts_at

    @property
    def due_on(self) -> date:
        """The last day on which its review may be signed without being late."""
        return self.next.first_day + timedelta(days=DAYS_TO_REVIEW - 1)

    @property
    def warned_on(self) -> date:
        """The day from which those who review are reminded."""
        return self.due_on - timedelta(days=DAYS_OF_WARNING)


def midnight(day: date) -> datetime:
    """When a day begins in Stockholm."""
    return datetime.combine(day, time(), STOCKHOLM)


def ended_months(*, since: datetime, now: datetime) -> list[Month]:
    """The months that have ended, the oldest first, from the one in which `since` lies."""
    month, current, found = Month.at(since), Month.at(now), []
    while month < current:
        found.append(month)
        month = month.next
    return found
