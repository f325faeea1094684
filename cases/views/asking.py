"""Asking for a stage in two steps: which stage, then its checklist and the reasons."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import stages
from cases.forms.stages import ChooseStageForm, StageRequestForm
from cases.queries import file, stage_rules
from cases.queries.rows import StageRequest
from cases.views import frame
from cases.views.answers import attempt
from cases.views.present import stages as present
from cases.views.present.bar import stage_name
from cases.workflow import Target, as_target

HERE = "cases:case_stages"


def answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the step that comes, or send the request."""
    pending = file.pending_of(opened)
    if pending is not None:
        # A form sent twice ends here as well.
        messages.info(request, _("Det finns redan en begäran som väntar i ärendet."))
        return redirect("cases:case_stage_decide", opened.case.pk, pending.pk)
    chosen = ChooseStageForm(
        request.GET or None,
        targets=stage_rules.targets_of(opened.case),
    )
    if not chosen.is_bound or not chosen.is_valid():
        return _choose(request, opened, chosen)
    return _ask(request, opened, as_target(chosen.cleaned_data["to_stage"]))


def _choose(request: ActingRequest, opened: Opened, form: ChooseStageForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return frame.show(
        request, opened, "cases/stage_choose.html", here=HERE, content={"form": form}, status=status
    )


def _ask(request: ActingRequest, opened: Opened, target: Target) -> HttpResponse:
    rule = stage_rules.rule_of(case=opened.case, target=target)
    form = StageRequestForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _request(request, opened, form, target))
        if made is not None:
            messages.success(request, _("Begäran är skickad. Någon annan godkänner den."))
            return redirect("cases:case_stage_decide", opened.case.pk, made.pk)
    needed = present.requirements(opened, rule, on=timezone.localdate(request.now))
    content = {
        "form": form,
        "origin": stage_name(opened.case.stage),
        "target": stage_name(target),
        "needed": needed,
        "is_ready": all(line["is_met"] for line in needed),
    }
    status = 422 if form.errors else 200
    return frame.show(request, opened, "cases/stage_ask.html", here=HERE, content=content, status=status)


def _request(request: ActingRequest, opened: Opened, form: StageRequestForm, target: Target) -> StageRequest:
    return stages.request_stage(
        opened=opened,
        to_stage=target,
        reason=form.cleaned_data["reason"],
        ticked=form.cleaned_data.get("ticked", []),
        closure_reason=form.cleaned_data.get("closure_reason", ""),
        by=request.actor,
        now=request.now,
    )
