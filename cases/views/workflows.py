"""Katalog: what each stage needs, in versions; and the move of one case to the newest."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import workflows
from cases.forms.workflows import StageRuleForm
from cases.policies import Question
from cases.queries import stage_rules
from cases.views import confirming, recording
from cases.views.answers import ANSWERS
from cases.views.present import catalogue
from cases.views.present import workflows as present
from cases.views.recording import Sheet

HERE = "cases:workflows"


@page(right=Right.MANAGE_CATALOGUE, purpose="catalogue", answers=ANSWERS)
def index(request: ActingRequest) -> HttpResponse:
    """Arbetssätt."""
    context = present.newest(stage_rules.versions(), stage_rules.rules_of_newest())
    return render(request, "cases/workflows.html", {**context, "parts": catalogue.parts(here=HERE)})


@page(right=Right.MANAGE_CATALOGUE, purpose="catalogue", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, stage_rule: UUID) -> HttpResponse:
    """Write the next version, with other needs for one stage."""
    rule = stage_rules.rule_in_newest(stage_rule)
    today = timezone.localdate(request.now)
    form = StageRuleForm(
        request.POST or None, rule=rule, person=request.actor.person, initial={"valid_from": today}
    )
    sheet = Sheet(
        title=present.title(rule),
        label=_("Skriv den nya versionen"),
        here=HERE,
        back=reverse(HERE),
        done=_("Den nya versionen är skriven. Ärenden som pågår följer sin version tills någon flyttar dem."),
        lead=_("Ändringen blir en ny version. Det som redan är begärt och godkänt står kvar under sin egen."),
        template="cases/unit_sheet.html",
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: workflows.write_version(
            rule=rule,
            change=form.change(),
            valid_from=form.cleaned_data["valid_from"],
            note=form.cleaned_data["note"],
            by=request.actor,
            now=request.now,
        ),
    )


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def move(request: ActingRequest, case: UUID) -> HttpResponse:
    """Work the case under the newest version."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    if request.method != "POST":
        return confirming.moving(request, opened)
    today = timezone.localdate(request.now)
    workflows.move_case(opened=opened, on=today, by=request.actor, now=request.now)
    messages.success(request, _("Ärendet följer nu den nyaste versionen."))
    return redirect("cases:case_stages", opened.case.pk)
