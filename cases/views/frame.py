"""The frame that all pages of one case share: identity bar, the case's parts, and the page in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.policies import Question
from cases.queries.assessments import current_threat
from cases.views.present import assessments, bar


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
    today = timezone.localdate(request.now)
    frame = {
        "case": opened.case,
        "bar": bar.identity(opened.case, threat=assessments.fact(current_threat(opened), today=today)),
        "parts": bar.parts(opened.case, here=here),
        "may_write": bool(opened.may(Question.WRITE_NOTE)),
        "today": today,
    }
    return render(request, template, {**frame, **content}, status=status)
