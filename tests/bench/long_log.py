"""A log as long as one wants, like that of a working programme: for what must not become slow as the log grows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from audit.events import Actor, SealedSubject, encode, new_leaf_id
from avhopp.accounts import events as account_events
from cases import events as case_events

START = datetime(2026, 1, 1, tzinfo=UTC)
ACTORS = [UUID(int=number) for number in range(1, 61)]
SCOPES = [UUID(int=number) for number in range(1000, 1400)]
# Of a thousand leaves. A rare kind is the hard case for a long log.
MIX = [case_events.CASE_VIEWED] * 940 + [case_events.NOTE_SAVED] * 57 + [case_events.ACCESS_REFUSED] * 2
MIX += [account_events.SIGN_IN_LOCKED]


def rows(*, leaves: int, every: timedelta) -> Iterator[tuple[tuple, tuple]]:
    """Give that many leaves, each with its line in the index, one `every` so often."""
    for number in range(leaves):
        at = START + every * number
        event, leaf = MIX[number % len(MIX)], new_leaf_id(at=at)
        actor = Actor(
            user=ACTORS[number % len(ACTORS)], role="case_worker", address=f"192.0.2.{number * 7919 % 250}"
        )
        scope = SCOPES[number * 31 % len(SCOPES)]
        body = encode(
            leaf=leaf,
            at=at,
            event=event,
            actor=actor,
            about=None,
            basis="assigned",
            purpose="case",
            subjects=[SealedSubject(b"\x00" * 130)],
            payload=None,
        )
        kind = str(event.kind)
        yield (
            (leaf, at, event.code, kind, actor.user, actor.role, "assigned", None, actor.address, body, None),
            (uuid4(), leaf, 0, scope, "cases.case", uuid4(), at),
        )


def write(cursor, *, leaves: int, every: timedelta) -> None:
    """Copy the leaves and their index into the tables, a part at a time."""
    part: list[tuple[tuple, tuple]] = []
    for row in rows(leaves=leaves, every=every):
        part.append(row)
        if len(part) == 20_000:
            _copy(cursor, part)
            part = []
    _copy(cursor, part)
    for table in ("audit_leaf", "audit_leafsubject"):
        cursor.execute(f"ANALYZE {table}")


def _copy(cursor, part) -> None:
    for table, side in (("audit_leaf", 0), ("audit_leafsubject", 1)):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in part:
                copy.write_row(row[side])
