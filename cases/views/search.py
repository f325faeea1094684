"""Search among the reader's own cases. The term is sent in the body and stands in no address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.forms.search import SearchForm
from cases.queries import search
from cases.views.answers import ANSWERS
from cases.views.present import tables


@page(right=Right.READ_CASES, purpose="search", methods=("GET", "POST"), answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Sök."""
    form = SearchForm(request.POST or None)
    context = {"form": form, "today": timezone.localdate(request.now)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/search.html", context, status=422 if form.errors else 200)
    try:
        cases = search.found(actor=request.actor, at=request.now, term=form.cleaned_data["term"])
    except search.TooMany:
        form.add_error("term", _("Du har sökt många gånger på kort tid. Vänta några minuter."))
        return render(request, "cases/search.html", context, status=429)
    return render(request, "cases/search.html", {**context, "is_done": True, **tables.found(cases)})
