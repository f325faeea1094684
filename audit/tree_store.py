"""Reads subtrees of the stored tree: every eighth level is stored, the levels between are hashed when asked for.

At most 128 rows are read for one subtree, whatever the size of the log.
"""

from __future__ import annotations

import psycopg

from audit.merkle import CompactRange

STORED_EVERY = 8


class MissingPart(Exception):
    """The stored tree lacks rows; sign and prove nothing, run verify_log."""


class StoredTree:
    """Answers for the whole subtrees of the stored tree, as `audit.merkle` asks for them."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def __call__(self, level: int, index: int) -> bytes:
        """Give the hash of subtree `index` of `level`."""
        base = level - level % STORED_EVERY
        count = 1 << (level - base)
        first = index * count
        if base == 0:
            rows = self._connection.execute(
                "SELECT hash FROM audit_seq WHERE seq >= %s AND seq < %s ORDER BY seq", [first, first + count]
            ).fetchall()
        else:
            rows = self._connection.execute(
                "SELECT hash FROM audit_node WHERE level = %s AND place >= %s AND place < %s ORDER BY place",
                [base, first, first + count],
            ).fetchall()
        if len(rows) != count:
            raise MissingPart
        whole = CompactRange()
        whole.extend([bytes(row[0]) for row in rows])
        return whole.root()
