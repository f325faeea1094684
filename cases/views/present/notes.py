"""Journal notes as `components/note.html` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import NoteKind
from cases.queries.rows import Note
from cases.views.present.drafts import actions, author, originals


def kind(note: Note) -> str:
    """What the note is about, in words."""
    return str(NoteKind(note.kind).label) if note.kind else _("Anteckning utan slag")


def parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
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
        "originals": originals(
            note, parts=lambda before: parts({**content(before), "correction_reason": ""})
        ),
        "actions": actions(opened, note, address="cases:case_note", writes=Question.WRITE_NOTE),
    }
    if note.signed_by and note.signed_by_id != note.author_id:
        found["signed_by"] = author(note.signed_by)
    return found
