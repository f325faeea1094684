"""Compares the log with the lines that another system got of it (`audit.siem`), each a receipt for one leaf.

The tree covers a leaf from when it gets its place. Its line left this machine when its transaction committed, so a leaf
that was removed or changed in the seconds between is found by whoever kept the lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import psycopg

from audit.events import leaf_hash
from audit.siem import DATASET
from audit.verification.faults import Fault, FaultKind, Report

CHUNK = 1000
_BODIES = "SELECT id, body FROM audit_leaf WHERE id = ANY(%s)"


def compare(*, database: psycopg.Connection[tuple[Any, ...]], lines: Iterable[str], report: Report) -> None:
    """Look up the leaf of every line; a line of anything else is passed over."""
    receipts = _receipts(lines)
    while chunk := dict(islice(receipts, CHUNK)):
        report.receipts += len(chunk)
        rows = database.execute(_BODIES, [list(chunk)]).fetchall()
        held = {leaf: leaf_hash(bytes(body)).hex() for leaf, body in rows}
        for leaf, said in chunk.items():
            if held.get(leaf) != said:
                report.add(Fault(FaultKind.RECEIPT, None, str(leaf)))


def _receipts(lines: Iterable[str]) -> Iterator[tuple[UUID, str]]:
    for line in lines:
        try:
            event = json.loads(line)["event"]
            if event["dataset"] == DATASET:
                yield UUID(event["id"]), str(event["hash"])
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
