"""The year's report to the committee, to be taken out."""

from __future__ import annotations

from django.http import HttpResponse

from audit.report import content, pdf
from audit.views.answers import ANSWERS
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def year(request: ActingRequest, year: int) -> HttpResponse:
    """Give a year's report as a PDF."""
    report = content.take_out(year=year, by=request.actor, now=request.now)
    answer = HttpResponse(pdf.write(report), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="loggkontroll-{year}.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
