"""Who may read a case and who has read it; giving a colleague access and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.web.guard import ActingRequest, page
from cases import events
from cases.access import get_case
from cases.actions import extracts, grants
from cases.actions import impartiality as actions
from cases.policies import Question
from cases.queries import file
from cases.views import confirming, granting, recusing, restricting
from cases.views.answers import ANSWERS


@page(right=Right.READ_CASES, purpose="access", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Åtkomst."""
    sees_readers = may_try(role=request.actor.role, right=Right.SEE_READERS)
    event = events.READERS_VIEWED if sees_readers else events.CASE_VIEWED
    opened = get_case(actor=request.actor, case=case, at=request.now, event=event)
    return granting.show(request, opened)


@page(right=Right.READ_CASES, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def recuse(request: ActingRequest, case: UUID) -> HttpResponse:
    """Anmäl jäv."""
    return recusing.answer(request, get_case(actor=request.actor, case=case, at=request.now))


@page(right=Right.READ_CASES, purpose="access", methods=("POST",), answers=ANSWERS)
def impartiality(request: ActingRequest, case: UUID) -> HttpResponse:
    """Försäkra att man inte är jävig."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    actions.state(opened=opened, by=request.actor, now=request.now)
    return redirect("cases:case", case)


@page(right=Right.SEE_READERS, purpose="access", answers=ANSWERS)
def when(request: ActingRequest, case: UUID) -> HttpResponse:
    """När ärendet har lästs."""
    opened = get_case(actor=request.actor, case=case, at=request.now, event=events.READERS_VIEWED)
    opened.demand(Question.SEE_READERS)
    return granting.when(request, opened)


@page(right=Right.READ_CASES, purpose="access", answers=ANSWERS)
def changes(request: ActingRequest, case: UUID) -> HttpResponse:
    """Ändringar."""
    return granting.changes(request, get_case(actor=request.actor, case=case, at=request.now))


@page(right=Right.SEE_READERS, purpose="access", answers=ANSWERS)
def extract(request: ActingRequest, case: UUID) -> HttpResponse:
    """Utdrag till den enskilde."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return granting.extract(request, opened, extracts.make(opened=opened, by=request.actor, now=request.now))


@page(right=Right.SEE_READERS, purpose="access", answers=ANSWERS)
def extract_file(request: ActingRequest, case: UUID) -> HttpResponse:
    """The same as a file."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return granting.extract_file(extracts.make(opened=opened, by=request.actor, now=request.now))


@page(right=Right.OPEN_CASES, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def restrict(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begränsa ärendet."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.RESTRICT)
    return restricting.answer(request, opened)


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def lift(request: ActingRequest, case: UUID) -> HttpResponse:
    """Häv begränsningen."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.GRANT_ACCESS)
    return restricting.lifting(request, opened)


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def give(request: ActingRequest, case: UUID) -> HttpResponse:
    """Give a colleague access."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.GRANT_ACCESS)
    return granting.answer(request, opened)


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def assign(request: ActingRequest, case: UUID) -> HttpResponse:
    """Byt ansvarig handläggare."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.GRANT_ACCESS)
    return granting.assigning(request, opened)


@page(right=Right.GRANT_ACCESS, purpose="access", methods=("GET", "POST"), answers=ANSWERS)
def end(request: ActingRequest, case: UUID, grant: UUID) -> HttpResponse:
    """End a colleague's access."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    found = file.grant_of(opened, grant)
    if request.method != "POST":
        return confirming.ending(request, opened, found)
    grants.end(opened=opened, grant=found, by=request.actor, now=request.now)
    messages.success(request, _("Åtkomsten är avslutad."))
    return redirect("cases:list" if found.user_id == request.actor.user else granting.place(opened))
