"""Judges the checkpoints: those that the log signed, and those that others hold.

A checkpoint that somebody outside holds (a witness, an e-mail, a sheet of paper) decides over whatever the database
says, because the database's owner cannot reach it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.checkpoint import Checkpoint, Stamp
from audit.note import BadNote, Note, NotSigned, VerifyKey, cosignature_time
from audit.verification.entries import ANY_TIME, SLACK, Window, window
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.reading import Row
from avhopp.translation import gettext_noop

LONGEST_STANDSTILL = timedelta(minutes=10)


class NotBelievable(Exception):
    """A checkpoint from outside that neither the log nor a known witness has signed."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tree head to be compared; `is_ours` when it is stored beside the log, and then it has a window."""

    size: int
    root: bytes
    is_ours: bool
    number: int = 0
    window: Window = ANY_TIME
    is_witnessed: bool = False


def seen_head(*, raw: str, log: VerifyKey, witnesses: Sequence[VerifyKey]) -> Head:
    """Read a checkpoint held elsewhere; raises `NotBelievable` unless the log or a witness signed it."""
    try:
        note = Note.parse(raw)
        found = Checkpoint.parse(note.text)
    except BadNote:
        raise NotBelievable from None
    if found.origin != log.name or not any(_signed(note, key) for key in (log, *witnesses)):
        raise NotBelievable
    return Head(found.size, found.root, is_ours=False)


class Heads:
    """Reads the stored checkpoints in order, and tells what is wrong with each."""

    def __init__(self, *, log: VerifyKey, witnesses: Sequence[VerifyKey], report: Report) -> None:
        self._log = log
        self._witnesses = witnesses
        self._report = report
        self._size = 0
        self._founded = 0
        self._standstills: list[tuple[timedelta, datetime, datetime]] = []
        self.last: Stamp | None = None

    def stored(self, rows: Iterable[Row]) -> Iterator[Head]:
        """Give the usable heads of the rows (number, size, note, cosignature lines), in order."""
        expected = 1
        for number, size, raw, lines in rows:
            for missing in range(expected, min(number, expected + 100)):
                self._report.add(Fault(FaultKind.CHECKPOINT_GONE, self._size or None, f"nr {missing}"))
            expected = number + 1
            self._report.checkpoints += 1
            head = self._read(number, size, raw, lines)
            if head is not None:
                self._size = head.size
                yield head

    def _read(self, number: int, size: int, raw: str, lines: list[str]) -> Head | None:
        try:
            note = Note.parse(raw)
            found, stamp = Checkpoint.parse(note.text), None
            note.signed_by(self._log)
            stamp = Stamp.parse(found.extra)
        except (BadNote, NotSigned):
            self._report.add(Fault(FaultKind.CHECKPOINT, self._size or None, f"nr {number}"))
            return None
        is_in_order = self._size < found.size == size and stamp.number == number
        if found.origin != self._log.name or not is_in_order or not self._is_in_time(stamp):
            self._report.add(Fault(FaultKind.CHECKPOINT, self._size or None, f"nr {number}"))
            return None
        self._note_times(stamp, found.size)
        is_witnessed = self._is_cosigned(note.text, lines, number, stamp)
        if is_witnessed:
            self._report.witnessed = found.size
        return Head(found.size, found.root, True, number, window(stamp), is_witnessed)

    def _is_in_time(self, stamp: Stamp) -> bool:
        if stamp.quiet is not None and stamp.quiet > stamp.at + SLACK:
            return False
        return self.last is None or stamp.at >= self.last.at - SLACK

    def _note_times(self, stamp: Stamp, size: int) -> None:
        self.last = stamp
        if stamp.quiet is None:
            self._founded = size
        elif stamp.at - stamp.quiet > LONGEST_STANDSTILL:
            self._standstills = sorted(
                [*self._standstills, (stamp.at - stamp.quiet, stamp.quiet, stamp.at)], reverse=True
            )[:1]

    def _is_cosigned(self, text: str, lines: list[str], number: int, stamp: Stamp) -> bool:
        is_cosigned = False
        for line in lines:
            known = [key for key in self._witnesses if line[2:].partition(" ")[0] == key.name]
            for key in known:
                try:
                    at = cosignature_time(text=text, line=line, key=key)
                except NotSigned:
                    self._report.add(Fault(FaultKind.COSIGNATURE, self._size or None, f"nr {number}"))
                    continue
                if at < stamp.at - SLACK:
                    # Signed as of a time that had not come: the log's own clock was put forward.
                    self._report.add(Fault(FaultKind.CHECKPOINT, self._size or None, f"nr {number}, tiden"))
                is_cosigned = True
        return is_cosigned

    def notes(self) -> list[str]:
        """What the times of the checkpoints leave open."""
        notes = []
        if self._founded:
            notes.append(
                gettext_noop(
                    "De första {count} bladen fick sin plats innan loggen hade hunnit ikapp en första gång. "
                    "Att deras tider är riktiga går inte att visa."
                ).format(count=self._founded)
            )
        for _, since, until in self._standstills:
            notes.append(
                gettext_noop(
                    "Sekvenseraren har stått still, längst från {since:%Y-%m-%d %H:%M} till "
                    "{until:%Y-%m-%d %H:%M} UTC. Under den tiden kan ett blad ha daterats fel utan att det syns."
                ).format(since=since, until=until)
            )
        return notes


def _signed(note: Note, key: VerifyKey) -> bool:
    try:
        note.signed_by(key)
    except NotSigned:
        return False
    return True
