"""Compares leaves' bytes with the columns copied from them and with the time at which they got their places. Pure.

The bytes have one form, so one pattern tells whether they say just what the columns say; only what does not fit is
taken apart. The quick way must never accept what `audit.copies.said` would refuse: it follows the form from the first
byte to the last, each key once. It takes many leaves at a time, and what it need not ask of each it asks of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from audit.checkpoint import Stamp
from audit.events import EVENTS, timestamp

# security.md §6: clocks differ and transactions last, but not longer than this.
SLACK = timedelta(minutes=5)

# A text without what JSON writes with a backslash: `_are_bare` sees to the rest, for many leaves at once.
_TEXT = rb'"[^"]*+"'
_SUBJECT = rb'\{"digest":(?:null|' + _TEXT + rb'),"token":' + _TEXT + rb"\}"
# From the leaf's id to the end.
_REST = re.compile(
    rb'([^"]{36})","methods":\[(?:' + _TEXT + rb"(?:," + _TEXT + rb")*+)?+\]"
    rb',"payload":(?:null|"([0-9a-f]{64})"),"purpose":'
    + _TEXT
    + rb',"request":'
    + _TEXT
    + rb',"role":"([^"]*+)"'
    rb',"session":' + _TEXT + rb',"subjects":\[((?:' + _SUBJECT + rb"(?:," + _SUBJECT + rb")*+)?+)\]"
    rb',"time":"((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z)","unit":(?:null|"[0-9a-f-]{36}"),"v":1\}'
)
_FIRST_BARE = 0x20
# So many leaves that their bytes together stay in the processor's cache.
_JOINED = 100
_NOT_BARE = re.compile(r'["\\\x00-\x1f]')
# What many leaves share is read as one text, so that a million of them cost little; a column that held this sign would
# make one part too many, which never fits.
_BETWEEN = "\x1f"
_NOTHING = "-"
# The columns that are compared, in the order in which `fitting` takes them. One that is missing counts as two.
COLUMNS = """
    pg_catalog.convert_to(l.id::text, 'UTF8'),
    pg_catalog.convert_to(pg_catalog.encode(pg_catalog.sha256(l.payload), 'hex'), 'UTF8'), l.at AT TIME ZONE 'UTC',
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


class Fitting(NamedTuple):
    """What leaves whose bytes say just what their columns say tell, one of each for every leaf."""

    times: Sequence[bytes]
    kinds: Sequence[str]
    subjects: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the bytes of a leaf with some shared columns begin with, and its role and kind."""

    head: bytes
    length: int
    role: bytes
    kind: str


def fitting(
    bodies: Sequence[bytes],
    ids: Sequence[bytes],
    payloads: Sequence[bytes | None],
    times: Sequence[datetime],
    columns: Sequence[str],
) -> Fitting | None:
    """Read leaves, at least one, whose bytes say just what their columns (`COLUMNS`) say; None if any does not."""
    shared, rest = [], []
    for body, text in zip(bodies, columns, strict=True):
        own = _shared(text)
        if own is None or not body.startswith(own.head):
            return None
        found = _REST.fullmatch(body, own.length)
        if found is None:
            return None
        shared.append(own)
        rest.append(found.groups())
    named, digests, roles, subjects, moments, naive = zip(*rest, strict=True)
    if named != tuple(ids) or digests != tuple(payloads) or list(roles) != [own.role for own in shared]:
        return None
    if not _are_bare(bodies) or not _are(naive, times):
        return None
    return Fitting(moments, [own.kind for own in shared], subjects)


def _are_bare(bodies: Sequence[bytes]) -> bool:
    """Say that nothing in them is written with a backslash or should be, and that they are UTF-8."""
    for start in range(0, len(bodies), _JOINED):
        text = b"".join(bodies[start : start + _JOINED])
        if b"\\" in text or int(np.frombuffer(text, np.uint8).min()) < _FIRST_BARE:
            return False
        try:
            text.decode()
        except UnicodeDecodeError:
            return False
    return True


def _are(naive: Sequence[bytes], times: Sequence[datetime]) -> bool:
    try:
        return [datetime.fromisoformat(each.decode()) for each in naive] == list(times)
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _shared(columns: str) -> _Shared | None:
    """Read the shared columns; what JSON writes with a backslash never fits here."""
    parts = columns.split(_BETWEEN)
    if len(parts) != 7 or any(map(_NOT_BARE.search, parts)):
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
