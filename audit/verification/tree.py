"""Grows the tree anew from the leaves' bytes and compares it with every head that anybody has signed.

A leaf is judged by its own bytes first and then by the tree, so that one changed leaf is one fault and not one for
every checkpoint after it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from typing import Any

import psycopg

from audit.copies import payload_fits, said
from audit.events import VERSION
from audit.merkle import EMPTY_ROOT, CompactRange, Completed
from audit.models import Leaf, Pending, Sequenced
from audit.tree_store import STORED_EVERY
from audit.verification.entries import ANY_TIME, Window, fitting
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.heads import Head
from audit.verification.reading import BODY, HASH, SEQ, Row

LONGEST_GAP = 100_000
MOST_ASKED = 20
# The stored parts of some hundred thousand leaves: a few hundred hashes.
MOST_UNSEEN = 50
# What a leaf says of rows that were written or removed: its place (None while it waits) and its subjects.
OnSubjects = Callable[[int | None, str, list[dict[str, Any]]], None]


class TreeCheck:
    """One pass over the leaves."""

    def __init__(self, *, database: psycopg.Connection[Row], report: Report, on_subjects: OnSubjects) -> None:
        self._database = database
        self._report = report
        self._on_subjects = on_subjects
        self._range = CompactRange()
        self._is_torn = False
        self._last_signed = 0
        self._unseen: list[Completed] = []
        # Leaves that were found at their place or waiting for one; what the table holds beyond them is beside the log.
        self.leaves = 0
        self.unwitnessed_at = ""

    def run(self, *, entries: Iterable[list[Row]], stored: Iterator[Head], seen: Iterable[Head]) -> None:
        """Take all sequenced leaves, the stored heads in order, and those that others hold.

        Afterwards `unwitnessed_at` is the time of the first leaf that no cosigned checkpoint covers, or empty.
        """
        others = deque(sorted(seen, key=lambda head: head.size))
        ours = self._compared(next(stored, None), stored, others)
        for chunk in entries:
            taken = 0
            while taken < len(chunk):
                ends = [head.size for head in (ours, *list(others)[:1]) if head is not None]
                room = max(1, min([len(chunk) - taken, *(end - self._range.size for end in ends)]))
                self._take(chunk[taken : taken + room], ANY_TIME if ours is None else ours.window)
                taken += room
                ours = self._compared(ours, stored, others)
        self._look_at_nodes()
        self._end([*([] if ours is None else [ours, *stored]), *others])

    def _compared(self, ours: Head | None, stored: Iterator[Head], others: deque[Head]) -> Head | None:
        """Compare every head that stands where the tree now is; give the next one that is stored."""
        while others and others[0].size <= self._range.size:
            self._compare(others.popleft())
        while ours is not None and ours.size <= self._range.size:
            self._compare(ours)
            self._last_signed = ours.size
            if ours.is_witnessed:
                self.unwitnessed_at = ""
            ours = next(stored, None)
        return ours

    def _compare(self, head: Head) -> None:
        if head.size < self._range.size or self._is_torn or head.root == self._range.root():
            return
        if head.is_ours:
            first, last = self._last_signed, head.size - 1
            self._report.add(Fault(FaultKind.REPLACED, first, f"plats {first} till {last}, nr {head.number}"))
            # From here on every root differs; the leaves themselves are still looked at.
            self._is_torn = True
        else:
            self._report.add(Fault(FaultKind.FORKED, None, f"bland de första {head.size} bladen"))

    def _end(self, left: list[Head]) -> None:
        report, size = self._report, self._range.size
        report.size, report.root = size, self._range.root()
        if size > self._last_signed:
            report.add(Fault(FaultKind.UNSIGNED, self._last_signed, f"{size - self._last_signed} blad"))
        for head in left:
            about = f"{head.size} blad har signerats, {size} finns"
            report.add(Fault(FaultKind.REMOVED if head.is_ours else FaultKind.TRUNCATED, size, about))

    def _take(self, part: list[Row], window: Window) -> None:
        plain = _plain(part, self._range.size, window)
        if plain is None:
            self._take_closely(part, window)
            return
        first = self._range.size
        self.leaves += len(part)
        if not self.unwitnessed_at:
            self.unwitnessed_at = plain.first_at
        if first == 0:
            self._report.first_at = plain.first_at
        for place, kind, body in plain.telling:
            self._on_subjects(place, kind, json.loads(body)["subjects"])
        self._grown(self._range.extend(plain.hashes))

    def _take_closely(self, part: list[Row], window: Window) -> None:
        hashes: list[bytes] = []
        place, found = self._range.size, 0
        for row in part:
            if row[SEQ] != place:
                self._report.add(Fault(FaultKind.GAP, place, f"till {row[SEQ] - 1}"))
                self._is_torn = True
                # What is missing keeps its places, so that the leaves after it are judged by their own checkpoint.
                hashes.extend([EMPTY_ROOT] * min(row[SEQ] - place, LONGEST_GAP))
            place = row[SEQ] + 1
            hashes.append(row[HASH])
            if row[BODY] is None:
                self._report.add(Fault(FaultKind.REMOVED, row[SEQ]))
                continue
            found += 1
            digest = sha256(b"\x00" + row[BODY]).digest()
            if digest != row[HASH]:
                self._report.add(self._edited(row[SEQ], digest))
            self.look_at(row, row[SEQ], window)
        self.leaves += found
        self._grown(self._range.extend(hashes))

    def look_at_waiting(self, waiting: Iterable[Row]) -> None:
        """Look at the leaves that wait for their place: the rows that they tell of are written already."""
        for row in waiting:
            self._report.waiting += 1
            if row[BODY] is None:
                self._report.add(Fault(FaultKind.REMOVED, None, "medan det väntade på sin plats"))
            else:
                self.leaves += 1
                self.look_at(row, None, ANY_TIME)

    def look_at(self, row: Row, place: int | None, window: Window) -> None:
        """Compare a leaf's bytes with its columns and its time, and pass on what it says of rows."""
        body = row[BODY]
        plain = fitting(*([column] for column in row[BODY:]))
        if plain is None:
            closer = self._look_closer(body, place)
            if closer is None:
                return
            fields, kind = closer
            at, subjects = fields["time"].encode(), fields["subjects"]
        else:
            (at,), (kind,), (subjects,) = plain
        if not window.earliest <= at <= window.latest:
            self._report.add(Fault(FaultKind.BACKDATED, place, at.decode()))
        if place is not None and not self.unwitnessed_at:
            self.unwitnessed_at = at.decode()
        if place == 0:
            self._report.first_at = at.decode()
        if b'"digest":"' in body or (kind == "change" and subjects):
            self._on_subjects(place, kind, json.loads(body)["subjects"])

    def _look_closer(self, body: bytes, place: int | None) -> tuple[dict[str, Any], str] | None:
        """Take a leaf apart that did not fit, and say what differs; give its fields and kind if it can be read."""
        leaf = self._leaf(place, body)
        shown = said(leaf)
        if "body" in shown.differs or shown.fields.get("v") != VERSION:
            self._report.add(Fault(FaultKind.UNREADABLE, place))
            return None
        if shown.differs:
            self._report.add(Fault(FaultKind.COPY, place, ", ".join(shown.differs)))
        if not payload_fits(leaf, shown.fields):
            self._report.add(Fault(FaultKind.PAYLOAD, place))
        return shown.fields, shown.kind

    def _leaf(self, place: int | None, body: bytes) -> Leaf:
        if place is None:
            return Leaf.objects.filter(body=body, pk__in=Pending.objects.values("leaf"))[0]
        return Leaf.objects.get(pk=Sequenced.objects.get(seq=place).leaf)

    def _edited(self, place: int, digest: bytes) -> Fault:
        # Asking where it belongs reads the whole table, so a log that was changed throughout is not asked for each.
        is_asked = self._report.count < MOST_ASKED
        query = "SELECT seq FROM audit_seq WHERE hash = %s LIMIT 1"
        found = self._database.execute(query, [digest]).fetchone() if is_asked else None
        if found is None:
            return Fault(FaultKind.EDITED, place)
        return Fault(FaultKind.MOVED, place, f"hör till plats {found[0]}")

    def _grown(self, completed: list[Completed]) -> None:
        self._unseen += [part for part in completed if part.level % STORED_EVERY == 0 and not self._is_torn]
        if len(self._unseen) >= MOST_UNSEEN:
            self._look_at_nodes()

    def _look_at_nodes(self) -> None:
        """Compare the stored parts of the tree with what grew; many at once, because each question waits its turn."""
        query = "SELECT hash FROM audit_node WHERE level = %s AND place >= %s AND place < %s ORDER BY place"
        for part in _joined(self._unseen):
            values = [part.level, part.first, part.first + len(part.hashes)]
            stored = [bytes(row[0]) for row in self._database.execute(query, values).fetchall()]
            if stored != part.hashes:
                same = sum(
                    1
                    for _ in takewhile(
                        lambda pair: pair[0] == pair[1], zip(stored, part.hashes, strict=False)
                    )
                )
                self._report.add(Fault(FaultKind.NODE, part.first + same << part.level))
        self._unseen = []


def _joined(parts: Iterable[Completed]) -> list[Completed]:
    """Lay the parts of each level together; one grows where the one before it ended."""
    found: dict[int, Completed] = {}
    for part in parts:
        before = found.get(part.level)
        hashes = part.hashes if before is None else [*before.hashes, *part.hashes]
        found[part.level] = Completed(part.level, part.first if before is None else before.first, hashes)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Plain:
    """Leaves that are all as they should be: their hashes, the first one's time, and those that tell of rows."""

    hashes: list[bytes]
    first_at: str
    telling: list[tuple[int, str, bytes]]


def _plain(part: list[Row], first: int, window: Window) -> _Plain | None:
    """Look at many leaves at once; None when anything about any of them wants to be looked at closely."""
    places, hashes, bodies, *columns = zip(*part, strict=True)
    if places != tuple(range(first, first + len(places))) or None in bodies:
        return None
    if [sha256(b"\x00" + body).digest() for body in bodies] != list(hashes):
        return None
    found = fitting(bodies, *columns)
    if found is None or min(found.times) < window.earliest or max(found.times) > window.latest:
        return None
    telling = [
        (place, kind, body)
        for place, kind, body, subjects in zip(places, found.kinds, bodies, found.subjects, strict=True)
        if subjects and (kind == "change" or b'"digest":"' in subjects)
    ]
    return _Plain(list(hashes), found.times[0].decode(), telling)
