"""The follow-up's first page: the agreement and one protected figure by half-year. No case is reachable from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from followup import actions
from followup.actions import Followup
from followup.chart import Figure, draw
from followup.indicators import is_hidden, least_shown
from followup.periods import HalfYear


@dataclass(frozen=True, slots=True)
class Row:
    """One half-year in words; `words` is what the symbol means, read out to those who do not see it."""

    period: str
    text: str
    words: str
    is_hidden: bool
    frozen_at: datetime
    figure: Figure


@page(right=Right.READ_FOLLOWUP, purpose="followup")
def start(request: ActingRequest) -> HttpResponse:
    """Show the follow-up of the agreement in force."""
    shown = actions.read(by=request.actor, now=request.now)
    rows = _rows(shown)
    limit = least_shown(threshold=settings.STATISTICS_THRESHOLD)
    chart = draw(figures=[row.figure for row in rows], least_shown=limit)
    context = {"followup": shown, "rows": rows, "chart": chart, "limit": limit, "highest": limit - 1}
    return render(request, "followup/start.html", context)


def _rows(shown: Followup) -> list[Row]:
    limit = least_shown(threshold=settings.STATISTICS_THRESHOLD)
    rows = []
    for figure in shown.figures:
        period = HalfYear.of_code(figure.period)
        hidden = is_hidden(figure.text)
        rows.append(
            Row(
                period=_period_name(period),
                text=figure.text,
                words=_("färre än %(limit)s") % {"limit": limit}
                if hidden
                else _("omkring %(number)s") % {"number": figure.text},
                is_hidden=hidden,
                frozen_at=figure.frozen_at,
                figure=Figure(
                    half=_("jan–jun") if period.half == 1 else _("jul–dec"),
                    year=str(period.year),
                    number=None if hidden else int(figure.text),
                    text=figure.text,
                ),
            )
        )
    return rows


def _period_name(period: HalfYear) -> str:
    if period.half == 1:
        return _("Första halvåret %(year)s") % {"year": period.year}
    return _("Andra halvåret %(year)s") % {"year": period.year}
