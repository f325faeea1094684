"""The journal: reading, writing, signing, correcting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right
from avhopp.web.guard import ActingRequest, page
from cases.access import get_case
from cases.actions import notes
from cases.policies import Question
from cases.queries import file
from cases.views import confirming, frame
from cases.views.answers import ANSWERS
from cases.views.noting import NoteDesk
from cases.views.present import notes as present

HERE = "cases:case_notes"


@page(right=Right.READ_CASES, purpose="casework", answers=ANSWERS)
def index(request: ActingRequest, case: UUID) -> HttpResponse:
    """Anteckningar."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    entries = [present.entry(opened, note) for note in file.notes_of(opened)]
    return frame.show(request, opened, "cases/notes.html", here=HERE, content={"notes": entries})


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def start(request: ActingRequest, case: UUID) -> HttpResponse:
    """Begin a draft; the empty one from before, if there is one."""
    opened = get_case(actor=request.actor, case=case, at=request.now)
    opened.demand(Question.WRITE_NOTE)
    if request.method != "POST":
        return confirming.starting(request, opened, HERE, title=_("Ny anteckning"))
    draft = notes.start(opened=opened, by=request.actor, now=request.now)
    return redirect("cases:case_note", opened.case.pk, draft.pk)


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def edit(request: ActingRequest, case: UUID, note: UUID) -> HttpResponse:
    """Write in a draft, read it through, sign it."""
    return _desk(request, case, note).answer()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("POST",), answers=ANSWERS)
def autosave(request: ActingRequest, case: UUID, note: UUID) -> HttpResponse:
    """Save the draft while it is written."""
    return _desk(request, case, note).autosaved()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def discard(request: ActingRequest, case: UUID, note: UUID) -> HttpResponse:
    """Throw a draft of one's own away."""
    return _desk(request, case, note).discarded()


@page(right=Right.WRITE_NOTES, purpose="casework", methods=("GET", "POST"), answers=ANSWERS)
def correct(request: ActingRequest, case: UUID, note: UUID) -> HttpResponse:
    """Begin a correction of a signed note; the one that was begun before, if there is one."""
    return _desk(request, case, note).corrected()


def _desk(request: ActingRequest, case: UUID, note: UUID) -> NoteDesk:
    opened = get_case(actor=request.actor, case=case, at=request.now)
    return NoteDesk(request, opened, file.note_of(opened, note))
