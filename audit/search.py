"""The reviewer's search: finds leaves, and writes one leaf that tells what was searched for.

What was asked stands in the leaf's `purpose` as codes: it holds only the catalogue's own words, days, a staff
account and a staff address, so it needs no sealing and can be read by whoever reviews the reviewer. A case that was
searched for is named as the leaf's sealed subject and never in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from audit import log, queries
from audit.events import Actor, Kind
from audit.log_events import ACCESS_REPLAYED, LEAF_VIEWED, LOG_EXPORTED, LOG_SEARCHED
from audit.models import Leaf
from audit.rhythm import Rhythm, rhythm, stretch
from audit.verification.replay import Replayed, access_at

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PAGE = 50
DAYS_AT_FIRST = 30
MOST = 10_000
# Stands where a number that no case has would stand: what somebody types by mistake is kept nowhere.
UNKNOWN_NUMBER = "?"


class TooManyToTakeOut(Exception):
    """More than a spreadsheet is read through; narrow the search."""


class NoSuchLeaf(Exception):
    """There is no such leaf; answer as for any address that does not exist."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is searched for, as codes; an empty one does not narrow. Days are whole days in Stockholm."""

    actor: str = ""
    kind: str = ""
    event: str = ""
    basis: str = ""
    since: str = ""
    until: str = ""
    address: str = ""
    number: str = ""

    def kept(self) -> dict[str, str]:
        """Give what a session may keep."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @classmethod
    def restored(cls, kept: Mapping[str, str]) -> Criteria:
        """Read what `kept` gave."""
        return cls(**{item.name: kept.get(item.name, "") for item in fields(cls)})


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search; `older` is the leaf that the next page follows, when there is one."""

    readings: list[queries.Reading]
    older: UUID | None
    is_unknown_number: bool


def first_criteria(*, today: date) -> Criteria:
    """What the page shows before anything is asked: the last thirty days."""
    return Criteria(since=(today - timedelta(days=DAYS_AT_FIRST - 1)).isoformat(), until=today.isoformat())


@transaction.atomic
def find(*, criteria: Criteria, before: UUID | None, by: Actor, now: datetime) -> Found:
    """Give one page of the leaves that fit, newest first, and record that it was asked for."""
    case = queries.subject_of_number(criteria.number) if criteria.number else None
    is_unknown = bool(criteria.number) and case is None
    page = [] if is_unknown else _page(criteria, case.scope if case else None, before)
    log.record(
        event=LOG_SEARCHED,
        actor=by,
        at=now,
        basis="role",
        purpose=_in_codes(criteria, before),
        about=UUID(criteria.actor) if criteria.actor else None,
        subjects=[case] if case else [],
    )
    older = page[PAGE - 1].leaf if len(page) > PAGE else None
    return Found(page[:PAGE], older, is_unknown)


@transaction.atomic
def export(*, criteria: Criteria, form: str, by: Actor, now: datetime) -> list[queries.Reading]:
    """Give every leaf that fits, newest first, and record that they were taken out; raises `TooManyToTakeOut`."""
    case = queries.subject_of_number(criteria.number) if criteria.number else None
    is_unknown = bool(criteria.number) and case is None
    leaves = [] if is_unknown else list(_fitting(criteria, case.scope if case else None, None)[: MOST + 1])
    if len(leaves) > MOST:
        raise TooManyToTakeOut
    log.record(
        event=LOG_EXPORTED,
        actor=by,
        at=now,
        basis="role",
        purpose=_in_codes(criteria, None).replace("log_search?", f"log_export?form={form}&"),
        about=UUID(criteria.actor) if criteria.actor else None,
        subjects=[case] if case else [],
    )
    return queries.in_words(leaves)


@transaction.atomic
def when(*, criteria: Criteria, by: Actor, now: datetime) -> Rhythm:
    """Give when the leaves that fit were written, those of readings unless something else was asked for; recorded."""
    case = queries.subject_of_number(criteria.number) if criteria.number else None
    is_unknown = bool(criteria.number) and case is None
    asked = criteria if criteria.kind or criteria.event else replace(criteria, kind=Kind.READ.value)
    first, last = stretch(
        since=_day(criteria.since), until=_day(criteria.until), today=now.astimezone(STOCKHOLM).date()
    )
    leaves = Leaf.objects.none() if is_unknown else _fitting(asked, case.scope if case else None, None)
    log.record(
        event=LOG_SEARCHED,
        actor=by,
        at=now,
        basis="role",
        purpose=_in_codes(criteria, None).replace("log_search?", "log_rhythm?"),
        about=UUID(criteria.actor) if criteria.actor else None,
        subjects=[case] if case else [],
    )
    return rhythm(leaves=leaves, first=first, last=last)


@transaction.atomic
def open_leaf(*, leaf: UUID, by: Actor, now: datetime) -> queries.WholeLeaf:
    """Give all that one leaf says, and record that it was read; raises `NoSuchLeaf`."""
    found = queries.whole_leaf(leaf)
    if found is None:
        raise NoSuchLeaf
    log.record(
        event=LEAF_VIEWED, actor=by, at=now, basis="role", purpose=f"log_leaf?{urlencode({'leaf': leaf})}"
    )
    return found


def _page(criteria: Criteria, scope: UUID | None, before: UUID | None) -> list[queries.Reading]:
    return queries.in_words(_fitting(criteria, scope, before)[: PAGE + 1])


def _fitting(criteria: Criteria, scope: UUID | None, before: UUID | None) -> QuerySet[Leaf]:
    return queries.search(
        actor=UUID(criteria.actor) if criteria.actor else None,
        kind=criteria.kind,
        event=criteria.event,
        basis=criteria.basis,
        since=_midnight(criteria.since),
        until=_midnight(criteria.until, days=1),
        address=criteria.address,
        scope=scope,
        before=before,
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _midnight(day: str, *, days: int = 0) -> datetime | None:
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), STOCKHOLM)


def _in_codes(criteria: Criteria, before: UUID | None) -> str:
    asked = {
        name: value for name, value in criteria.kept().items() if value and name not in {"actor", "number"}
    }
    if before:
        asked["before"] = str(before)
    return f"log_search?{urlencode(asked)}"


@transaction.atomic
def replay(*, number: str, at: datetime, by: Actor, now: datetime) -> Replayed | None:
    """Give who could see a case at a moment, and record that it was asked; None when no case has the number."""
    case = queries.subject_of_number(number)
    log.record(
        event=ACCESS_REPLAYED,
        actor=by,
        at=now,
        basis="role",
        purpose=f"log_access?{urlencode({'at': at.isoformat()})}",
        subjects=[case] if case else [],
    )
    return access_at(scope=case.scope, at=at) if case else None
