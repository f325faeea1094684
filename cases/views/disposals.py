"""Gallring: when each of the reader's ended cases goes, and the certificates of what is gone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest, page
from cases.queries import disposals
from cases.views.answers import ANSWERS
from cases.views.present import retention as present
from cases.views.present import unit


@page(right=Right.WRITE_NOTES, purpose="retention", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Gallring."""
    number, today = request.GET.get("page", "1"), timezone.localdate(request.now)
    found, due = disposals.due_page(actor=request.actor, at=request.now, today=today, number=number)
    leads = may_try(role=request.actor.role, right=Right.MANAGE_UNIT)
    context = {
        **present.due_table(found, due),
        "parts": unit.parts(here="cases:disposals") if leads else [],
        "certificates_url": reverse("cases:certificates") if leads else "",
    }
    return render(request, "cases/disposals.html", context)


@page(right=Right.APPROVE_STAGES, purpose="retention", answers=ANSWERS)
def certificates(request: ActingRequest) -> HttpResponse:
    """Gallringsbevis."""
    found = disposals.certificate_page(actor=request.actor, number=request.GET.get("page", "1"))
    return render(request, "cases/certificates.html", present.certificate_table(found))


@page(right=Right.APPROVE_STAGES, purpose="retention", answers=ANSWERS)
def certificate(request: ActingRequest, certificate: UUID) -> HttpResponse:
    """Take one out as a file; it says nothing of any client."""
    found = disposals.certificate_of(actor=request.actor, certificate=certificate)
    return HttpResponse(
        found.body,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="gallringsbevis-{found.pk}.json"'},
    )
