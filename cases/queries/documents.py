"""The documents of an opened case, and the files of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from avhopp.files import sealing, store
from cases.access import NotVisible, Opened
from cases.models import Document


@dataclass(frozen=True, slots=True)
class Held:
    """A document with the older versions that it stands in the place of, newest first."""

    document: Document
    older: list[Document]


def documents_of(opened: Opened) -> list[Held]:
    """Every document of the case in its newest version, last added first."""
    found = Document.objects.filter(case=opened.case).select_related("created_by")
    rows = {row.pk: row for row in found.order_by("-created_at", "-id")}
    replaced = {row.replaces_id for row in rows.values()}
    return [Held(row, _older(row, rows)) for row in rows.values() if row.pk not in replaced]


def document_of(opened: Opened, document: UUID) -> Document:
    """One document of the case, of any version; raises `NotVisible`."""
    found = Document.objects.filter(pk=document, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def is_replaced(document: Document) -> bool:
    """Tell whether the document has a newer version."""
    return Document.objects.filter(replaces=document).exists()


def file_of(document: Document) -> tuple[IO[bytes], Iterator[bytes]]:
    """The file of a document: what lies in the store, which whoever asks closes, and its pieces as they open.

    The id comes from inside the seal, so that a row whose plain columns were changed still finds its own file or none.
    Raises `StoreUnavailable` and `Damaged`.
    """
    file = UUID(document.file)
    held = store.take(file, digest=bytes(document.digest))
    try:
        return held, sealing.opened(held, scope=document.case_id, file=file)
    except BaseException:
        held.close()
        raise


def _older(row: Document, rows: Mapping[UUID, Document]) -> list[Document]:
    found = []
    while row.replaces_id and (older := rows.get(row.replaces_id)):
        found.append(older)
        row = older
    return found
