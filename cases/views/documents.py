"""Handlingar: what has come, gone and been made in the case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.policies import Question
from cases.queries import documents
from cases.views import frame, receiving, sending
from cases.views.answers import ANSWERS
from cases.views.present import documents as present

HERE = "cases:case_documents"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Handlingar."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    content = {
        "documents": present.records(opened, documents.documents_of(opened)),
        "may_add": bool(opened.may(Question.ADD_DOCUMENT)),
    }
    return frame.show(request, opened, "cases/documents.html", here=HERE, content=content)


# The token stands in the body, which must not be read before the handler that seals is in place: `receiving` checks it.
@csrf_exempt
@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def add(request: ActingRequest, case: UUID) -> HttpResponse:
    """Add a document."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.ADD_DOCUMENT)
    receiving.seal_what_comes(request, opened)
    return receiving.adding(request, opened)


@csrf_exempt
@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def replace(request: ActingRequest, case: UUID, document: UUID) -> HttpResponse:
    """Put a new version in a document's stead."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.ADD_DOCUMENT)
    found = documents.document_of(opened, document)
    receiving.seal_what_comes(request, opened)
    return receiving.replacing(request, opened, found)


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def download(request: ActingRequest, case: UUID, document: UUID) -> HttpResponseBase:
    """Take a document out."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return sending.answer(request, opened, documents.document_of(opened, document))
