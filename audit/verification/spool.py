"""Keeps the last digest of each row on disk while the log is read, so that memory stays flat whatever its size.

A private temporary file that vanishes with the process; it holds random ids, tables' names and digests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from uuid import UUID

# The entry of a leaf that has no place yet.
WAITING = -1


@dataclass(frozen=True, slots=True)
class Told:
    """What the log says last of a row: where, and its digest; `is_removed` when a later leaf tells of its removal."""

    row: UUID
    entry: int
    position: int
    digest: bytes
    is_removed: bool


class Spool:
    """The last word about each row."""

    def __init__(self) -> None:
        # An empty name is a private file on disk; nothing in it outlives the connection.
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute(
            "CREATE TABLE told (label TEXT, id BLOB, entry INT, position INT, digest BLOB, removed INT,"
            " PRIMARY KEY (label, id)) WITHOUT ROWID"
        )
        self._file.execute(
            "CREATE TABLE present (entry INT, position INT, digest BLOB, PRIMARY KEY (entry, position)) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def written(self, *, label: str, row: UUID, entry: int, position: int, digest: bytes) -> None:
        """Note a row's digest; a later one takes its place."""
        self._file.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, 0)",
            (label, row.bytes, entry, position, digest),
        )

    def removed(self, *, label: str, row: UUID) -> None:
        """Note that the log tells of a change of a row without giving what it then was."""
        self._file.execute("UPDATE told SET removed = 1 WHERE label = ? AND id = ?", (label, row.bytes))

    def told(self, *, label: str) -> Iterator[Told]:
        """Give what was told last of each row of a table, in the order of the rows' ids."""
        found = self._file.execute(
            "SELECT id, entry, position, digest, removed FROM told WHERE label = ? ORDER BY id", (label,)
        )
        for row, entry, position, digest, removed in found:
            yield Told(UUID(bytes=row), entry, position, digest, bool(removed))

    def is_now(self, *, entry: int, position: int, digest: bytes | None) -> None:
        """Note the digest that a row has now, by the leaf that told of it last; None when it is gone."""
        self._file.execute("INSERT INTO present VALUES (?, ?, ?)", (entry, position, digest))

    def rows_now(self, *, entry: int) -> list[tuple[int, bytes | None]]:
        """Give what was noted for one leaf: position and digest."""
        return list(
            self._file.execute(
                "SELECT position, digest FROM present WHERE entry = ? ORDER BY position", (entry,)
            )
        )
