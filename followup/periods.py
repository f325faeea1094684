"""The half-years that figures are given for. Pure.

They are fixed, never overlap and are counted only when they have ended: two figures whose periods differ by a day
would tell, subtracted, what happened on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """One half of a calendar year; `half` is 1 or 2."""

    year: int
    half: int

    @property
    def code(self) -> str:
        """The half-year as it is stored, such as 2025H1."""
        return f"{self.year}H{self.half}"

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def following(self) -> HalfYear:
        """The half-year after it."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @classmethod
    def of_code(cls, code: str) -> HalfYear:
        """Read what `code` gave."""
        return cls(int(code[:4]), int(code[5:]))

    @classmethod
    def of_day(cls, day: date) -> HalfYear:
        """The half-year that a day lies in."""
        return cls(day.year, 1 if day.month <= 6 else 2)


def ended_half_years(*, starts_on: date, ends_on: date, today: date) -> list[HalfYear]:
    """The half-years that lie wholly between two days and had ended before `today`, the oldest first."""
    found = []
    period = HalfYear.of_day(starts_on)
    if period.starts_on < starts_on:
        period = period.following
    while period.ends_on <= ends_on and period.ends_on < today:
        found.append(period)
        period = period.following
    return found
