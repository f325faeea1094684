"""Journal notes as `components/note.html` reads them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import NoteKind
from cases.queries.rows import Note, User


def author(user: User) -> str:
    """A colleague's name with her title (SOSFS 2014:5)."""
    return f"{user.name}, {user.title}" if user.title else str(user.name)


def kind(note: Note) -> str:
    """What the note is about, in words."""
    return str(NoteKind(note.kind).label) if note.kind else _("Anteckning utan slag")


def parts(content: dict[str, Any]) -> list[dict[str, str]]:
    """The texts of a note under their headings, without what is empty."""
    day = content.get("event_date")
    chosen = content.get("kind")
    shown = [
        (_("Slag"), NoteKind(chosen).label if chosen else ""),
        (_("Händelsedatum"), f"{day:%Y-%m-%d}" if day else ""),
        (_("Källa"), content.get("source")),
        (_("Faktiska omständigheter"), content.get("facts")),
        (_("Bedömning"), content.get("assessment")),
        (_("Skäl för rättelsen"), content.get("correction_reason")),
    ]
    return [{"label": label, "text": str(text)} for label, text in shown if text]


def texts(note: Note) -> list[dict[str, str]]:
    """Facts apart from assessment."""
    return parts({"facts": note.facts, "assessment": note.assessment})


def content(note: Note) -> dict[str, Any]:
    """What of a note is written by hand."""
    names = ("kind", "event_date", "source", "facts", "assessment", "correction_reason")
    return {name: getattr(note, name) for name in names}


def entry(opened: Opened, note: Note) -> dict[str, Any]:
    """One note of the journal with what the reader may do."""
    state = "corrected" if note.corrects_id else "signed"
    found: dict[str, Any] = {
        "id": f"n-{note.pk}",
        "state": state if note.is_signed else "draft",
        "title": kind(note),
        "event_day": note.event_date,
        "written_at": note.created_at,
        "author": author(note.author),
        "source": note.source,
        "parts": texts(note),
        "signed_at": note.signed_at,
        "originals": originals(note) if note.is_signed else [],
        "actions": _actions(opened, note),
    }
    if note.signed_by and note.signed_by_id != note.author_id:
        found["signed_by"] = author(note.signed_by)
    return found


def originals(note: Note) -> list[dict[str, Any]]:
    """What a correction replaced, newest first, each with who, when and why; empty for a note that corrects nothing."""
    found = []
    while note.corrects is not None:
        before = note.corrects
        found.append(
            {
                "signed_at": before.signed_at,
                "author": author(before.author),
                "corrected_at": note.signed_at,
                "corrected_by": author(note.signed_by or note.author),
                "reason": note.correction_reason,
                "parts": parts({**content(before), "correction_reason": ""}),
            }
        )
        note = before
    return found


def _actions(opened: Opened, note: Note) -> list[dict[str, str]]:
    if not note.is_signed:
        question = Question.CORRECT_NOTE if note.corrects_id else Question.WRITE_NOTE
        url = reverse("cases:case_note", args=[opened.case.pk, note.pk])
        return [{"label": _("Fortsätt skriva"), "url": url}] if opened.may(question) else []
    url = reverse("cases:case_note_correct", args=[opened.case.pk, note.pk])
    return [{"label": _("Rätta"), "url": url}] if opened.may(Question.CORRECT_NOTE) else []
