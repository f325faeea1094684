"""Seals anew what an older key or an older algorithm has sealed, while the application runs.

A batch is one transaction: its rows are locked, their values move from key to key inside `avhopp.crypto`, and a leaf
tells the digests of the rows as they are then, so that the record still holds them. What the application writes
meanwhile under an older key is found by the next pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import log
from audit.digest import row_digest
from avhopp.crypto.envelope import HEADER_BYTES, CannotOpen, key_id_of
from avhopp.crypto.seal import DataKey, row_place
from avhopp.sealed import keyring
from avhopp.sealed.fields import Ciphertext
from avhopp.sealed.keeping import events
from avhopp.sealed.keeping.runs import Clock, Run, Tell, working
from avhopp.sealed.keeping.tables import Table, sealed_tables
from avhopp.sealed.models import Work

BATCH = 200


def waiting() -> int:
    """How many rows hold a value under an older key or algorithm."""
    return sum(len(table.stale()) for table in sealed_tables())


def reencrypt(*, clock: Clock, tell: Tell) -> tuple[int, int]:
    """Seal anew what waits; returns how many rows were and how many could not be opened (run verify_log then)."""
    done = damaged = 0
    with working(work=Work.REENCRYPT, total=waiting(), clock=clock, tell=tell) as run:
        for table in sealed_tables():
            last = None
            while found := table.stale(after=last, limit=BATCH):
                with transaction.atomic():
                    written, refused = _batch(table, found, run)
                done, damaged, last = done + written, damaged + refused, found[-1]
    return done, damaged


def open_sample(number: int = 20) -> int:
    """Open some values as the work would and throw them away; raises `CannotOpen`."""
    opened = 0
    for table in sealed_tables():
        for row in table.model._base_manager.order_by("?")[: max(1, number // 5)]:
            _, scope, _ = row.sealed_binding()  # type: ignore[attr-defined]
            found = _keys([scope]).get(scope)
            if found:
                _resealed(row, table, found, always=True)
                opened += 1
    return opened


def _batch(table: Table, ids: list[UUID], run: Run) -> tuple[int, int]:
    rows = list(table.model._base_manager.filter(pk__in=ids).select_for_update().order_by("pk"))
    keys = _keys({row.sealed_binding()[1] for row in rows})  # type: ignore[attr-defined]
    written: list[tuple[UUID, list[bytes]]] = []
    subjects: list[log.Subject] = []
    for row in rows:
        _, scope, _ = row.sealed_binding()  # type: ignore[attr-defined]
        if scope not in keys:
            continue  # disposed of a moment ago
        try:
            values = _resealed(row, table, keys[scope])
        except CannotOpen:
            continue
        for field, value in zip(table.fields, values, strict=True):
            row.__dict__[field.attname] = Ciphertext(value)
        written.append((row.pk, values))
        if table.is_held_to_the_record:
            subjects.append(log.Subject(scope, row._meta.label_lower, row.pk, row_digest(row)))
    if written:
        table.write(written)
        said = f"table={table.model._meta.label_lower}"
        run.advance(len(written), event=events.RESEALED, said=said, subjects=tuple(subjects))
    return len(written), len(rows) - len(written)


def _resealed(row: Any, table: Table, keys: list[DataKey], *, always: bool = False) -> list[bytes]:
    active, by_id = keys[0], {key.key_id: key for key in keys}
    place = row_place(*row.sealed_binding())
    values = []
    for field in table.fields:
        blob = bytes(row.__dict__[field.attname])
        if always or blob[:HEADER_BYTES] != active.header:
            opener = by_id.get(key_id_of(blob))
            if opener is None:
                raise CannotOpen
            blob = active.reseal(field.tag.at(place), blob, by=opener)
        values.append(blob)
    return values


def _keys(scopes: Iterable[UUID]) -> dict[UUID, list[DataKey]]:
    found: dict[UUID, list[DataKey]] = {}
    for scope in scopes:
        try:
            found.update(keyring.load([scope]))
        except keyring.KeyDestroyed:
            continue
    return found
