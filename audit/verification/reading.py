"""Reads the log in one snapshot, in chunks, through server-side cursors, so that memory stays flat."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from django.db import connection, transaction

from audit.verification.entries import COLUMNS

# So many leaves that one look after the other finds them in the processor's cache.
CHUNK = 500
SWITCH = 0.0002
Row = tuple[Any, ...]
# Where what is read of a leaf stands; its columns follow.
SEQ, HASH, BODY = range(3)

_LEAF: LiteralString = f"l.body, {COLUMNS}"
ENTRIES: LiteralString = f"""
    SELECT q.seq, q.hash, {_LEAF}
    FROM audit_seq AS q LEFT JOIN audit_leaf AS l ON l.id = q.leaf ORDER BY q.seq
"""  # noqa: S608
# The same with each copied column apart, as the export has them.
APART: LiteralString = """
    SELECT q.seq, q.hash, l.body, l.about::text, l.actor::text, l.address, l.basis, l.event, l.id::text,
        pg_catalog.encode(pg_catalog.sha256(l.payload), 'hex'), l.role, l.at, l.kind
    FROM audit_seq AS q LEFT JOIN audit_leaf AS l ON l.id = q.leaf ORDER BY q.seq
"""
WAITING: LiteralString = f"""
    SELECT NULL, NULL, {_LEAF}
    FROM audit_pending AS p LEFT JOIN audit_leaf AS l ON l.id = p.leaf ORDER BY p.id
"""  # noqa: S608
CHECKPOINTS: LiteralString = """
    SELECT c.number, c.size, c.note, ARRAY(
        SELECT s.line FROM audit_cosignature AS s WHERE s.number = c.number ORDER BY s.id
    ) FROM audit_checkpoint AS c ORDER BY c.number
"""
BESIDE: LiteralString = """
    SELECT l.id FROM audit_leaf AS l
    WHERE NOT EXISTS (SELECT FROM audit_seq AS q WHERE q.leaf = l.id)
      AND NOT EXISTS (SELECT FROM audit_pending AS p WHERE p.leaf = l.id)
    ORDER BY l.at LIMIT 200
"""


@contextmanager
def snapshot() -> Iterator[psycopg.Connection[Row]]:
    """Hold one view of the whole database, in which nothing can be written."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection.connection


def chunks(database: psycopg.Connection[Row], name: str, query: LiteralString) -> Iterator[list[Row]]:
    """Read a query's rows, `CHUNK` at a time; the database works out the next ones while these are looked at."""
    before = sys.getswitchinterval()
    with psycopg.ServerCursor(database, name) as cursor, ThreadPoolExecutor(max_workers=1) as ahead:
        cursor.execute(query, binary=True)
        coming = ahead.submit(cursor.fetchmany, CHUNK)
        try:
            # Otherwise what has come waits 5 ms at a time to be taken in.
            sys.setswitchinterval(SWITCH)
            # Safe because a connection does one thing at a time, whichever thread asks for it.
            while rows := coming.result():
                coming = ahead.submit(cursor.fetchmany, CHUNK)
                yield rows
        finally:
            sys.setswitchinterval(before)


def count(database: psycopg.Connection[Row]) -> int:
    """How many leaves the table holds; quicker than asking which of them have no place."""
    row = database.execute("SELECT count(*) FROM audit_leaf").fetchone()
    assert row is not None
    return int(row[0])


def beside(database: psycopg.Connection[Row]) -> list[Row]:
    """Give the leaves, at most 200, that neither have a place nor wait for one."""
    return database.execute(BESIDE).fetchall()


def rows(
    database: psycopg.Connection[Row], name: str, query: LiteralString, values: Sequence[Any] = ()
) -> Iterator[Row]:
    """Read a query's rows one by one."""
    with psycopg.ServerCursor(database, name) as cursor:
        cursor.itersize = CHUNK
        cursor.execute(query, values, binary=True)
        yield from cursor
