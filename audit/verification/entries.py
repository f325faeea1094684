"""Compares one leaf's bytes with the columns copied from them and with the time at which it got its place. Pure.

The bytes have one form, so one pattern tells whether they say just what the columns say; only what does not fit is
taken apart. The quick way must never accept what `audit.copies.said` would refuse: it follows the form from the first
byte to the last, each key once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from audit.checkpoint import Stamp
from audit.events import EVENTS, timestamp

# security.md §6: clocks differ and transactions last, but not longer than this.
SLACK = timedelta(minutes=5)

_TEXT = rb'"[^"\\\x00-\x1f]*"'
# From the leaf's id to the end. No subject holds a bracket.
_REST = re.compile(
    rb'([0-9a-f-]{36})","methods":\[[^\]\\]*\],"payload":(?:null|"([0-9a-f]{64})"),"purpose":'
    + _TEXT
    + rb',"request":'
    + _TEXT
    + rb',"role":"([^"\\\x00-\x1f]*)","session":'
    + _TEXT
    + rb',"subjects":\[([^\]]*)\],"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"'
    + rb',"unit":(?:null|"[0-9a-f-]{36}"),"v":1\}'
)
# What many leaves share is read as one text, so that a million of them cost little; a column that held this sign would
# make one part too many, which never fits.
_BETWEEN = "\x1f"
_NOTHING = "-"
# The columns that are compared, in the order in which `fits` takes them. One that is missing counts as two.
COLUMNS = """
    l.id::text, pg_catalog.encode(pg_catalog.sha256(l.payload), 'hex'), l.at,
    pg_catalog.concat_ws(E'\\x1f', coalesce(l.about::text, '-'), coalesce(l.actor::text, '-'),
        coalesce(l.address, E'\\x1f'), coalesce(l.basis, E'\\x1f'), coalesce(l.event, E'\\x1f'),
        coalesce(l.kind, E'\\x1f'), coalesce(l.role, E'\\x1f'))
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Between which times an event of one checkpoint must lie, in the form of a leaf, which sorts by time."""

    earliest: bytes
    latest: bytes


ANY_TIME = Window(b"", b"9999")


def window(stamp: Stamp) -> Window:
    """An event cannot be older than the last moment when nothing waited, nor later than its own checkpoint."""
    earliest = b"" if stamp.quiet is None else timestamp(stamp.quiet - SLACK).encode()
    return Window(earliest, timestamp(stamp.at + SLACK).encode())


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the bytes of a leaf with some shared columns begin with, and its role and kind."""

    head: bytes
    length: int
    role: bytes
    kind: str


def fits(
    body: bytes, leaf: str, payload: str | None, at: datetime, columns: str
) -> tuple[bytes, str, bytes] | None:
    """Give the leaf's time, its kind and its subjects when its bytes say just what the columns say; else None."""
    shared = _shared(columns)
    if shared is None or not body.startswith(shared.head):
        return None
    rest = _REST.fullmatch(body, shared.length)
    if rest is None:
        return None
    named, digest, role, subjects, time = rest.groups()
    if named != leaf.encode() or role != shared.role:
        return None
    if digest != (None if payload is None else payload.encode()):
        return None
    if datetime.fromisoformat(time.decode()) != at:
        return None
    return time, shared.kind, subjects


@lru_cache(maxsize=4096)
def _shared(columns: str) -> _Shared | None:
    """Read the shared columns; a quote in one of them never fits, because it would be escaped in the bytes."""
    parts = columns.split(_BETWEEN)
    if len(parts) != 7:
        return None
    about, actor, address, basis, event, kind, role = parts
    named = ["null" if each == _NOTHING else f'"{each}"' for each in (about, actor)]
    head = (
        f'{{"about":{named[0]},"actor":{named[1]},"address":"{address}","basis":"{basis}","event":"{event}","id":"'
    ).encode()
    known = EVENTS.get(event)
    if known is not None and known.kind != kind:
        return None
    return _Shared(head, len(head), role.encode(), kind)
