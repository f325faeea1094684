"""Decides what is printed of each count, one after the other, so that neither figures nor gaps give anybody
away.

Stepwise: before a count is looked at, its possible values are parted so that every part would be safe; only
then is the part with the true count named. What is asked depends on earlier answers alone, so the data sets
that fit the answers are exactly those that would have given the same answers, and silence says nothing.
Whole: the display map for everything at once, refused if the promise would break. Nothing here may choose
by looking at the truth.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from followup.disclosure.audit import Audit
from followup.disclosure.coalition import Known
from followup.disclosure.display import HIDDEN, Display
from followup.disclosure.protected import Protected
from followup.disclosure.reading import Value
from followup.disclosure.search import CAP

_SPLITS: Final = 8


Place: TypeAlias = tuple[int, tuple[tuple[str, Value], ...]]
"""A release by its position in the series, and the labels of a cell in it."""


class Unsafe(Exception):
    """The figures would tell too much, or contradict what is known: release nothing for the period.

    ``sides`` names the protected count that would not be safe (a cell, and what is subtracted from it), if
    that is the reason, and ``insiders`` how many persons the attacker knows; ``known`` are such persons, if
    the break was found and not only the proof was missing.
    """

    def __init__(
        self,
        reason: str,
        *,
        sides: tuple[Place, Place | None] | None = None,
        insiders: int = 0,
        known: Known | None = None,
    ) -> None:
        super().__init__(reason)
        self.sides, self.insiders, self.known = sides, insiders, known


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed of one count, and what it says: between low and high."""

    printed: str
    low: int
    high: int


SILENT: Final = Answer(printed=HIDDEN, low=0, high=CAP)


def stepwise(*, audit: Audit, count: int, truth: int, display: Display) -> Answer:
    """Narrow one count as far as every possible answer would be safe, and name the part that holds the
    truth.
    """
    span = audit.reach(protected=Protected(count, None))
    if span is None or not span[0] <= truth <= span[1]:
        raise Unsafe("Ett antal ligger utanför vad tidigare redovisningar och reglerna mellan dem tillåter.")
    first, last = display.bucket(count=max(0, span[0])), display.bucket(count=span[1])
    while first < last:
        middle = _safe_split(audit, count, first, last, display)
        if middle is None:
            break
        if truth <= display.high(bucket=middle):
            last = middle
        else:
            first = middle + 1
        audit.narrow(count=count, low=display.low(bucket=first), high=_top(display, last))
    low, high = display.low(bucket=first), _top(display, last)
    audit.narrow(count=count, low=low, high=high)
    return Answer(printed=display.printed(first=first, last=last), low=low, high=high)


def whole(*, truth: int, display: Display) -> Answer:
    """Print one count by the display map; whether that may be released is decided for all of them together."""
    bucket = display.bucket(count=truth)
    return Answer(
        printed=display.printed(first=bucket, last=bucket),
        low=display.low(bucket=bucket),
        high=_top(display, bucket),
    )


def _top(display: Display, bucket: int) -> int:
    return min(CAP, display.high(bucket=bucket))


def _safe_split(audit: Audit, count: int, first: int, last: int, display: Display) -> int | None:
    """Return the last bucket of the lower part of a split whose two parts are both safe; None when there is
    none.
    """
    for middle in _middles(first, last):
        parts = ((first, middle), (middle + 1, last))
        if all(
            audit.is_safe_if(count=count, low=display.low(bucket=a), high=_top(display, b)) for a, b in parts
        ):
            return middle
    return None


def _middles(first: int, last: int) -> Iterator[int]:
    """Yield places to split, the middle (by ratio: counts may be of any size) first, then further out."""
    middle = min(last - 1, max(first, math.isqrt((first + 1) * (last + 1)) - 1))
    places = sorted(
        range(max(first, middle - _SPLITS), min(last, middle + _SPLITS)), key=lambda p: abs(p - middle)
    )
    return iter(places[:_SPLITS])
