"""The details of a protected person: hidden until the reader asks for them, a group at a time."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import unmaskings
from cases.forms.unmasking import GroupForm
from cases.queries.choices import FieldGroup
from cases.views.answers import ANSWERS

PLACES = {FieldGroup.IDENTITY: "", FieldGroup.CONTACT: "#kontaktvagar", FieldGroup.NEAR: "#narstaende"}


@page(right=Right.READ_CASES, purpose="casework", methods=("POST",), answers=ANSWERS)
def show(request: ActingRequest, case: UUID) -> HttpResponse:
    """Show one group for a while."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    form = GroupForm(request.POST)
    place = ""
    if form.is_valid():
        group = FieldGroup(form.cleaned_data["group"])
        unmaskings.show(opened=opened, group=group, by=request.actor, now=request.now)
        place = PLACES[group]
    return redirect(f"{reverse('cases:case_person_page', args=[case])}{place}")
