"""The forms of a delegation and of its withdrawal."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.actions import delegations
from cases.catalogue.legal_bases import Use
from cases.forms.delegations import GiveDelegationForm, WithdrawDelegationForm
from cases.queries import delegations as queries
from cases.queries import law
from cases.queries.rows import Delegation
from cases.views import recording
from cases.views.present import delegations as present
from cases.views.recording import Sheet

HERE = "cases:delegations"


def giving(request: ActingRequest) -> HttpResponse:
    """Show the form, or give the delegation."""
    today = timezone.localdate(request.now)
    provisions = law.provisions_on(today, uses=tuple(Use))
    form = GiveDelegationForm(
        request.POST or None,
        person=request.actor.person,
        provisions=[row for row in provisions if not row.needs_committee],
        people=queries.possible_delegates(actor=request.actor),
        unit=queries.possible_principals(actor=request.actor),
        initial={"starts_on": today},
    )
    sheet = Sheet(
        title=_("Ny delegation"),
        label=_("Ge delegationen"),
        here=HERE,
        back=reverse(HERE),
        done=_("Delegationen är given."),
        lead=_("Prövas när ett beslut signeras: den ska gälla just den dagen."),
        template="cases/unit_sheet.html",
    )
    return recording.answer(request, None, form, sheet, lambda: _give(request, form))


def withdrawing(request: ActingRequest, delegation: Delegation) -> HttpResponse:
    """Show what the delegation says with the form that withdraws it, or withdraw it."""
    today = timezone.localdate(request.now)
    form = WithdrawDelegationForm(request.POST or None, today=today, initial={"on": today})
    sheet = Sheet(
        title=_("Delegation"),
        label=_("Återkalla delegationen"),
        here=HERE,
        back=reverse(HERE),
        done=_("Delegationen är återkallad."),
        kind="warning",
        template="cases/delegation.html",
        content={
            "rows": present.rows(delegation, law=law.wordings_on(today)),
            "state": present.state(delegation, today=today),
            "may_withdraw": not delegation.is_over(today),
        },
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: delegations.withdraw(
            delegation=delegation, on=form.cleaned_data["on"], by=request.actor, now=request.now
        ),
    )


def _give(request: ActingRequest, form: GiveDelegationForm) -> Delegation:
    answers = form.cleaned_data
    return delegations.give(
        provision=answers["provision"].code,
        delegate=answers["delegate"],
        deputy_for=answers["deputy_for"],
        starts_on=answers["starts_on"],
        ends_on=answers["ends_on"],
        note=answers["note"],
        by=request.actor,
        now=request.now,
        new_id=answers["key"],
    )
