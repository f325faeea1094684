"""Reads from the record what the draw and the ranking ask for. Opens nothing and writes nothing.

What is read are the columns beside the leaves, which verification holds to the leaves' bytes.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from audit.events import Kind
from audit.review.knowledge import files
from audit.review.rank import DAYS_OF_WORK, Read, Work

_DAYS = """
    SELECT actor, (at AT TIME ZONE 'Europe/Stockholm')::date AS day FROM audit_leaf
    WHERE at >= %s AND at < %s AND actor IS NOT NULL GROUP BY 1, 2
"""
_READS = """
    SELECT l.actor, s.scope, l.at, l.basis FROM audit_leaf AS l JOIN audit_leafsubject AS s ON s.leaf = l.id
    WHERE l.kind = %s AND l.at >= %s AND l.at < %s AND l.actor IS NOT NULL
      AND s.label = ANY(%s) AND l.event <> ALL(%s)
    ORDER BY l.at, l.id
"""
_WORK = """
    SELECT DISTINCT l.actor, s.scope, (l.at AT TIME ZONE 'Europe/Stockholm')::date
    FROM audit_leaf AS l JOIN audit_leafsubject AS s ON s.leaf = l.id
    WHERE l.kind = ANY(%s) AND l.at >= %s AND l.at < %s AND l.actor IS NOT NULL
"""
_REFUSALS = """
    SELECT actor, at FROM audit_leaf
    WHERE kind = %s AND at >= %s AND at < %s AND actor IS NOT NULL AND event NOT LIKE 'account.%%'
    ORDER BY at, id
"""


def days_of(*, since: datetime, until: datetime) -> dict[UUID, set[date]]:
    """Give the days on which each person has done anything that the record tells of."""
    found: dict[UUID, set[date]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [since, until])
        for person, day in cursor.fetchall():
            found[person].add(day)
    return dict(found)


def reads(*, since: datetime, until: datetime) -> list[Read]:
    """Give each opening of a file, in the order of time."""
    known = files()
    with connection.cursor() as cursor:
        cursor.execute(_READS, [Kind.READ, since, until, sorted(known.labels), sorted(known.listings)])
        return [Read(*row) for row in cursor.fetchall()]


def work(*, since: datetime, until: datetime) -> list[Work]:
    """Give the days of each person's doings in each file, also a while before and after."""
    around = timedelta(days=DAYS_OF_WORK + 1)
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [[Kind.CHANGE, Kind.GRANT], since - around, until + around])
        return [Work(*row) for row in cursor.fetchall()]


def refusals(*, since: datetime, until: datetime) -> list[tuple[UUID, datetime]]:
    """Give who was refused something and when; sign-in is not among it."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSALS, [Kind.REFUSAL, since, until])
        return [(person, at) for person, at in cursor.fetchall()]
