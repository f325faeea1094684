"""The frame of the follow-up's pages: which agreement they are about, and the way between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from avhopp.web.guard import ActingRequest
from followup.actions import reading
from followup.queries import agreements
from followup.queries.choices import Agreement

CHOICE = "overenskommelse"
TABS: tuple[tuple[str, str, Right], ...] = (
    ("followup:start", gettext_noop("Läget"), Right.READ_FOLLOWUP),
    ("followup:releases", gettext_noop("Redovisningar"), Right.READ_FOLLOWUP),
    ("followup:figures", gettext_noop("Uppgifter utifrån"), Right.PREPARE_FOLLOWUP),
    ("followup:known", gettext_noop("Redan känt"), Right.PREPARE_FOLLOWUP),
    ("followup:neighbours", gettext_noop("Andra kommuner"), Right.READ_FOLLOWUP),
    ("followup:agreement", gettext_noop("Överenskommelsen"), Right.READ_FOLLOWUP),
)


def read(request: ActingRequest) -> Agreement | None:
    """The agreement that the page is about, recorded as read; raises `NotThere` for one that does not exist."""
    return reading.read(agreement=_asked(request), by=request.actor, now=request.now)


def chosen(request: ActingRequest) -> Agreement:
    """The agreement that a form is about; raises `NotThere` when there is none."""
    asked = _asked(request)
    found = agreements.one(asked) if asked else agreements.in_force(reading.today_at(request.now))
    if found is None:
        raise reading.NotThere
    return found


def show(
    request: ActingRequest,
    template: str,
    *,
    agreement: Agreement | None,
    here: str,
    content: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render a page of the follow-up in its frame."""
    query = _query(request)
    context = {
        "agreement": agreement,
        "query": query,
        "tabs": [
            {"label": _(label), "url": reverse(name) + query, "current": name == here}
            for name, label, right in TABS
            if may_try(role=request.actor.role, right=right)
        ],
        "may_prepare": may_try(role=request.actor.role, right=Right.PREPARE_FOLLOWUP),
        **content,
    }
    return render(request, template, context, status=status)


def address(request: ActingRequest, name: str, *arguments: object) -> str:
    """Give the address of a page about the same agreement."""
    return reverse(name, args=arguments) + _query(request)


def _query(request: ActingRequest) -> str:
    asked = _asked(request)
    return f"?{urlencode({CHOICE: asked})}" if asked else ""


def _asked(request: ActingRequest) -> UUID | None:
    word = request.GET.get(CHOICE, "")
    if not word:
        return None
    try:
        return UUID(word)
    except ValueError:
        raise reading.NotThere from None
