"""Compares one leaf's bytes with the columns copied from them and with the time at which it got its place. Pure.

A million leaves are compared by one regular expression over the bytes' one form; only what does not fit it is looked
at more closely. The expression must never accept what `audit.events.encode` could not have written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from audit.checkpoint import Stamp
from audit.events import EVENTS, timestamp

# security.md §6: clocks differ and transactions last, but not longer than this.
SLACK = timedelta(minutes=5)

_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TEXT = r'[^"\\\x00-\x1f]*'
_SUBJECT = r'\{"digest":(?:null|"[0-9a-f]{64}"),"token":"[A-Za-z0-9+/]*=*"\}'
LEAF = re.compile(
    rf'\{{"about":(?:null|"({_ID})"),"actor":(?:null|"({_ID})"),"address":"({_TEXT})","basis":"({_TEXT})",'
    rf'"event":"({_TEXT})","id":"({_ID})","methods":\[(?:"{_TEXT}"(?:,"{_TEXT}")*)?\],'
    rf'"payload":(?:null|"([0-9a-f]{{64}})"),"purpose":"{_TEXT}","request":"{_TEXT}","role":"({_TEXT})",'
    rf'"session":"{_TEXT}","subjects":(\[(?:{_SUBJECT}(?:,{_SUBJECT})*)?\]),'
    r'"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","unit":(?:null|"' + _ID + r'"),"v":1\}'
)
# The copied columns in the order of the expression's groups; `subjects` stands before `time` there.
COPIES = """
    l.about::text, l.actor::text, l.address, l.basis, l.event, l.id::text,
    pg_catalog.encode(pg_catalog.sha256(l.payload), 'hex'), l.role,
    pg_catalog.to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
"""
COPY_COUNT = 9


@dataclass(frozen=True, slots=True)
class Window:
    """Between which times an event of one checkpoint must lie, in a leaf's own form, which sorts by time."""

    earliest: str
    latest: str


ANY_TIME = Window("", "9999")


def window(stamp: Stamp) -> Window:
    """An event cannot be older than the last moment when nothing waited, nor later than its own checkpoint."""
    earliest = "" if stamp.quiet is None else timestamp(stamp.quiet - SLACK)
    return Window(earliest, timestamp(stamp.at + SLACK))


def subjects_if_all_fits(text: str, copies: tuple[str | None, ...], kind: str) -> tuple[str, str] | None:
    """Give the leaf's time and its subjects as JSON when it says just what the columns say; else None."""
    found = LEAF.fullmatch(text)
    if found is None:
        return None
    groups = found.groups()
    known = EVENTS.get(groups[4])
    if groups[:8] != copies[:8] or groups[9] != copies[8] or (known is not None and known.kind != kind):
        return None
    return groups[9], groups[8]
