"""The documents of a case, as `components/records.html` reads them."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.files.kinds import KINDS
from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import Direction, Scan
from cases.queries.documents import Held
from cases.queries.rows import Document

COLOURS = {Direction.IN: "blue", Direction.OUT: "purple", Direction.OWN: "grey"}


def records(opened: Opened, held: list[Held]) -> list[dict[str, Any]]:
    """Each in its newest version, with what the reader may do."""
    may_add = bool(opened.may(Question.ADD_DOCUMENT))
    return [_record(opened, item, may_add) for item in held]


def name(document: Document) -> str:
    """A document in one line, where it is chosen from a list."""
    return f"{document.title} ({document.dated_on:%Y-%m-%d})"


def _record(opened: Opened, item: Held, may_add: bool) -> dict[str, Any]:
    document = item.document
    actions = [{"label": _("Hämta"), "url": _address("download", document)}]
    if may_add:
        actions.append({"label": _("Ny version"), "url": _address("replace", document)})
    direction = Direction(document.direction)
    found: dict[str, Any] = {
        "id": f"h-{document.pk}",
        "title": document.title,
        "tags": [{"text": direction.label, "colour": COLOURS[direction]}, *_scan(document)],
        "sub": _line(document),
        "actions": actions,
        "older": [{"text": _line(old), "url": _address("download", old)} for old in item.older],
    }
    if document.secrecy:
        found["rows"] = [{"key": _("Innan den lämnas ut"), "value": document.secrecy}]
    return found


def _scan(document: Document) -> list[dict[str, str]]:
    if document.scan == Scan.NOT_DONE:
        return [{"text": _("Inte genomsökt"), "colour": "yellow"}]
    return []


def _line(document: Document) -> str:
    parts = [
        f"{document.dated_on:%Y-%m-%d}",
        document.counterpart,
        f"{_(KINDS[document.kind].name)}, {filesizeformat(document.size)}",
        _("inlagd av %(who)s") % {"who": document.created_by.name},
    ]
    return " · ".join(part for part in parts if part)


def _address(verb: str, document: Document) -> str:
    return reverse(f"cases:case_document_{verb}", args=[document.case_id, document.pk])
