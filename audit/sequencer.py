"""Gives each waiting leaf its place in the tree and signs what the tree then is, in a process and a role of its own.

Leaves are taken by presence: whatever waits is taken, however late its transaction committed, because a sequencer
that asks for "later than the last" never sees those again. One transaction takes a batch from those that wait, gives
it places, and signs the checkpoint over them, so that being killed at any moment loses nothing and doubles nothing.
No request waits for this, and it takes no lock that a request takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg

from audit.checkpoint import Checkpoint, Stamp, opened
from audit.events import leaf_hash
from audit.merkle import CompactRange
from audit.note import BadNote, KeyKind, Note, NotSigned, SigningKey
from audit.tree_store import STORED_EVERY, MissingPart, StoredTree

BATCH = 5000
# The advisory lock of the one sequencer (security.md §6); any constant that nobody else takes.
LOCK = 43
Clock = Callable[[], datetime]

_TAKE = """
    WITH next AS (
        SELECT p.id FROM audit_pending AS p
        -- A leaf that somebody has removed stays among those that wait, for verification to find.
        WHERE EXISTS (SELECT FROM audit_leaf AS l WHERE l.id = p.leaf)
        ORDER BY p.id LIMIT %s FOR UPDATE OF p SKIP LOCKED
    ), taken AS (
        DELETE FROM audit_pending AS p USING next WHERE p.id = next.id RETURNING p.id, p.leaf
    )
    SELECT taken.leaf, l.body FROM taken JOIN audit_leaf AS l ON l.id = taken.leaf ORDER BY taken.id
"""
_BEAT = """
    INSERT INTO audit_heartbeat (id, beat_at, quiet_at, has_witness, witness_said)
    VALUES (1, %(now)s, %(quiet)s, %(witness)s, '')
    ON CONFLICT (id) DO UPDATE SET beat_at = %(now)s, has_witness = %(witness)s,
        quiet_at = coalesce(%(quiet)s, audit_heartbeat.quiet_at)
"""


class AlreadyRunning(Exception):
    """Another sequencer holds the lock; there is only ever one, and this one may try again."""


class TreeDiffers(Exception):
    """What is stored is not what this key last signed; sign nothing more and run verify_log."""


@dataclass(frozen=True, slots=True)
class Head:
    """What was last signed."""

    number: int
    size: int
    quiet: datetime | None


class Sequencer:
    """The one writer of the tree, on an autocommitting connection of its own; after any exception, make a new one."""

    def __init__(
        self,
        *,
        connection: psycopg.Connection,
        key: SigningKey,
        clock: Clock,
        has_witness: bool = False,
        batch: int = BATCH,
    ) -> None:
        if key.verifier.kind is not KeyKind.LOG:
            raise ValueError("the sequencer signs with a log's key")
        self._connection = connection
        self._key = key
        self._clock = clock
        self._has_witness = has_witness
        self._batch = batch
        self._range = CompactRange()
        self._head = Head(0, 0, None)

    def begin(self) -> None:
        """Take the lock and read the tree; raises `AlreadyRunning` or `TreeDiffers`."""
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if row is None or not row[0]:
            raise AlreadyRunning
        self._read_tree()
        self.beat()

    def drain(self) -> int:
        """Take everything that waits, batch by batch, and return how many leaves got a place."""
        total = 0
        # Whatever is taken until nothing waits was committed after the last quiet moment.
        quiet = self._head.quiet
        while True:
            started = self._clock()
            taken = self._take(quiet)
            total += taken
            if taken < self._batch:
                self._head = Head(self._head.number, self._head.size, started)
                return total

    def beat(self) -> None:
        """Write down that the sequencer lives, and since when nothing waits."""
        with self._connection.transaction():
            self._connection.execute(
                _BEAT, {"now": self._clock(), "quiet": self._head.quiet, "witness": self._has_witness}
            )

    def _take(self, quiet: datetime | None) -> int:
        with self._connection.transaction():
            rows = self._connection.execute(_TAKE, [self._batch]).fetchall()
            if rows:
                self._place(rows, quiet)
        return len(rows)

    def _place(self, rows: list[tuple[UUID, bytes]], quiet: datetime | None) -> None:
        first = self._range.size
        hashes = [leaf_hash(bytes(body)) for _, body in rows]
        completed = self._range.extend(hashes)
        with self._connection.cursor() as cursor:
            with cursor.copy("COPY audit_seq (seq, leaf, hash) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int8", "uuid", "bytea"])
                for place, ((leaf, _), digest) in enumerate(zip(rows, hashes, strict=True), start=first):
                    copy.write_row((place, leaf, digest))
            for part in completed:
                if part.level % STORED_EVERY == 0:
                    cursor.executemany(
                        "INSERT INTO audit_node (level, place, hash) VALUES (%s, %s, %s)",
                        [(part.level, place, digest) for place, digest in enumerate(part.hashes, part.first)],
                    )
            self._sign(cursor, quiet)

    def _sign(self, cursor: psycopg.Cursor, quiet: datetime | None) -> None:
        size, number = self._range.size, self._head.number + 1
        stamp = Stamp(number=number, at=self._clock(), quiet=quiet)
        head = Checkpoint(self._key.verifier.name, size, self._range.root(), stamp.lines)
        note = Note(head.text, (self._key.sign(head.text),))
        cursor.execute(
            "INSERT INTO audit_checkpoint (number, size, note) VALUES (%s, %s, %s)", [number, size, str(note)]
        )
        self._head = Head(number, size, self._head.quiet)

    def _read_tree(self) -> None:
        row = self._connection.execute(
            "SELECT number, size, note FROM audit_checkpoint ORDER BY number DESC LIMIT 1"
        ).fetchone()
        last = self._connection.execute("SELECT coalesce(max(seq) + 1, 0) FROM audit_seq").fetchone()
        assert last is not None
        if row is None:
            if last[0]:
                raise TreeDiffers
            return
        number, size, raw = row
        try:
            head, _ = opened(raw, key=self._key.verifier)
            self._range = CompactRange(size=size, subtree=StoredTree(self._connection))
        except (BadNote, NotSigned, MissingPart):
            raise TreeDiffers from None
        if (head.size, head.root, last[0]) != (size, self._range.root(), size):
            raise TreeDiffers
        # What the heartbeat says may only narrow what the last signature said.
        beat = self._connection.execute("SELECT quiet_at FROM audit_heartbeat").fetchone()
        signed = Stamp.parse(head.extra)
        noted = min(beat[0], self._clock()) if beat and beat[0] else None
        quiet = max(filter(None, [signed.quiet, noted]), default=None)
        self._head = Head(number, size, quiet)
