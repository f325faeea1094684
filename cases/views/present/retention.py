"""Until when a file is kept, in words, and what keeps it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import HoldGround
from cases.queries.rows import RetentionHold
from cases.retention import REASONS, Retention


def rows(found: Retention) -> list[dict[str, Any]]:
    """What `components/summary_list.html` reads."""
    why = " ".join(_(REASONS[reason]) for reason in found.reasons)
    if found.due_on is None:
        return [{"key": _("Gallras"), "value": why}]
    return [
        {"key": _("Gallras"), "day": found.due_on},
        {"key": _("Senast"), "day": found.finish_by},
        {"key": _("Regel"), "value": why},
    ]


def holds(opened: Opened, found: list[RetentionHold]) -> list[dict[str, Any]]:
    """The holds, as `components/record.html` reads them."""
    return [_hold(opened, row) for row in found]


def _hold(opened: Opened, row: RetentionHold) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": f"n-{row.pk}",
        "title": HoldGround(row.ground).label,
        "tags": [
            {
                "text": _("Borttaget") if row.lifted_by else _("Gäller"),
                "colour": "grey" if row.lifted_by else "red",
            }
        ],
        "sub": _("Sedan %(day)s, av %(who)s.")
        % {"day": f"{timezone.localdate(row.created_at):%Y-%m-%d}", "who": row.created_by.name},
        "rows": [{"key": _("Kommentar"), "value": row.text}] if row.text else [],
    }
    if row.lifted_by is None and opened.may(Question.HOLD):
        url = reverse("cases:case_hold_lift", args=[opened.case.pk, row.pk])
        shown["actions"] = [{"label": _("Ta bort hindret"), "url": url}]
    return shown
