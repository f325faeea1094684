"""Plain rows in the shapes that our own templates read, to tell the interface's cost from that of what protects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from tests.bench.floor.models import FloorCase, FloorNote


def cases(page: Page[FloorCase]) -> dict[str, Any]:
    """What `cases/index.html` reads."""
    return {
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "today": timezone.localdate(),
        "listed": "pagaende",
        "may_open": True,
        "tabs": [
            {"label": label, "url": "/arenden/", "current": False}
            for label in ("Pågående", "Mina", "Avslutade")
        ],
        "columns": [{"label": label} for label in ("Ärende", "Klient", "Tidsfrist", "Skede", "Slag")],
        "rows": [
            [
                {"text": case.number, "url": f"/arenden/{case.pk}/"},
                {"text": f"{case.person.given_name} {case.person.family_name}"},
                {"due": case.next_deadline},
                {"tag": case.get_stage_display(), "colour": ""},
                {"text": case.get_track_display()},
            ]
            for case in page.object_list
        ],
    }


def notes(case: FloorCase, found: Iterable[FloorNote]) -> dict[str, Any]:
    """What `cases/notes.html` reads."""
    return {
        "case": {"pk": "00000000-0000-4000-8000-000000000000"},
        "may_write": True,
        "bar": {
            "number": case.number,
            "name": f"{case.person.given_name} {case.person.family_name}",
            "track": case.get_track_display(),
            "stage": case.get_stage_display(),
            "responsible": case.responsible.name,
            "opened": case.next_deadline,
            "facts": [],
        },
        "parts": [
            {"label": label, "url": "/", "current": False} for label in ("Översikt", "Skeden", "Anteckningar")
        ],
        "notes": [
            {
                "id": f"n-{note.pk}",
                "state": "signed",
                "title": note.get_kind_display(),
                "event_day": note.event_date,
                "written_at": note.created_at,
                "author": note.author.name,
                "signed_at": note.signed_at,
                "parts": [{"label": "Faktiska omständigheter", "text": note.facts}],
                "actions": [{"label": "Rätta", "url": "/"}],
            }
            for note in found
        ],
    }
