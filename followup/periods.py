"""The half-years, and years, that figures are given for. Pure.

They are fixed, never overlap and are counted only when they have ended: two figures whose periods differ by a day
would tell, subtracted, what happened on that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avhopp.translation import gettext_noop


class Every(StrEnum):
    """How often something is followed up."""

    HALF = "half"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The word for it, to be translated."""
        return EVERY_NAMES[self]


EVERY_NAMES: dict[Every, str] = {
    Every.HALF: gettext_noop("Varje halvår"),
    Every.YEAR: gettext_noop("En gång om året"),
}
_CODES: dict[Every, re.Pattern[str]] = {
    Every.HALF: re.compile(r"(19|20|21)\d\dH[12]"),
    Every.YEAR: re.compile(r"(19|20|21)\d\d"),
}


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


def is_code(code: str, *, every: Every) -> bool:
    """Tell whether a text is the code of a half-year, or of a year."""
    return _CODES[every].fullmatch(code) is not None


def last_half_of(code: str) -> HalfYear:
    """The half-year that a year or half-year ends with."""
    return HalfYear.of_code(code) if "H" in code else HalfYear(int(code), 2)
