"""What a reviewer reads of an item: the person's own events of that time, each with the files that it was about.

Shows what the leaves say, as the log search does. Opens no case; a file is called by its number alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from audit import queries as log_queries
from audit.models import LeafSubject, ReviewItem
from audit.queries import Reading
from audit.review.choices import ItemKind
from audit.review.knowledge import files, sign
from audit.review.months import Month
from audit.review.rank import Reason, is_off_hours

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One event: `file` is the number of the file that it is about, `others` how many more there are."""

    reading: Reading
    file: str
    others: int
    is_off_hours: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The events of an item in the order of time; `is_cut` when there are more than are shown."""

    events: list[Shown]
    is_cut: bool


def reasons_of(item: ReviewItem) -> list[Reason]:
    """Why an item is in the review; a sample has no reasons. Needs the review open."""
    return [Reason(sign(code), number) for code, number in item.finding.get("reasons", [])]


def file_of(item: ReviewItem) -> UUID | None:
    """The one file that an item is about, if it is about one. Needs the review open."""
    named = item.finding.get("file")
    return UUID(named) if named else None


def numbers_of(items: Sequence[ReviewItem]) -> Mapping[UUID, str]:
    """The numbers of the files that items are about, by file. Needs the review open."""
    return files().numbers({file for item in items if (file := file_of(item))})


def evidence_of(item: ReviewItem) -> Evidence:
    """The events to judge: those about the file in the month, or all of the item's own time."""
    file = file_of(item)
    month = Month.of(item.review.month)
    since, until = (month.starts_at, month.ends_at) if file else (item.starts_at, item.ends_at)
    if item.kind == ItemKind.HIT and not file:
        # A hit's time ends with its last event, which the search would leave out.
        until += timedelta(microseconds=1)
    found = log_queries.search(actor=item.person_id, since=since, until=until, scope=file)[: MOST_SHOWN + 1]
    readings = log_queries.in_words(found)
    about = _files_of([reading.leaf for reading in readings])
    numbers = files().numbers({each for named in about.values() for each in named})
    events = [_shown(reading, about.get(reading.leaf, []), numbers) for reading in readings[:MOST_SHOWN]]
    return Evidence(events[::-1], len(readings) > MOST_SHOWN)


def _shown(reading: Reading, named: Sequence[UUID], numbers: Mapping[UUID, str]) -> Shown:
    known = [numbers[file] for file in named if file in numbers]
    return Shown(reading, known[0] if known else "", max(len(known) - 1, 0), is_off_hours(reading.at))


def _files_of(leaves: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = LeafSubject.objects.filter(leaf__in=leaves).order_by("position").values_list("leaf", "scope")
    for leaf, scope in rows:
        if scope not in found[leaf]:
            found[leaf].append(scope)
    return found
