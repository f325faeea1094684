"""A clock that moves through four years: stories take turns in the order of their time. Pure.

A story is a generator that yields when it wants to act and then acts. So the record of the demo is written in the
order in which things are said to have happened, as a real one is.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Story = Iterator[datetime]


def tell(stories: Iterable[Story], *, until: datetime) -> None:
    """Let every story act in the order of time; what would happen after `until` does not happen."""
    queue: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _put_back(queue, number, story, until)
    while queue:
        _, number, story = heapq.heappop(queue)
        _put_back(queue, number, story, until)


def office_hour(day: date, *, random: Random) -> datetime:
    """A minute of that day between eight and four; a Saturday or Sunday becomes the Friday before."""
    weekday = day - timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(weekday, time(8 + random.randrange(8), random.randrange(60)), STOCKHOLM)


def _put_back(queue: list[tuple[datetime, int, Story]], number: int, story: Story, until: datetime) -> None:
    at = next(story, None)
    if at is not None and at <= until:
        heapq.heappush(queue, (at, number, story))
