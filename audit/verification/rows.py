"""Compares the rows as they are with what the log last saw written of each: an edit past the application, an older
ciphertext put back into its own cell, a row taken away or put in.

All tables of sealed models and of the organisation's own are held to it but the append-only ones, whose rows no leaf
tells of unless the model says so (`is_told_of`). A model joins by being a `SealedModel` or an `OrganisationModel`;
there is no list to forget.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from audit.digest import row_digest
from audit.events import Kind
from audit.verification.faults import Fault, FaultKind, Report
from audit.verification.spool import WAITING, Spool, Told
from audit.verification.subjects import Subjects
from audit.verification.tree import OnSubjects
from avhopp.sealed.base import OrganisationModel, SealedModel

CHUNK = 500
# What was told of a row, the digest of what is there now, and its id; one of the first two may be missing.
Pair = tuple[Told | None, bytes | None, UUID]


def held_models() -> list[type[models.Model]]:
    """The models whose rows must be as the log tells."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, SealedModel | OrganisationModel)
        and (getattr(model, "is_told_of", False) or not getattr(model, "append_only", False))
    ]


def keeping(*, spool: Spool, report: Report) -> OnSubjects:
    """Make what keeps each row's last digest while the leaves are read."""
    subjects = Subjects(report)

    def keep(entry: int | None, kind: str, told: list[dict[str, Any]]) -> None:
        place = WAITING if entry is None else entry
        for position, label, row, digest in subjects.of(entry, told):
            if digest is not None:
                spool.written(
                    label=label, row=row, entry=place, position=position, digest=bytes.fromhex(digest)
                )
            elif kind == Kind.CHANGE:
                spool.removed(label=label, row=row)

    return keep


def ignoring(entry: int | None, kind: str, told: list[dict[str, Any]]) -> None:
    """Keep nothing: the leaves are read for their own sake."""


def compare(*, spool: Spool, report: Report) -> None:
    """Compare every row of every held model."""
    for model in held_models():
        for told, digest, row in paired(model=model, spool=spool):
            fault = _judged(model, told, digest, row)
            if fault is not None:
                report.add(fault)
            report.rows += digest is not None


def paired(*, model: type[models.Model], spool: Spool) -> Iterator[Pair]:
    """Give each row that the log or the table knows.

    Rows that a migration wrote and nobody has touched are left out: nobody did anything that could be told.
    """
    shipped = _shipped(model)
    there = model._base_manager.order_by("pk").iterator(chunk_size=CHUNK)
    pairs = merged(
        told=spool.told(label=model._meta.label_lower),
        there=((instance.pk, row_digest(instance)) for instance in there),
    )
    return (pair for pair in pairs if pair[0] is not None or pair[1] not in shipped)


def merged(*, told: Iterator[Told], there: Iterator[tuple[UUID, bytes]]) -> Iterator[Pair]:
    """Lay what was told beside what is there, both in the order of the rows' ids."""
    said, held = next(told, None), next(there, None)
    while said is not None or held is not None:
        if said is not None and (held is None or said.row.bytes < held[0].bytes):
            yield said, None, said.row
            said = next(told, None)
        elif held is not None and (said is None or held[0].bytes < said.row.bytes):
            yield None, held[1], held[0]
            held = next(there, None)
        else:
            assert said is not None
            assert held is not None
            yield said, held[1], said.row
            said, held = next(told, None), next(there, None)


def _shipped(model: type[models.Model]) -> frozenset[bytes]:
    """The digests of what a migration writes."""
    if not issubclass(model, OrganisationModel):
        return frozenset()
    return frozenset(row_digest(row) for row in model.shipped())


def _judged(model: type[models.Model], told: Told | None, digest: bytes | None, row: UUID) -> Fault | None:
    about = f"{model._meta.label_lower} {row}"
    if told is None:
        return Fault(FaultKind.ROW_UNKNOWN, about=about)
    entry = None if told.entry == WAITING else told.entry
    if digest is None:
        return None if told.is_removed else Fault(FaultKind.ROW_GONE, entry, about)
    return None if digest == told.digest else Fault(FaultKind.ROW_CHANGED, entry, about)
