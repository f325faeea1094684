"""The reviewer's pages: a search in the log, and one leaf of it.

A search is a POST whose criteria are kept in the session under a random word, and the answer is an address with that
word alone: `?urval=…`. So neither a case number nor a colleague nor an address lands in the browser's history, a
proxy's log or a bookmark (ASVS 5.0 14.2.1), and yet "back" from a leaf works without sending the form again, which
answering the POST itself would not allow with pages that are never cached. The session keeps codes, days, a staff
account's id and a case number that exists; what was typed and fits nothing is kept nowhere. The word is of no use in
another session, and each page of answers is recorded anew when it is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import search
from audit.forms.search import SearchForm, shown
from audit.queries import Reading
from audit.search import Criteria
from audit.views.answers import ANSWERS
from audit.views.present import rhythm as present
from avhopp.accounts.roles import Right
from avhopp.web import tables
from avhopp.web.guard import ActingRequest, page

HEAD = ("tidpunkt", "vem", "roll", "vad", "grund", "galler", "natadress", "blad", "stammer")
KEPT = "audit.searches"
KEPT_SEARCHES = 10


@page(right=Right.SEARCH_LOG, purpose="log_review", methods=("GET", "POST"))
def log(request: ActingRequest) -> HttpResponse:
    """Search the log."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        if not form.is_valid():
            return render(request, "audit/log.html", {"form": form}, status=422)
        return redirect(f"{reverse('audit:log')}?urval={_keep(request.session, form.criteria())}")
    word = request.GET.get("urval", "")
    criteria = _kept(request.session, word)
    found = search.find(
        criteria=criteria, before=_identifier(request.GET.get("fore", "")), by=request.actor, now=request.now
    )
    context = {
        "form": SearchForm(initial=shown(criteria)),
        "found": found,
        "word": word,
        "page_size": search.PAGE,
    }
    return render(request, "audit/log.html", context)


@page(right=Right.SEARCH_LOG, purpose="log_review")
def when(request: ActingRequest) -> HttpResponse:
    """Show on which days and at which hours what was searched for was read."""
    word = request.GET.get("urval", "")
    criteria = _kept(request.session, word)
    found = search.when(criteria=criteria, by=request.actor, now=request.now)
    return render(request, "audit/log_rhythm.html", {"rhythm": present.rhythm(found), "word": word})


def _download(form: str) -> Callable[..., HttpResponseBase]:
    @page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
    def view(request: ActingRequest) -> HttpResponse:
        word = request.GET.get("urval", "")
        if word and word not in request.session.get(KEPT, {}):
            # What was asked for is not known any more, and everything is not an answer to it.
            messages.error(request, _("Sökningen finns inte kvar. Sök igen och hämta sedan."))
            return redirect("audit:log")
        criteria = _kept(request.session, word)
        try:
            found = search.export(criteria=criteria, form=form, by=request.actor, now=request.now)
        except search.TooManyToTakeOut:
            messages.error(request, _("Träffarna är fler än 10 000. Avgränsa sökningen och hämta igen."))
            return redirect(f"{reverse('audit:log')}?{urlencode({'urval': word})}")
        rows = [HEAD, *(_row(reading) for reading in found)]
        data = tables.write(form, name=_("Åtkomstlogg"), rows=rows, author=settings.MUNICIPALITY)
        answer = HttpResponse(data, content_type=tables.KINDS[form])
        answer.headers["Content-Disposition"] = f'attachment; filename="atkomstlogg.{form}"'
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return view


log_xlsx, log_ods, log_csv = (_download(form) for form in tables.KINDS)


@page(right=Right.SEARCH_LOG, purpose="log_review", answers=ANSWERS)
def leaf(request: ActingRequest, leaf: UUID) -> HttpResponse:
    """Show all that one leaf says."""
    shown_leaf = search.open_leaf(leaf=leaf, by=request.actor, now=request.now)
    return render(request, "audit/leaf.html", {"leaf": shown_leaf, "word": request.GET.get("urval", "")})


def _keep(session: SessionBase, criteria: Criteria) -> str:
    word = secrets.token_urlsafe(12)
    searches = [*session.get(KEPT, {}).items(), (word, criteria.kept())]
    session[KEPT] = dict(searches[-KEPT_SEARCHES:])
    return word


def _kept(session: SessionBase, word: str) -> Criteria:
    searches: dict[str, dict[str, str]] = session.get(KEPT, {})
    if word in searches:
        return Criteria.restored(searches[word])
    return search.first_criteria(today=timezone.localdate())


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _row(reading: Reading) -> tuple[str, ...]:
    return (
        timezone.localtime(reading.at).isoformat(sep=" ", timespec="seconds"),
        reading.who,
        _(reading.role_name),
        _(reading.event.sentence),
        _(reading.basis_name),
        reading.about,
        reading.address,
        str(reading.leaf),
        _("nej") if reading.differs else _("ja"),
    )
