"""Vem kunde se ärendet? Answered from the record for a day that has been; opens no case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit import search, words
from audit.forms.access import AccessThenForm
from audit.verification.replay import Held
from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page


@page(right=Right.SEARCH_LOG, purpose="log_review", methods=("GET", "POST"))
def then(request: ActingRequest) -> HttpResponse:
    """Ask, or answer; a number of no case is told to be one, as in the search."""
    form = AccessThenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "audit/access_then.html", {"form": form}, status=422 if form.errors else 200)
    at = form.moment()
    found = search.replay(number=form.cleaned_data["number"], at=at, by=request.actor, now=request.now)
    if found is None:
        form.add_error("number", _("Inget ärende har det numret. Jämför tecken för tecken med underlaget."))
        return render(request, "audit/access_then.html", {"form": form}, status=422)
    context = {"form": form, "at": at, "found": found, "held": [_line(each) for each in found.held]}
    return render(request, "audit/access_then.html", context)


def _line(held: Held) -> dict[str, object]:
    return {
        "name": held.name,
        "role": _(words.role(held.role)),
        "basis": _(words.basis(held.basis)),
        "starts": held.starts_at,
        "ends": held.expires_at if held.expires_at.year < 9999 else None,
    }
