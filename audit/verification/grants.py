"""Compares who has access to what with what the log last saw given: a grant that somebody put in, widened or took away
past the program is found and named.

What a grant says stands sealed in the leaf that told of it, bound to that leaf, so nobody without the file's key can
write one. The app that owns the grants registers its rows, in the same form as its leaves tell of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from audit.events import EVENTS, Kind, canonical
from audit.verification import reading
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.reading import Row
from audit.verification.rows import merged
from audit.verification.spool import WAITING, Spool
from audit.verification.subjects import Subjects
from avhopp.sealed.models import KeyState, ScopeKey

Detail = Mapping[str, str]
_TOLD: LiteralString = """
    SELECT q.seq, l.id, l.payload FROM audit_leaf AS l
    LEFT JOIN audit_seq AS q ON q.leaf = l.id LEFT JOIN audit_pending AS p ON p.leaf = l.id
    WHERE l.event = ANY(%s) AND l.payload IS NOT NULL AND (q.seq IS NOT NULL OR p.id IS NOT NULL)
    ORDER BY q.seq NULLS LAST, p.id
"""


@dataclass(frozen=True, slots=True)
class Grants:
    """`events` are the codes, beside those of the kind, whose leaves tell of grants; `rows` gives each grant that there
    is, in the order of its id: the scope that it opens, and what a leaf would say of it under its own "grant"; `of`
    gives those of one scope."""

    label: str
    events: frozenset[str]
    rows: Callable[[], Iterable[tuple[UUID, Detail]]]
    of: Callable[[UUID], Iterable[Detail]]


_registered: list[Grants] = []


def register(grants: Grants) -> None:
    """Let a table of grants be compared; called once, when the application starts."""
    _registered[:] = [grants]


def telling() -> list[str]:
    """The codes, beside those of the kind, whose leaves tell of grants."""
    return [code for each in _registered for code in sorted(each.events)]


def agree(*, scope: UUID, told: Iterable[Detail]) -> bool:
    """Tell whether the grants of a scope as they stand are those that were told of."""
    there = {_digest(detail) for each in _registered for detail in each.of(scope)}
    return there == {_digest(detail) for detail in told}


def compare(*, database: psycopg.Connection[Row], spool: Spool, report: Report) -> None:
    """Compare every grant with what the log says of it."""
    for grants in _registered:
        _keep(grants, database, spool, report)
        scopes: dict[UUID, UUID] = {}
        for said, digest, grant in merged(told=spool.told(label=grants.label), there=_there(grants, scopes)):
            report.grants += digest is not None
            about = f"{grants.label} {grant}"
            scope = scopes.pop(grant, None)
            if said is None:
                if scope is None or not _is_disposed(scope):
                    report.add(Fault(FaultKind.GRANT_UNKNOWN, about=about))
                continue
            entry = None if said.entry == WAITING else said.entry
            if digest is None:
                report.add(Fault(FaultKind.GRANT_GONE, entry, about))
            elif digest != said.digest:
                report.add(Fault(FaultKind.GRANT_CHANGED, entry, about))


def _keep(grants: Grants, database: psycopg.Connection[Row], spool: Spool, report: Report) -> None:
    codes = [code for code, event in EVENTS.items() if event.kind is Kind.GRANT] + sorted(grants.events)
    subjects = Subjects(report)
    for seq, leaf, payload in reading.rows(database, "grants", _TOLD, [codes]):
        detail = subjects.detail_of(seq, leaf, bytes(payload))
        for told in told_in(detail or {}):
            spool.written(
                label=grants.label,
                row=UUID(told["grant"]),
                entry=WAITING if seq is None else seq,
                position=0,
                digest=_digest(told),
            )


def told_in(detail: Mapping[str, Any]) -> list[Detail]:
    """A leaf tells of one grant, or of several in a list."""
    return [detail] if "grant" in detail else list(detail.get("grants", ()))


def _there(grants: Grants, scopes: dict[UUID, UUID]) -> Iterator[tuple[UUID, bytes]]:
    for scope, detail in grants.rows():
        grant = UUID(detail["grant"])
        scopes[grant] = scope
        yield grant, _digest(detail)


def _digest(detail: Detail) -> bytes:
    return hashlib.sha256(canonical({name: _one_form(value) for name, value in detail.items()})).digest()


def _one_form(value: str) -> str:
    """A time has one form whichever zone it was written in."""
    try:
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    except ValueError:
        return value


def _is_disposed(scope: UUID) -> bool:
    return ScopeKey.objects.filter(scope=scope, state=KeyState.DESTROYED).exists()
