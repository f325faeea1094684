"""Compares one leaf's bytes with the columns copied from them and with the time at which it got its place. Pure.

The bytes have one form, so a few searches tell whether they say just what the columns say; only what does not fit is
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
# From the end of the id to the subjects, and from there to the end. No subject holds a bracket.
_MIDDLE = re.compile(
    rb'"methods":\[[^\]\\]*\],"payload":(?:null|"([0-9a-f]{64})"),"purpose":'
    + _TEXT
    + rb',"request":'
    + _TEXT
    + rb',"role":"([^"\\\x00-\x1f]*)","session":'
    + _TEXT
    + rb","
)
_TAIL = re.compile(
    rb'\],"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","unit":(?:null|"[0-9a-f-]{36}"),"v":1\}'
)
_SUBJECTS = b'"subjects":['
# The columns that are compared, in the order in which `fits` takes them.
COLUMNS = """
    l.about::text, l.actor::text, l.address, l.basis, l.event, l.id::text,
    pg_catalog.encode(pg_catalog.sha256(l.payload), 'hex'), l.role, l.at, l.kind
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


def fits(
    body: bytes,
    about: str | None,
    actor: str | None,
    address: str,
    basis: str,
    event: str,
    leaf: str,
    payload: str | None,
    role: str,
    at: datetime,
    kind: str,
) -> bytes | None:
    """Give the leaf's time when its bytes say just what the columns say; else None."""
    head = _head(about, actor, address, basis, event) + leaf.encode() + b'",'
    start = body.find(_SUBJECTS)
    if not body.startswith(head) or start < 0:
        return None
    middle = _MIDDLE.fullmatch(body, len(head), start)
    tail = _TAIL.fullmatch(body, body.find(b"]", start))
    if middle is None or tail is None or middle[2] != role.encode():
        return None
    if middle[1] != (None if payload is None else payload.encode()):
        return None
    time: bytes = tail[1]
    if datetime.fromisoformat(time.decode()) != at or not _is_kind(event, kind):
        return None
    return time


@lru_cache(maxsize=4096)
def _head(about: str | None, actor: str | None, address: str, basis: str, event: str) -> bytes:
    """The first bytes of a leaf with these columns; a quote in one of them never fits, because it would be escaped."""
    named = ["null" if each is None else f'"{each}"' for each in (about, actor)]
    return (
        f'{{"about":{named[0]},"actor":{named[1]},"address":"{address}","basis":"{basis}","event":"{event}","id":"'
    ).encode()


def _is_kind(event: str, kind: str) -> bool:
    known = EVENTS.get(event)
    return known is None or known.kind == kind
