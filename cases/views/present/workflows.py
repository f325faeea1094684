"""The versions of what stages need, as tables."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.accounts.roles import ROLE_NAMES, Role
from cases.queries.rows import StageRule, Workflow
from cases.workflow import REQUIREMENTS, TRACK_NAMES, Requirement, Track, target_name


def newest(versions: list[Workflow], rules: list[StageRule]) -> dict[str, Any]:
    """The newest version's table for each track, and the list of versions."""
    return {
        "tables": [
            {
                "label": _(TRACK_NAMES[track]),
                "columns": [
                    {"label": label}
                    for label in (_("Skede"), _("Checklista"), _("Måste finnas"), _("Begär"), _("Godkänner"))
                ],
                "rows": [_row(rule) for rule in rules if rule.track == track],
            }
            for track in Track
        ],
        "versions": {
            "columns": [
                {"label": _("Version")},
                {"label": _("Gäller från")},
                {"label": _("Vad som är nytt")},
            ],
            "rows": [
                [
                    {"text": str(each.number)},
                    {"day": each.valid_from},
                    {"text": _(each.note) if each.note else "–"},
                ]
                for each in versions
            ],
        },
    }


def title(rule: StageRule) -> str:
    """A stage in its track, in words."""
    return f"{_(target_name(rule.leads_to))} ({_(TRACK_NAMES[Track(rule.track)])})"


def _row(rule: StageRule) -> list[dict[str, Any]]:
    wanted = [_(REQUIREMENTS[code]) for code in Requirement if code in rule.requirements]
    return [
        {"text": _(target_name(rule.leads_to)), "url": reverse("cases:workflow_edit", args=[rule.pk])},
        {"text": str(len(rule.items))},
        {"text": ", ".join(wanted) or "–"},
        {"text": ", ".join(_(ROLE_NAMES[Role(role)]) for role in rule.may_ask)},
        {"text": ", ".join(_(ROLE_NAMES[Role(role)]) for role in rule.may_approve)},
    ]
