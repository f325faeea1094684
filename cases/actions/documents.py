"""Add a document to a case, put a new version in its stead, take one out, and sweep the store.

The file is stored before its row, so that a row never points at nothing. What a crash leaves between the two is
ciphertext that no row has, and is swept a day later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.files import scan, store
from avhopp.files.sealing import Sealed
from cases import events
from cases.access import Opened
from cases.actions.writing import Stopped, locked_row, new_row, tell
from cases.models import Document
from cases.models.document import Scan
from cases.policies import Question


class HarmfulFile(Stopped):
    """The antivirus found harmful code in the file; ask the sender for another copy."""

    event = events.DOCUMENT_INFECTED


class AlreadyReplaced(Exception):
    """The document has a newer version; replace that one."""


class NothingToSweep(Exception):
    """A document has the file, or it is gone already; only what nobody has is swept."""


@transaction.atomic
def add(
    *,
    opened: Opened,
    values: Mapping[str, Any],
    file_name: str,
    sealed: Sealed,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Document:
    """Add a document whose file has come sealed."""
    opened.demand(Question.ADD_DOCUMENT)
    kept = {**values, **_kept(opened, file_name, sealed)}
    document = new_row(Document, opened=opened, values=kept, by=by, now=now, new_id=new_id)
    tell(event=events.DOCUMENT_ADDED, opened=opened, rows=[document], by=by, now=now)
    return document


@transaction.atomic
def replace(
    *,
    opened: Opened,
    document: Document,
    values: Mapping[str, Any],
    file_name: str,
    sealed: Sealed,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Document:
    """Add a new version of a document; the old one stays as it is."""
    opened.demand(Question.ADD_DOCUMENT)
    kept = {**values, **_kept(opened, file_name, sealed)}
    old = locked_row(Document, opened=opened, row=document, version=None)
    newer = Document.objects.filter(replaces=old).first()
    if newer is not None and newer.pk != new_id:
        raise AlreadyReplaced
    kept["replaces"] = old
    new = new_row(Document, opened=opened, values=kept, by=by, now=now, new_id=new_id)
    tell(event=events.DOCUMENT_REPLACED, opened=opened, rows=[new], by=by, now=now)
    return new


@transaction.atomic
def write_down_taken(*, opened: Opened, document: Document, by: Actor, now: datetime) -> None:
    """Record that somebody takes the file out, before the first byte leaves."""
    opened.demand(Question.TAKE_OUT)
    log.record(
        event=events.DOCUMENT_TAKEN, actor=by, at=now, basis=opened.basis, subjects=[log.read(document)]
    )


@transaction.atomic
def sweep(*, file: UUID, by: Actor, now: datetime) -> None:
    """Remove a file from the store that no document has, because the work that put it there was not finished."""
    if Document.objects.filter(blob=file).exists() or not store.holds(file):
        raise NothingToSweep
    store.remove(file)
    log.record(event=events.DOCUMENT_SWEPT, actor=by, at=now, basis="clock")


def _kept(opened: Opened, file_name: str, sealed: Sealed) -> dict[str, Any]:
    try:
        is_scanned = scan.scan(sealed)
    except scan.Infected:
        raise HarmfulFile(opened=opened) from None
    store.put(sealed)
    return {
        "file": str(sealed.file),
        "file_name": file_name,
        "kind": sealed.kind.extension,
        "size": sealed.size,
        "scan": Scan.CLEAN if is_scanned else Scan.NOT_DONE,
        "blob": sealed.file,
        "digest": sealed.digest,
    }
