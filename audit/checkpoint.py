"""Signed checkpoints of the log (c2sp.org/tlog-checkpoint): "so large was the tree, and this was its root". Pure.

The log signs each, a witness elsewhere cosigns it after a proof that the tree only grew. Three extension lines carry
what verification needs and a tree head lacks: the checkpoint's number, its time, and the latest time before it at
which nothing waited. The format advises against extension lines because monitors cannot judge them; ours are judged
by `audit.verification`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.events import timestamp
from audit.note import BadNote, Note, VerifyKey, decoded, encoded

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head. `extra` are extension lines, which a foreign log may fill with anything."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a note's text; raises `BadNote`."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _SIZE.fullmatch(lines[1]):
            raise BadNote
        root = decoded(lines[2], BadNote)
        if len(root) != 32:
            raise BadNote
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))

    @property
    def text(self) -> str:
        """The note's text, as it is signed."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), encoded(self.root), *self.extra))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What our extension lines say.

    `number` counts the checkpoints from 1, so that a missing one is seen. `at` is when it was signed. `quiet` is the
    latest moment before it at which nothing waited to be sequenced: an event of this checkpoint cannot be older. It
    is None until the log has caught up for the first time.
    """

    number: int
    at: datetime
    quiet: datetime | None

    @property
    def lines(self) -> tuple[str, str, str]:
        """The extension lines."""
        quiet = "never" if self.quiet is None else timestamp(self.quiet)
        return f"number {self.number}", f"time {timestamp(self.at)}", f"quiet {quiet}"

    @classmethod
    def parse(cls, lines: Sequence[str]) -> Stamp:
        """Read the extension lines; raises `BadNote`."""
        words = dict(line.partition(" ")[::2] for line in lines)
        try:
            quiet = None if words["quiet"] == "never" else _moment(words["quiet"])
            stamp = cls(int(words["number"]), _moment(words["time"]), quiet)
        except (KeyError, ValueError):
            raise BadNote from None
        if stamp.lines != tuple(lines):
            raise BadNote
        return stamp


def opened(raw: str, *, key: VerifyKey) -> tuple[Checkpoint, Note]:
    """Take a signed checkpoint apart and check the log's signature; raises `BadNote` or `NotSigned`."""
    note = Note.parse(raw)
    found = Checkpoint.parse(note.text)
    note.signed_by(key)
    return found, note


def _moment(text: str) -> datetime:
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if timestamp(moment) != text:
        raise ValueError("another form of the same time")
    return moment
