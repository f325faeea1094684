"""Writes the whole log in an open format (docs/log-format.md), so that anybody can verify it without this software.

One JSON object a line, in the order of the tree, without personal data: subjects are sealed tokens, and rows stand
only as digests beside the leaf that last told of them. Reads one snapshot and writes nothing to the database.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import psycopg

from audit.events import EVENTS, timestamp
from audit.verification import reading, rows
from audit.verification.faults import Report
from audit.verification.reading import BODY, HASH, SEQ, Row
from audit.verification.spool import WAITING, Spool
from audit.verification.tree import TreeCheck

FORMAT = 1
COLUMNS = ("about", "actor", "address", "basis", "event", "id", "payload", "role", "time", "kind")


def lines(*, origin: str, now: datetime) -> Iterator[str]:
    """Give the lines of the export, each with its newline."""
    with reading.snapshot() as database, Spool() as spool:
        kinds = {code: event.kind.value for code, event in sorted(EVENTS.items())}
        yield _line(type="log", format=FORMAT, origin=origin, exported=timestamp(now), kinds=kinds)
        unknown = _rows_as_they_are(database, spool)
        heads = reading.rows(database, "heads", reading.CHECKPOINTS)
        head, checkpoints, entries = next(heads, None), 0, 0
        for row in reading.rows(database, "leaves", reading.APART):
            while head is not None and head[1] <= row[SEQ]:
                yield _checkpoint(head)
                head, checkpoints = next(heads, None), checkpoints + 1
            yield _entry(row, spool)
            entries += 1
        while head is not None:
            yield _checkpoint(head)
            head, checkpoints = next(heads, None), checkpoints + 1
        for (leaf,) in reading.beside(database):
            yield _line(type="beside", leaf=str(leaf))
        for table, count in sorted(unknown.items()):
            yield _line(type="unknown_rows", table=table, count=count)
        waiting = sum(1 for _ in reading.rows(database, "queue", reading.WAITING))
        yield _line(type="end", entries=entries, checkpoints=checkpoints, waiting=waiting)


def _rows_as_they_are(database: psycopg.Connection[Row], spool: Spool) -> dict[str, int]:
    """Note each row's digest by the leaf that last told of it; count the rows that no leaf tells of, by table."""
    aside = Report()
    check = TreeCheck(database=database, report=aside, on_subjects=rows.keeping(spool=spool, report=aside))
    check.run(entries=reading.chunks(database, "told", reading.ENTRIES), stored=iter(()), seen=())
    check.look_at_waiting(reading.rows(database, "told_waiting", reading.WAITING))
    unknown: dict[str, int] = {}
    for model in rows.held_models():
        for told, digest, _ in rows.paired(model=model, spool=spool):
            if told is None:
                unknown[model._meta.label_lower] = unknown.get(model._meta.label_lower, 0) + 1
            elif told.entry != WAITING and not (digest is None and told.is_removed):
                spool.is_now(entry=told.entry, position=told.position, digest=digest)
    return unknown


def _entry(row: Row, spool: Spool) -> str:
    line: dict[str, Any] = {"type": "entry", "seq": row[SEQ], "hash": bytes(row[HASH]).hex()}
    if row[BODY] is not None:
        line |= _body(bytes(row[BODY]))
        columns = dict(zip(COLUMNS, row[BODY + 1 :], strict=True))
        line["columns"] = columns | {"time": timestamp(columns["time"])}
        now = spool.rows_now(entry=row[SEQ])
        if now:
            line["rows"] = [[position, None if digest is None else digest.hex()] for position, digest in now]
    return _line(**line)


def _body(raw: bytes) -> dict[str, str]:
    try:
        return {"body": raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(raw).decode("ascii")}


def _checkpoint(head: Row) -> str:
    number, _, note, cosignatures = head
    return _line(type="checkpoint", number=number, note=note, cosignatures=list(cosignatures))


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
