"""The page of a case's access and the form that gives it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.views.present import rhythm as rhythm_present
from avhopp.accounts.roles import Right, may_try
from avhopp.web import tables
from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import grants as actions
from cases.forms.access import AssignForm, GiveAccessForm
from cases.policies import Question
from cases.queries import file, history
from cases.queries.changes import change_page
from cases.queries.choices import Basis
from cases.queries.emergencies import emergencies_of
from cases.queries.recusals import others_in_unit, recusals_of
from cases.queries.restrictions import possible_named, restrictions_of
from cases.queries.rows import CaseGrant, WithoutNames
from cases.views import frame, recording
from cases.views.answers import attempt
from cases.views.present import access as present
from cases.views.present import changes as changes_present
from cases.views.recording import Sheet

HERE = "cases:case_access"


def place(opened: Opened) -> str:
    """The address of the page."""
    return reverse(HERE, args=[opened.case.pk])


def show(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Who has access and on which ground; who has read, for those who may see it."""
    grants = file.grants_of(opened)
    content = {
        "mine": present.mine(opened, grants, now=request.now),
        "allowed": present.allowed(opened),
        "grants": present.grants(opened, grants, now=request.now),
        "recused": present.recusals(recusals_of(opened)),
        "emergencies": present.emergencies(opened, emergencies_of(opened)),
        "restrictions": present.restrictions(opened, restrictions_of(opened)),
        "may_restrict": bool(opened.may(Question.RESTRICT)) and not opened.case.is_restricted,
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


def when(request: ActingRequest, opened: Opened) -> HttpResponse:
    """When the case has been read, in pictures and tables."""
    found = history.when_read(opened, today=timezone.localdate(request.now))
    return frame.show(
        request,
        opened,
        "cases/access_rhythm.html",
        here=HERE,
        content={"rhythm": rhythm_present.rhythm(found)},
    )


def changes(request: ActingRequest, opened: Opened) -> HttpResponse:
    """What has been changed from what to what."""
    page, found = change_page(opened, number=request.GET.get("page", "1"))
    content = {
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "columns": changes_present.columns(),
        "rows": changes_present.rows(found),
    }
    return frame.show(request, opened, "cases/changes.html", here=HERE, content=content)


def answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or give the access."""
    form = GiveAccessForm(request.POST or None, people=possible_named(opened))
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
    return actions.give(
        opened=opened,
        user=form.cleaned_data["user"],
        basis=Basis(form.cleaned_data["basis"]),
        expires_at=form.expires_at(),
        by=request.actor,
        now=request.now,
    )


def assigning(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or make another colleague responsible."""
    people = [
        user
        for user in others_in_unit(opened)
        if may_try(role=user.role, right=Right.REQUEST_STAGES) and user.pk != opened.case.responsible_id
    ]
    form = AssignForm(request.POST or None, people=people)
    sheet = Sheet(
        title=_("Byt ansvarig handläggare"),
        label=_("Byt ansvarig"),
        here=HERE,
        back=place(opened),
        done=_("Ärendet har en ny ansvarig handläggare. Den tidigares åtkomst som ansvarig har upphört."),
        lead=_("Ansvarig nu: %(name)s.") % {"name": opened.case.responsible.name},
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: actions.assign(
            opened=opened, user=form.cleaned_data["user"], by=request.actor, now=request.now
        ),
    )


def extract(request: ActingRequest, opened: Opened, found: list[WithoutNames]) -> HttpResponse:
    """Who has read, for the client, as a page."""
    head, *lines = present.extract(found)
    content = {
        "columns": [{"label": name} for name in head],
        "rows": [[{"text": value} for value in line] for line in lines],
    }
    return frame.show(request, opened, "cases/extract.html", here=HERE, content=content)


def extract_file(found: list[WithoutNames]) -> HttpResponse:
    """The same as a file; its name says nothing of the case."""
    answer = HttpResponse(tables.write_csv(present.extract(found)), content_type=tables.KINDS["csv"])
    answer.headers["Content-Disposition"] = 'attachment; filename="utdrag.csv"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
