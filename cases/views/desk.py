"""Writing a draft: saving, autosaving, reading through, signing, and two people on one draft.

What was typed is never lost: whatever goes wrong, the answer holds the text. A colleague's text is only written over
after it has been shown beside one's own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import notes
from cases.forms.notes import NoteForm, VersionForm
from cases.policies import Question
from cases.queries.rows import Note
from cases.views import frame
from cases.views.present import notes as present

HERE = "cases:case_notes"
# An autosave that was still under way when the same person pressed the button.
UNDER_WAY = timedelta(seconds=10)


def question(note: Note) -> Question:
    """What the policy is asked about a draft."""
    return Question.CORRECT_NOTE if note.corrects_id else Question.WRITE_NOTE


def version_of(request: ActingRequest) -> int:
    """The version that the person had before her; one that nobody ever had when it is missing."""
    form = VersionForm(request.POST)
    return int(form.cleaned_data["version"]) if form.is_valid() else 0


def already_signed(request: ActingRequest, opened: Opened, note: Note) -> HttpResponse:
    """Lead to the signed note; text that was sent after somebody else had signed is shown, so that it can be kept."""
    if request.method == "POST" and request.POST.get("do") != "sign":
        form = _form(request, note, data=request.POST)
        form.is_valid()
        content = {
            "note": note,
            "yours": present.parts(form.cleaned_data),
            "entry": present.entry(opened, note),
        }
        return frame.show(request, opened, "cases/note_locked.html", here=HERE, content=content, status=409)
    return redirect(f"{reverse(HERE, args=[opened.case.pk])}#n-{note.pk}")


def answer(request: ActingRequest, opened: Opened, note: Note) -> HttpResponse:
    """Show the editor or the page for signing, or do what the pressed button says."""
    if request.method != "POST":
        if "signera" in request.GET:
            return _reading_through(request, opened, note)
        return _editor(request, opened, note, _form(request, note))
    if request.POST.get("do") == "sign":
        return _sign(request, opened, note)
    is_review = request.POST.get("do") == "review"
    form = _form(request, note, data=request.POST, to_sign=is_review)
    if not form.is_valid():
        return _editor(request, opened, note, form)
    try:
        _save(request, opened, note, form)
    except notes.DraftConflict as error:
        return _conflict(request, opened, note, form, error.current)
    if is_review:
        return redirect(f"{reverse('cases:case_note', args=[opened.case.pk, note.pk])}?signera=1")
    messages.success(request, _("Utkastet är sparat."))
    return redirect("cases:case_note", opened.case.pk, note.pk)


def autosaved(request: ActingRequest, opened: Opened, note: Note) -> HttpResponse:
    """Save what stands in the form now, and say so in the fragment that htmx puts in its place."""
    if note.is_signed:
        return _fragment(
            request, 409, _("Anteckningen är redan signerad. Texten här är inte sparad; kopiera den.")
        )
    form = _form(request, note, data=request.POST)
    if not form.is_valid():
        # The first error is enough to know where to look; the form shows them all when it is saved by its button.
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        return _fragment(
            request, 422, _("Inte sparat. %(label)s: %(error)s") % {"label": label, "error": errors[0]}
        )
    try:
        saved = _save(request, opened, note, form)
    except notes.DraftConflict:
        text = _(
            "En kollega har sparat före dig. Din text ligger kvar här. Spara utkastet för att jämföra texterna."
        )
        return _fragment(request, 409, text)
    return _fragment(request, 200, "", version=saved.version)


def _fragment(request: ActingRequest, status: int, text: str, *, version: int | None = None) -> HttpResponse:
    context = {
        "state": "failed" if text else "saved",
        "text": text,
        "at": timezone.localtime(request.now),
        "version": version,
    }
    return render(request, "cases/note_autosave.html", context, status=status)


def _form(request: ActingRequest, note: Note, *, data: Any = None, to_sign: bool = False) -> NoteForm:
    initial = {**present.content(note), "version": note.version}
    return NoteForm(
        data,
        initial=initial,
        today=timezone.localdate(request.now),
        is_correction=note.corrects_id is not None,
        to_sign=to_sign,
    )


def _save(request: ActingRequest, opened: Opened, note: Note, form: NoteForm) -> Note:
    wanted = form.content()
    given = {"opened": opened, "note": note, "content": wanted, "by": request.actor, "now": request.now}
    try:
        return notes.save_draft(version=form.cleaned_data["version"], **given)
    except notes.DraftConflict as error:
        current = error.current
        if all(
            getattr(current, name) == value
            for name, value in wanted.items()
            if value or getattr(current, name)
        ):
            return current
        is_own = (
            current.updated_by_id == request.actor.user
            and current.version == form.cleaned_data["version"] + 1
        )
        if not is_own or request.now - current.updated_at > UNDER_WAY:
            raise
        return notes.save_draft(version=current.version, **given)


def _editor(
    request: ActingRequest,
    opened: Opened,
    note: Note,
    form: NoteForm,
    *,
    status: int = 0,
    content: dict[str, Any] | None = None,
) -> HttpResponse:
    page = {
        "note": note,
        "form": form,
        "is_correction": note.corrects_id is not None,
        "is_own": note.author_id == request.actor.user,
        "author": present.author(note.author),
        "original": present.texts(note.corrects) if note.corrects else [],
        **(content or {}),
    }
    shown = status or (422 if form.errors else 200)
    return frame.show(request, opened, "cases/note_edit.html", here=HERE, content=page, status=shown)


def _conflict(
    request: ActingRequest, opened: Opened, note: Note, form: NoteForm, current: Note
) -> HttpResponse:
    data = {**dict(form.data.items()), "version": str(current.version)}
    # What is sent from this page has been compared with the version that it shows.
    typed = _form(request, note, data=data)
    content = {
        "is_conflict": True,
        "yours": present.parts(form.content()),
        "theirs": present.parts(present.content(current)),
        "theirs_by": current.updated_by.name,
        "theirs_at": current.updated_at,
    }
    return _editor(request, opened, note, typed, status=409, content=content)


def _reading_through(request: ActingRequest, opened: Opened, note: Note) -> HttpResponse:
    content = {
        "note": note,
        "entry": {**present.entry(opened, note), "actions": []},
        "form": VersionForm(initial={"version": note.version}),
        "reason": note.correction_reason,
    }
    return frame.show(request, opened, "cases/note_sign.html", here=HERE, content=content)


def _sign(request: ActingRequest, opened: Opened, note: Note) -> HttpResponse:
    url = reverse("cases:case_note", args=[opened.case.pk, note.pk])
    try:
        # Nothing but the version is sent: what is signed is what was saved and read through.
        signed = notes.sign(
            opened=opened,
            note=note,
            content={},
            version=version_of(request),
            by=request.actor,
            now=request.now,
        )
    except notes.NotReadyToSign:
        messages.error(request, _("Något saknas. Fyll i anteckningen och granska den igen."))
        return redirect(url)
    except notes.DraftConflict:
        messages.warning(
            request, _("Utkastet har ändrats sedan du läste det. Läs det igen innan du signerar.")
        )
        return redirect(f"{url}?signera=1")
    messages.success(request, _("Anteckningen är signerad och låst."))
    return redirect(f"{reverse(HERE, args=[opened.case.pk])}#n-{signed.pk}")
