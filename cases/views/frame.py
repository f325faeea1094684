"""The frame that all pages of one case share: identity bar, the case's parts, and the page in it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.policies import Question
from cases.queries.assessments import current_threat
from cases.queries.choices import Basis
from cases.queries.emergencies import ends_at
from cases.queries.impartiality import should_be_asked
from cases.views.present import assessments, bar

# Where somebody says that she is recused must be reached by one who is asked about it.
RECUSAL = "cases:case_recuse"


def show(
    request: ActingRequest,
    opened: Opened,
    template: str,
    *,
    here: str,
    content: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render a page of a case; `here` is the name of the part that the page belongs to."""
    is_asked = should_be_asked(opened, name=getattr(request.user, "name", ""))
    if is_asked and here != RECUSAL:
        return render(request, "cases/impartiality.html", {"case": opened.case})
    today = timezone.localdate(request.now)
    identity = bar.identity(opened.case, threat=assessments.fact(current_threat(opened), today=today))
    if is_asked:
        identity |= {"name": opened.case.code_name, "is_code_name": True, "facts": []}
    frame = {
        "case": opened.case,
        "bar": identity,
        "parts": bar.parts(opened.case, here=here),
        "may_write": bool(opened.may(Question.WRITE_NOTE)),
        "today": today,
        **_emergency(request, opened),
    }
    return render(request, template, {**frame, **content}, status=status)


def _emergency(request: ActingRequest, opened: Opened) -> dict[str, Any]:
    """Until when an emergency lasts, for whoever has let herself in."""
    if opened.basis != Basis.EMERGENCY:
        return {}
    until = ends_at(opened, at=request.now)
    return {"emergency": until, "emergency_minutes": max(0, ceil((until - request.now).total_seconds() / 60))}
