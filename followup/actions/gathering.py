"""Read through the one door what has happened and keep it as facts, each night and before figures are counted."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from itertools import chain

from django.db import connection, transaction

from audit.events import Actor
from followup import events, facts
from followup.dimensions import DIMENSIONS, row_at
from followup.facts import Coded
from followup.happenings import NOT_YET, Happening, happen, nothing_yet
from followup.models import Fact, Heard
from followup.recording import note

CUT = "cut-"
# Any constant: two readings at once would write down the same new course of events twice.
_GATHERING = 0x66616374


@transaction.atomic
def gather(*, by: Actor, now: datetime) -> None:
    """Write down what has happened since the last time; needs the key of the facts (`vault.opened`).

    What was written stays, but for what has turned out to be invented. A mark whose case has lost its key is cut, so
    that nothing leads back to it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GATHERING])
    known = {fact.mark: fact for fact in Fact.objects.select_for_update()}
    changed: dict[str, Fact] = {}
    living, uncounted = facts.living(), facts.uncounted(at=now)
    # Nobody changes these rows, and none reads them but whoever holds the lock above.
    heard = list(Heard.objects.all())
    for coded in chain(facts.coded(), _said(heard)):
        if coded.mark not in living or coded.mark in uncounted:
            continue  # disposed of: what it counted for is counted, and its mark is cut below
        fact = known.setdefault(coded.mark, Fact(mark=coded.mark, happened=nothing_yet()))
        happened = {**nothing_yet(), **fact.happened}
        if happen(happened=happened, what=coded.what, period=coded.period):
            fact.happened = happened
            changed[coded.mark] = fact
    for mark, fact in known.items():
        if mark in uncounted and fact.happened != nothing_yet():
            # It was an ordinary case until it became a decoy.
            fact.happened = nothing_yet()
            changed[mark] = fact
        if mark not in living and not mark.startswith(CUT):
            fact.mark = CUT + secrets.token_hex((len(mark) - len(CUT)) // 2)
            changed[mark] = fact
    for fact in changed.values():
        fact.save()
    note(event=events.FACTS_GATHERED, purpose="facts", by=by, now=now, about=changed.values(), removed=heard)
    Heard.objects.filter(pk__in=[row.pk for row in heard]).delete()


def _said(heard: Iterable[Heard]) -> Iterator[Coded]:
    """What has been said of a case is said of the course of events that it belongs to, in the order of the periods."""
    courses = facts.courses()
    said = [
        Coded(courses.get(row.mark, row.mark), Happening(what), period)
        for row in heard
        for what, period in row.happened.items()
        if period != NOT_YET
    ]
    return iter(sorted(said, key=lambda coded: coded.period))


def tabulated(*, since: str, period: str, names: Container[str]) -> Counter[tuple[tuple[str, str], ...]]:
    """Count the facts by their categories in the named dimensions at the end of a half-year; needs the facts' key.

    The counts are exact, and as secret as the cases.
    """
    rows = (row_at(happened=fact.happened, period=period, since=since) for fact in Fact.objects.all())
    return Counter(
        tuple(
            (dimension.name, category)
            for dimension, category in zip(DIMENSIONS, row, strict=True)
            if dimension.name in names
        )
        for row in rows
        if row is not None
    )
