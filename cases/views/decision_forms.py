"""The pages around a decision: beginning one, reading one, what follows upon it and what happens with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import NotVisible, Opened
from cases.actions import decision_events, decisions
from cases.actions.once import AlreadyDone
from cases.catalogue.decision_kinds import DecisionKind
from cases.deadlines import last_day
from cases.forms.decision_events import ChooseEventForm, DecisionEventForm, FollowDecisionForm
from cases.forms.decisions import NewDecisionForm
from cases.policies import Question
from cases.queries import decisions as found
from cases.queries.choices import EventKind, Following
from cases.queries.rows import Decision, DecisionEvent
from cases.queries.rules import rule_on
from cases.views import frame, recording
from cases.views.answers import attempt
from cases.views.present import decisions as present
from cases.views.recording import Sheet

HERE = "cases:case_decisions"
APPEAL = "appeal"


def drafting(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Ask what kind, and then begin the draft."""
    form = NewDecisionForm(request.POST or None, person=request.actor.person)
    sheet = Sheet(
        title=_("Nytt beslut"),
        label=_("Börja skriva"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done="",
        lead=_("Utkastet sparas medan du skriver. Beslutet gäller först när det är signerat."),
    )
    if request.method != "POST" or not form.is_valid():
        return recording.show(request, opened, form, sheet)
    with suppress(AlreadyDone):
        decisions.draft(
            opened=opened,
            kind=DecisionKind(form.cleaned_data["kind"]),
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        )
    return redirect("cases:case_decision_draft", opened.case.pk, form.cleaned_data["key"])


def show(request: ActingRequest, opened: Opened, decision: Decision) -> HttpResponse:
    """All that a decision says; a draft is read at the desk."""
    if not decision.is_signed:
        return redirect("cases:case_decision_draft", opened.case.pk, decision.pk)
    events, later = found.events_of(opened, decision), found.correction_of(opened, decision)
    content = {
        "decision": decision,
        "name": present.name(decision),
        "rows": present.rows(decision),
        "events": present.timeline(events),
        "appeal": present.appeal(decision, events, last_day=_appeal_ends(events)),
        "earlier": decision.corrects,
        "following": Following(decision.following).label if decision.following else "",
        "later": later,
        "actions": present.actions(opened, decision, is_followed=later is not None),
    }
    return frame.show(request, opened, "cases/decision.html", here=HERE, content=content)


def following(request: ActingRequest, opened: Opened, decision: Decision) -> HttpResponse:
    """Ask what is to be done with a decision, and then begin the draft that does it."""
    if not decision.is_signed:
        raise NotVisible
    may_end = decision.rule.gives and bool(opened.may(Question.DECIDE))
    form = FollowDecisionForm(request.POST or None, person=request.actor.person, may_end=may_end)
    sheet = Sheet(
        title=_("Rätta, ändra eller avsluta"),
        label=_("Börja skriva"),
        here=HERE,
        back=reverse("cases:case_decision", args=[opened.case.pk, decision.pk]),
        done="",
        lead=_("Det blir ett nytt beslut som pekar på det här. Det här står kvar som det är."),
    )
    if request.method != "POST" or not form.is_valid():
        return recording.show(request, opened, form, sheet)
    made = attempt(form, lambda: _follow(request, opened, decision, form))
    if made is None:
        return recording.show(request, opened, form, sheet)
    return redirect("cases:case_decision_draft", opened.case.pk, form.cleaned_data["key"])


def noting(request: ActingRequest, opened: Opened, decision: Decision) -> HttpResponse:
    """Ask what has happened, then when and how; or write it down."""
    kinds = found.possible_events(opened, decision) if decision.is_signed else []
    if not kinds:
        raise NotVisible
    chosen = ChooseEventForm(request.GET or None, kinds=kinds)
    back = reverse("cases:case_decision", args=[opened.case.pk, decision.pk])
    if not chosen.is_bound or not chosen.is_valid():
        page = {"form": chosen, "back": back}
        status = 422 if chosen.errors else 200
        return frame.show(
            request, opened, "cases/decision_event_choose.html", here=HERE, content=page, status=status
        )
    kind = EventKind(chosen.cleaned_data["vad"])
    today = timezone.localdate(request.now)
    form = DecisionEventForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        kind=kind,
        initial={"happened_on": today},
    )
    sheet = Sheet(title=str(kind.label), label=_("Spara"), here=HERE, back=back, done=_("Det är antecknat."))
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: decision_events.note(
            opened=opened,
            decision=decision,
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


def _follow(request: ActingRequest, opened: Opened, decision: Decision, form: FollowDecisionForm) -> Decision:
    try:
        return decisions.follow(
            opened=opened,
            decision=decision,
            following=Following(form.cleaned_data["following"]),
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        )
    except AlreadyDone:
        return found.decision_of(opened, form.cleaned_data["key"])


def _appeal_ends(events: list[DecisionEvent]) -> date | None:
    """The last day to appeal, counted from the day on which the client was last told; none before that."""
    told = [event.happened_on for event in events if event.kind == EventKind.NOTIFIED]
    if not told:
        return None
    return last_day(rule_on(told[-1], code=APPEAL), start=told[-1])
