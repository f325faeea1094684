"""The form in which the goals of a plan are rated."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import NotVisible, Opened
from cases.actions import plan_follow_ups
from cases.forms.plan_follow_ups import PlanFollowUpForm
from cases.queries.rows import Plan, PlanFollowUp
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_plans"


def noting(request: ActingRequest, opened: Opened, plan: Plan) -> HttpResponse:
    """Show the form, or write the follow-up down."""
    if not plan.is_signed:
        raise NotVisible
    today = timezone.localdate(request.now)
    form = PlanFollowUpForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        goals=plan.goals,
        initial={"happened_on": today},
    )
    sheet = _sheet(opened, _("Följ upp planen"), _("Uppföljningen är antecknad."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: plan_follow_ups.note(
            opened=opened,
            plan=plan,
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


def changing(request: ActingRequest, opened: Opened, follow_up: PlanFollowUp) -> HttpResponse:
    """Show the form with what was written down, or put it right."""
    form = PlanFollowUpForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        goals=follow_up.plan.goals,
        row=follow_up,
    )
    sheet = _sheet(opened, _("Ändra uppföljningen"), _("Ändringen är sparad."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: plan_follow_ups.change(
            opened=opened,
            follow_up=follow_up,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def _sheet(opened: Opened, title: str, done: str) -> Sheet:
    return Sheet(
        title=title,
        label=_("Spara uppföljningen"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=done,
        lead=_("Noll är det som väntades när planen skrevs. Bedöm tillsammans med den enskilde."),
    )
