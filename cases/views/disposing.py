"""Gallring of one case: proposed, approved by somebody else, or stopped."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import Opened, get_case
from cases.actions import disposals
from cases.forms.disposals import ApprovalForm, ProposalForm, StopForm
from cases.policies import Question
from cases.queries.disposals import disposal_of
from cases.queries.retention import retention_of
from cases.views import recording
from cases.views.answers import ANSWERS
from cases.views.present import retention as present
from cases.views.recording import Sheet

HERE = "cases:case"


@page(right=Right.WRITE_NOTES, purpose="retention", methods=("GET", "POST"), answers=ANSWERS)
def propose(request: ActingRequest, case: UUID) -> HttpResponse:
    """Föreslå gallring."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.PROPOSE_DISPOSAL)
    kept = retention_of(opened)
    form = ProposalForm(
        request.POST or None, person=request.actor.person, today=timezone.localdate(request.now)
    )
    sheet = Sheet(
        title=_("Föreslå gallring"),
        label=_("Föreslå gallring"),
        here=HERE,
        back=_place(opened),
        done=_("Gallringen är föreslagen. Någon annan som leder ärendet godkänner den."),
        lead=_("Allt i ärendet förstörs när någon annan har godkänt det. Det går inte att få tillbaka."),
        template="cases/disposal.html",
        warning="" if kept.is_due(form.today) else _("Ärendet ska inte gallras än, och kan inte föreslås."),
        content={"rows": present.rows(kept)},
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: disposals.propose(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


@page(right=Right.APPROVE_STAGES, purpose="retention", methods=("GET", "POST"), answers=ANSWERS)
def approve(request: ActingRequest, case: UUID, disposal: UUID) -> HttpResponse:
    """Godkänn gallringen."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.APPROVE_DISPOSAL)
    found = disposal_of(opened, disposal)
    form = ApprovalForm(
        request.POST or None, person=request.actor.person, today=timezone.localdate(request.now)
    )
    sheet = Sheet(
        title=_("Godkänn gallringen?"),
        label=_("Godkänn gallringen"),
        here=HERE,
        back=_place(opened),
        done=_("Gallringen är godkänd. Ärendet förstörs vid nästa körning; till dess går den att stoppa."),
        warning=_("Ärendet, dess historik, handlingar och nycklar förstörs för alltid."),
        kind="warning",
        template="cases/disposal.html",
        content={"rows": present.rows(retention_of(opened)), "said": found.comment},
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: disposals.approve(opened=opened, disposal=found, by=request.actor, now=request.now),
    )


@page(right=Right.WRITE_NOTES, purpose="retention", methods=("GET", "POST"), answers=ANSWERS)
def stop(request: ActingRequest, case: UUID, disposal: UUID) -> HttpResponse:
    """Stoppa gallringen."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.PROPOSE_DISPOSAL)
    found = disposal_of(opened, disposal)
    form = StopForm(request.POST or None, person=request.actor.person, today=timezone.localdate(request.now))
    sheet = Sheet(
        title=_("Stoppa gallringen"),
        label=_("Stoppa gallringen"),
        here=HERE,
        back=_place(opened),
        done=_("Gallringen är stoppad. Den kan föreslås igen."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: disposals.stop(
            opened=opened, disposal=found, reason=form.values()["reason"], by=request.actor, now=request.now
        ),
    )


def _place(opened: Opened) -> str:
    return reverse(HERE, args=[opened.case.pk])
