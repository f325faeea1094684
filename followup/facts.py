"""The only door from cases to the follow-up: counts by code, never a row, an id or a day.

It counts columns that are plain because they are counted (`Case.plain_because`). It runs where no `CryptoScope` is
open, whoever asks, so nothing sealed can be opened on this side of the door.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from avhopp.sealed import scope
from cases.models import Case
from cases.workflow import Track
from followup.indicators import EXIT_CASES_OPENED

Counter = Callable[[date, date], int]


class NotCounted(Exception):
    """No facts are counted for the indicator; it is one that somebody types in with its source."""


def count(*, indicator: str, starts_on: date, ends_on: date) -> int:
    """Count an indicator's facts over a period, both days included.

    The number is exact and must be printed through `indicators.printed` before anybody sees or stores it.
    """
    counter = _COUNTERS.get(indicator)
    if counter is None:
        raise NotCounted(indicator)
    with scope.closed():
        return counter(starts_on, ends_on)


def _exit_cases_opened(starts_on: date, ends_on: date) -> int:
    return Case.objects.filter(track=Track.EXIT, opened_on__range=(starts_on, ends_on)).count()


_COUNTERS: dict[str, Counter] = {EXIT_CASES_OPENED.code: _exit_cases_opened}
