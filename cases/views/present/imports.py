"""A register on its way in, as its pages read it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.queries.choices import ImportState
from cases.queries.rows import RegisterImport
from cases.views.present.tables import stamp

COLOURS = {
    ImportState.FAULTY: "orange",
    ImportState.READY: "yellow",
    ImportState.DONE: "green",
    ImportState.FAILED: "red",
}
AT_WORK = {ImportState.WAITING, ImportState.CHECKING, ImportState.RUNNING}


def table(registers: list[RegisterImport]) -> dict[str, Any]:
    """The registers that somebody has brought."""
    return {
        "columns": [{"label": _("Lämnat")}, {"label": _("Rader"), "numeric": True}, {"label": _("Läge")}],
        "rows": [
            [
                {"text": stamp(found.created_at), "url": reverse("cases:import", args=[found.pk])},
                {"text": str(found.total), "numeric": True},
                {"tag": ImportState(found.state).label, "colour": COLOURS.get(ImportState(found.state), "")},
            ]
            for found in registers
        ],
    }


def whole(register: RegisterImport) -> dict[str, Any]:
    """One register with its faults by line."""
    state = ImportState(register.state)
    return {
        "register": register,
        "state": {"text": state.label, "colour": COLOURS.get(state, "")},
        "progress": progress(register),
        "is_ready": state == ImportState.READY,
        "is_faulty": state == ImportState.FAULTY,
        "is_done": state == ImportState.DONE,
        "is_failed": state == ImportState.FAILED,
        "columns": [{"label": _("Rad")}, {"label": _("Vad som behöver rättas")}],
        "rows": [[{"text": str(fault["line"])}, {"text": fault["sentence"]}] for fault in register.faults],
    }


def progress(register: RegisterImport) -> dict[str, Any]:
    """How far the work has come, for a progress bar."""
    state = ImportState(register.state)
    return {
        "is_at_work": state in AT_WORK,
        "label": state.label,
        "done": register.done if state == ImportState.RUNNING else None,
        "total": register.total,
        "url": reverse("cases:import_progress", args=[register.pk]),
    }
