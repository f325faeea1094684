"""Reading one stage request and deciding about it: the page shows everything that the digest binds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import stages
from cases.forms.stages import DecisionForm
from cases.policies import Question
from cases.queries.choices import RequestState
from cases.queries.file import approval_verdict
from cases.queries.rows import StageRequest
from cases.views import frame
from cases.views.answers import attempt
from cases.views.present import file as present_file
from cases.views.present import person as present_person
from cases.views.present import stages as present


def answer(request: ActingRequest, opened: Opened, found: StageRequest) -> HttpResponse:
    """Show the request, or approve or return it."""
    if request.method != "POST":
        form = DecisionForm(initial={"seen": bytes(found.digest).hex()})
        return _shown(request, opened, found, form)
    form = DecisionForm(request.POST)
    if form.is_valid():
        decided = attempt(form, lambda: _decide(request, opened, found, form))
        if decided is not None:
            return _decided(request, opened, decided)
    return _shown(request, opened, found, form)


def _decide(request: ActingRequest, opened: Opened, found: StageRequest, form: DecisionForm) -> StageRequest:
    comment = form.cleaned_data["comment"]
    if request.POST.get("do") == "approve":
        return stages.approve(
            opened=opened,
            request=found,
            seen=form.cleaned_data["seen"],
            comment=comment,
            by=request.actor,
            now=request.now,
        )
    return stages.send_back(opened=opened, request=found, comment=comment, by=request.actor, now=request.now)


def _decided(request: ActingRequest, opened: Opened, decided: StageRequest) -> HttpResponse:
    if decided.state == RequestState.APPROVED:
        messages.success(request, _("Skedet är godkänt. Ärendet har gått vidare."))
    else:
        messages.success(request, _("Begäran är återlämnad med din kommentar."))
    return redirect("cases:case", opened.case.pk)


def _shown(request: ActingRequest, opened: Opened, found: StageRequest, form: DecisionForm) -> HttpResponse:
    is_pending = found.state == RequestState.PENDING
    verdict = approval_verdict(opened, found)
    content = {
        "asked": found,
        "rows": present.rows(found),
        "decision_rows": present.decision_rows(found),
        "explained": present.explained(found),
        "is_pending": is_pending,
        "may_decide": is_pending and bool(verdict),
        "refusal": _(str(verdict.refusal)) if is_pending and not verdict else "",
        "may_withdraw": is_pending and bool(opened.may(Question.REQUEST_STAGE)),
        "may_ask": not is_pending and bool(opened.may(Question.REQUEST_STAGE)),
        "case_rows": present_file.case_rows(opened.case),
        "person_rows": present_person.short_rows(opened),
        "is_masked": bool(opened.masked),
        "form": form,
    }
    status = 422 if form.errors else 200
    return frame.show(
        request, opened, "cases/stage_decide.html", here="cases:case_stages", content=content, status=status
    )
