"""Taking a file out of the case: compared with its digest, then recorded, and only then does its first byte leave."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from avhopp.files import serving
from avhopp.files.kinds import KINDS
from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import documents
from cases.queries.documents import file_of
from cases.queries.rows import Document


def answer(request: ActingRequest, opened: Opened, document: Document) -> HttpResponseBase:
    """Send the file. Its name says the case's number and nothing of whom or what it is about."""
    held, pieces = file_of(document)
    # `pieces` has the key: they are opened after the page's scope has ended, and after the transaction that holds the
    # record has been committed.
    try:
        documents.write_down_taken(opened=opened, document=document, by=request.actor, now=request.now)
    except BaseException:
        held.close()
        raise
    return serving.attachment(
        pieces,
        held=held,
        kind=KINDS[document.kind],
        size=document.size,
        name=f"{opened.case.number}-{document.pk.hex[:8]}",
    )
