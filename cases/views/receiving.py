"""The forms that bring a file in. The body of such a request is read once, with the handler that seals in place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from avhopp.files.uploads import SealingHandler
from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import documents
from cases.forms.documents import FILE, DocumentForm
from cases.queries.rows import Document
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_documents"


def seal_what_comes(request: ActingRequest, opened: Opened) -> None:
    """Let the file of the request be sealed under the case's key as it is read; raises if the body was read already."""
    limit = settings.DOCUMENT_MAX_BYTES
    request.upload_handlers = [SealingHandler(request, scope=opened.case.pk, name=FILE, limit=limit)]


@csrf_protect
def adding(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or add the document."""
    form = _form(request, {})
    sheet = _sheet(opened, title=_("Ny handling"), done=_("Handlingen är tillagd."))
    return recording.answer(
        request, opened, form, sheet, lambda: documents.add(**_given(request, opened, form))
    )


@csrf_protect
def replacing(request: ActingRequest, opened: Opened, document: Document) -> HttpResponse:
    """Show the form as the old version was described, or add the new one."""
    shown = {name: getattr(document, name) for name in ("title", "direction", "counterpart", "secrecy")}
    form = _form(request, shown)
    sheet = _sheet(
        opened,
        title=_("Ny version av handlingen"),
        done=_("Den nya versionen är tillagd."),
        lead=_("Den tidigare versionen står kvar under den nya och kan alltid hämtas."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: documents.replace(document=document, **_given(request, opened, form)),
    )


def _form(request: ActingRequest, shown: dict[str, Any]) -> DocumentForm:
    today = timezone.localdate(request.now)
    return DocumentForm(
        request.POST or None,
        request.FILES or None,
        person=request.actor.person,
        today=today,
        initial={"dated_on": today, **shown},
    )


def _sheet(opened: Opened, *, title: str, done: str, lead: str = "") -> Sheet:
    return Sheet(
        title=title,
        label=_("Lägg in handlingen"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=done,
        lead=lead,
    )


def _given(request: ActingRequest, opened: Opened, form: DocumentForm) -> dict[str, Any]:
    return {
        "opened": opened,
        "values": form.values(),
        "file_name": form.file_name,
        "sealed": form.sealed,
        "by": request.actor,
        "now": request.now,
        "new_id": form.new_id,
    }
