"""The witness: remembers the largest tree it has seen of each log, and cosigns a larger one only after proof.

Runs at another organisation, with a key of its own and no database: one file of state, written before any answer.
What it has cosigned cannot be taken back by whoever owns the log, its database and its key. It never cosigns two
trees of which neither is the beginning of the other. Rules: c2sp.org/tlog-witness.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from audit.checkpoint import Checkpoint
from audit.merkle import EMPTY_ROOT, HASH_BYTES, LONGEST_PROOF, BadProof, check_consistency
from audit.note import BadNote, KeyKind, Note, NotSigned, SigningKey, VerifyKey

SIZE_TYPE = "text/x.tlog.size"
TEXT = "text/plain; charset=utf-8"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness answers: an HTTP status, a body and its type."""

    status: int
    body: str = ""
    type: str = TEXT


class StateUnreadable(Exception):
    """The state file is damaged; restore it from a copy. An empty one would let the log begin anew unseen."""


class State:
    """The latest cosigned checkpoint of each log, in one file that is replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notes: dict[str, str] = {}
        if path.exists():
            try:
                notes = json.loads(path.read_text(encoding="utf-8"))
                self._notes = {origin: str(Note.parse(note)) for origin, note in notes.items()}
            except (ValueError, AttributeError, TypeError, BadNote, OSError):
                raise StateUnreadable from None

    def note(self, origin: str) -> str | None:
        """The latest cosigned checkpoint of a log, with its signatures."""
        return self._notes.get(origin)

    def head(self, origin: str) -> Checkpoint:
        """The latest tree of a log; the empty one before the first."""
        raw = self.note(origin)
        return Checkpoint(origin, 0, EMPTY_ROOT) if raw is None else Checkpoint.parse(Note.parse(raw).text)

    def keep(self, origin: str, note: str) -> None:
        """Write the new state to disk, for good, before anybody is told."""
        notes = {**self._notes, origin: note}
        draft = self._path.with_name(f"{self._path.name}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(notes, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._notes = notes


class Witness:
    """Decides about submitted checkpoints, one at a time."""

    def __init__(
        self, *, key: SigningKey, logs: Iterable[VerifyKey], state: State, clock: Callable[[], datetime]
    ) -> None:
        if key.verifier.kind is not KeyKind.COSIGNER:
            raise ValueError("a witness signs with a cosigner's key")
        self._key = key
        self._logs = {log.name: log for log in logs}
        self._state = state
        self._clock = clock
        self._lock = Lock()

    def latest(self, origin: str) -> Answer:
        """Show the latest cosigned checkpoint of a log, for whoever verifies."""
        note = self._state.note(origin)
        return Answer(404) if note is None else Answer(200, note)

    def add_checkpoint(self, body: str) -> Answer:
        """Cosign a checkpoint, or say why not."""
        try:
            old, proof, raw = _submission(body)
            note = Note.parse(raw)
            head = Checkpoint.parse(note.text)
        except BadNote:
            return Answer(400)
        log = self._logs.get(head.origin)
        if log is None:
            return Answer(404)
        try:
            note.signed_by(log)
        except NotSigned:
            return Answer(403)
        if old > head.size:
            return Answer(400)
        # Comparing and keeping must be one step, or an older request could put the state back.
        with self._lock:
            return self._decide(old, proof, note, head, log)

    def _decide(self, old: int, proof: list[bytes], note: Note, head: Checkpoint, log: VerifyKey) -> Answer:
        known = self._state.head(head.origin)
        if old != known.size or (head.size == known.size and head.root != known.root):
            return Answer(409, f"{known.size}\n", SIZE_TYPE)
        try:
            check_consistency(old=old, old_root=known.root, new=head.size, new_root=head.root, proof=proof)
        except BadProof:
            return Answer(422)
        line = self._key.cosign(note.text, at=self._clock())
        mine = [each for each in note.lines if _name(each) == log.name]
        self._state.keep(head.origin, str(Note(note.text, (*mine, line))))
        return Answer(200, line)


def _submission(body: str) -> tuple[int, list[bytes], str]:
    head, separator, note = body.partition("\n\n")
    first, *lines = head.split("\n")
    found = _OLD.fullmatch(first)
    if not separator or not found or len(lines) > LONGEST_PROOF:
        raise BadNote
    return int(found[1]), [_hash(line) for line in lines], note


def _hash(line: str) -> bytes:
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote from None
    if len(raw) != HASH_BYTES:
        raise BadNote
    return raw


def _name(line: str) -> str:
    return line[2:].partition(" ")[0]
