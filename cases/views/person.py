"""Personen: who she is, how she may be reached, and who stands near her."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases import ages
from cases.access import Opened, get_case
from cases.policies import Question
from cases.queries import legal_bases, person
from cases.queries.choices import FieldGroup
from cases.queries.person import Particular
from cases.queries.unmaskings import shown_until
from cases.views import editing, frame, opening, particulars
from cases.views.answers import ANSWERS
from cases.views.present import bar
from cases.views.present import particulars as present_rows
from cases.views.present import person as present

HERE = "cases:case_person_page"
GROUPS = {
    Particular.CHANNEL: FieldGroup.CONTACT,
    Particular.ALIAS: FieldGroup.IDENTITY,
    Particular.GUARDIAN: FieldGroup.NEAR,
    Particular.REPRESENTATIVE: FieldGroup.NEAR,
    Particular.RELATION: FieldGroup.NEAR,
    Particular.TIE: None,
}
editing_page = page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Personen."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    today = timezone.localdate(request.now)
    file = person.person_file(opened, at=request.now)
    content = {
        "rows": present.rows(opened, earlier=file.earlier_numbers, today=today),
        "age_rows": present.age_rows(opened, places=legal_bases.places(on=today), today=today),
        "worker_verdict": present.worker_verdict(opened, today=today),
        "is_child": ages.is_child(born=opened.case.person.birth_date, day=today),
        "linked": present.linked(file.linked, opened.case),
        "channels": present_rows.channels(opened, file.channels, today=today),
        "contacts": present_rows.contacts(opened, file.contacts),
        "guardians": present_rows.guardians(opened, file.guardians, today=today),
        "representatives": present_rows.representatives(opened, file.representatives, today=today),
        "relations": present_rows.relations(opened, file.relations),
        "aliases": present_rows.aliases(opened, file.aliases),
        "ties": present_rows.ties(opened, file.ties),
        "unmask": present.unmask(opened, shown_until(opened, at=request.now))
        if bar.is_protected(opened.case)
        else [],
        "may_edit": bool(opened.may(Question.EDIT_CASE)),
    }
    return frame.show(request, opened, "cases/person.html", here=HERE, content=content)


@editing_page
def edit(request: ActingRequest, case: UUID) -> HttpResponse:
    """Change the person's details."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    _demand_shown(request, opened, FieldGroup.IDENTITY)
    return editing.person_answer(request, opened)


@editing_page
def replace_number(request: ActingRequest, case: UUID) -> HttpResponse:
    """Another number in the place of the one she has."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    _demand_shown(request, opened, FieldGroup.IDENTITY)
    return editing.number_answer(request, opened)


@page(right=Right.OPEN_CASES, purpose="open_case", methods=("GET", "POST"), answers=ANSWERS)
def open_beside(request: ActingRequest, case: UUID) -> HttpResponse:
    """Open a case of her own for somebody who stands near the client."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.EDIT_CASE)
    return opening.answer_beside(request, opened)


def adding(particular: Particular) -> Callable[..., HttpResponseBase]:
    """The page on which one of a kind is written down."""

    @editing_page
    def add(request: ActingRequest, case: UUID) -> HttpResponse:
        opened = get_case(actor=request.actor, case=case, at=request.now)
        opened.demand(Question.EDIT_CASE)
        return particulars.adding(request, opened, particular)

    return add


def changing(particular: Particular) -> Callable[..., HttpResponseBase]:
    """The page on which one of a kind is changed; its address names the row by the kind."""

    @editing_page
    def change(request: ActingRequest, case: UUID, **row: UUID) -> HttpResponse:
        opened = get_case(actor=request.actor, case=case, at=request.now)
        opened.demand(Question.EDIT_CASE)
        _demand_shown(request, opened, GROUPS[particular])
        return particulars.changing(request, opened, particular, row[particular])

    return change


def _demand_shown(request: ActingRequest, opened: Opened, group: FieldGroup | None) -> None:
    # What is sent shows only what she has typed herself, and is not to be lost when the time has gone out meanwhile.
    if request.method == "GET" and group is not None:
        opened.demand_shown(group)
