"""What has been changed, a field a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from audit import words
from avhopp.translation import gettext_noop
from cases.queries.changes import Change

DONE = {
    "added": gettext_noop("lades till"),
    "changed": gettext_noop("ändrades"),
    "removed": gettext_noop("togs bort"),
}
SAID = {"True": gettext_noop("Ja"), "False": gettext_noop("Nej")}


def columns() -> list[dict[str, Any]]:
    """What `components/table.html` writes at the top."""
    return [{"label": label} for label in (_("När"), _("Vem"), _("Vad"), _("Från"), _("Till"))]


def rows(changes: Sequence[Change]) -> list[list[dict[str, Any]]]:
    """A row for each field that was changed; when and who stand at the first of a change."""
    found: list[list[dict[str, Any]]] = []
    for change in changes:
        head: list[dict[str, Any]] = [{"day": change.at}, {"text": change.who}]
        if not change.values:
            found.append([*head, {"text": _what(change)}, {"text": "–"}, {"text": "–"}])
        for value in change.values:
            table = _(words.subject(change.table))
            cells = [
                {"text": value.label.capitalize(), "sub": table},
                _value(value.before),
                _value(value.after),
            ]
            found.append([*head, *cells])
    return found


def _what(change: Change) -> str:
    return f"{_(words.subject(change.table)).capitalize()} {_(DONE[change.action])}"


def _value(text: str) -> dict[str, Any]:
    return {"text": _(SAID[text]) if text in SAID else text or "–"}
