"""Read through the one door what has happened and keep it as facts, each night and before figures are counted."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime

from django.db import connection, transaction

from audit.events import Actor
from followup import events, facts
from followup.dimensions import happen, nothing_yet, row_at
from followup.models import Fact
from followup.recording import note

CUT = "cut-"
# Any constant: two readings at once would write down the same new course of events twice.
_GATHERING = 0x66616374


@transaction.atomic
def gather(*, by: Actor, now: datetime) -> None:
    """Write down what has happened since the last time; needs the key of the facts (`vault.opened`).

    What was written stays. A mark whose case has lost its key is cut, so that nothing leads back to it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GATHERING])
    known = {fact.mark: fact for fact in Fact.objects.select_for_update()}
    changed: dict[str, Fact] = {}
    living = facts.living()
    for coded in facts.coded():
        if coded.mark not in living:
            continue  # disposed of: what it counted for is counted, and its mark is cut below
        fact = known.setdefault(coded.mark, Fact(mark=coded.mark, happened=nothing_yet()))
        happened = {**nothing_yet(), **fact.happened}
        if happen(happened=happened, what=coded.what, period=coded.period):
            fact.happened = happened
            changed[coded.mark] = fact
    for mark, fact in known.items():
        if mark not in living and not mark.startswith(CUT):
            fact.mark = CUT + secrets.token_hex((len(mark) - len(CUT)) // 2)
            changed[mark] = fact
    for fact in changed.values():
        fact.save()
    note(event=events.FACTS_GATHERED, purpose="facts", by=by, now=now, about=changed.values())


def tabulated(*, since: str, period: str) -> Counter[tuple[str, ...]]:
    """Count the facts by their categories at the end of a half-year; needs the key of the facts.

    The counts are exact, and as secret as the cases.
    """
    rows = (row_at(happened=fact.happened, period=period, since=since) for fact in Fact.objects.all())
    return Counter(row for row in rows if row is not None)
