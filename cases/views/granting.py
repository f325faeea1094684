"""The page of a case's access and the form that gives it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import grants
from cases.forms.access import GiveAccessForm
from cases.policies import Question
from cases.queries import file, history
from cases.queries.choices import Basis
from cases.queries.recusals import others_in_unit, recusals_of
from cases.queries.rows import CaseGrant
from cases.views import frame
from cases.views.answers import attempt
from cases.views.present import access as present

HERE = "cases:case_access"


def place(opened: Opened) -> str:
    """The address of the page."""
    return reverse(HERE, args=[opened.case.pk])


def show(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Who has access and on which ground; who has read, for those who may see it."""
    content = {
        "grants": present.grants(opened, file.grants_of(opened), now=request.now),
        "recused": present.recusals(recusals_of(opened)),
        "may_give": bool(opened.may(Question.GRANT_ACCESS)),
        "sees_readers": bool(opened.may(Question.SEE_READERS)),
    }
    if content["sees_readers"]:
        page = history.readers_page(opened, number=request.GET.get("page", "1"))
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        content |= {
            "page": page,
            "page_numbers": list(numbers),
            "reads": present.readings(list(page.object_list)),
        }
    return frame.show(request, opened, "cases/access.html", here=HERE, content=content)


def answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or give the access."""
    form = GiveAccessForm(request.POST or None, people=others_in_unit(opened))
    if request.method == "POST" and form.is_valid():
        given = attempt(form, lambda: _give(request, opened, form))
        if given is not None:
            messages.success(request, _("Åtkomsten är given och gäller från nu."))
            return redirect(place(opened))
    status = 422 if form.errors else 200
    return frame.show(
        request, opened, "cases/access_give.html", here=HERE, content={"form": form}, status=status
    )


def _give(request: ActingRequest, opened: Opened, form: GiveAccessForm) -> CaseGrant:
    return grants.give(
        opened=opened,
        user=form.cleaned_data["user"],
        basis=Basis(form.cleaned_data["basis"]),
        expires_at=form.expires_at(),
        by=request.actor,
        now=request.now,
    )
