"""The latest checkpoint, to be printed or saved outside the system."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from audit import paper
from audit.views.answers import ANSWERS
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def sheet(request: ActingRequest) -> HttpResponse:
    """Show the checkpoint as a sheet to print."""
    head = paper.checkpoint(by=request.actor, now=request.now)
    context = {
        "head": head,
        "log_key": settings.LOG_PUBLIC_KEY,
        "witness_keys": [key.strip() for key in settings.WITNESS_PUBLIC_KEY.split(",") if key.strip()],
    }
    return render(request, "audit/checkpoint.html", context)


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def file(request: ActingRequest) -> HttpResponse:
    """Give the checkpoint as a file for `verify_log --seen`."""
    head = paper.checkpoint(by=request.actor, now=request.now)
    answer = HttpResponse(head.text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="kontrollpunkt-{head.number}.txt"'
    return answer
