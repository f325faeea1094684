"""Until when a file is kept, in words, and what keeps it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import DisposalState, HoldGround
from cases.queries.disposals import Due
from cases.queries.retention import has_come_between
from cases.queries.rows import Case, Disposal, DisposalCertificate, RetentionHold
from cases.retention import REASONS, Retention
from cases.views.present.tables import columns, paged


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


_COLOURS = {DisposalState.PROPOSED: "yellow", DisposalState.APPROVED: "red", DisposalState.STOPPED: "grey"}


def disposals(opened: Opened, found: list[Disposal]) -> list[dict[str, Any]]:
    """The proposals to destroy the file, as `components/record.html` reads them."""
    return [_disposal(opened, row) for row in found]


def _disposal(opened: Opened, row: Disposal) -> dict[str, Any]:
    state = DisposalState(row.state)
    is_overtaken = state == DisposalState.APPROVED and has_come_between(row)
    rows = [{"key": _("Regel"), "value": row.get_rule_display()}]
    if row.decided_by is not None:
        verb = _("Stoppad av") if state == DisposalState.STOPPED else _("Godkänd av")
        rows.append({"key": verb, "value": row.decided_by.name})
    if row.comment:
        rows.append({"key": _("Kommentar"), "value": row.comment})
    if row.stop_reason:
        rows.append({"key": _("Varför den stoppades"), "value": row.stop_reason})
    if is_overtaken:
        again = _("Något har antecknats eller hindrar sedan den godkändes. Stoppa den och föreslå på nytt.")
        rows.append({"key": _("Förstörs inte"), "value": again})
    shown: dict[str, Any] = {
        "id": f"n-{row.pk}",
        "title": _("Gallring"),
        "tags": [
            {"text": _("Godkännandet gäller inte längre"), "colour": "yellow"}
            if is_overtaken
            else {"text": state.label, "colour": _COLOURS[state]}
        ],
        "sub": _("Föreslagen %(day)s av %(who)s.")
        % {"day": f"{timezone.localdate(row.created_at):%Y-%m-%d}", "who": row.created_by.name},
        "rows": rows,
    }
    links = []
    if (
        state == DisposalState.PROPOSED
        and opened.may(Question.APPROVE_DISPOSAL)
        and row.created_by_id != opened.actor.user
    ):
        url = reverse("cases:case_disposal_approve", args=[opened.case.pk, row.pk])
        links.append({"label": _("Godkänn gallringen"), "url": url})
    if state != DisposalState.STOPPED and opened.may(Question.PROPOSE_DISPOSAL):
        url = reverse("cases:case_disposal_stop", args=[opened.case.pk, row.pk])
        links.append({"label": _("Stoppa gallringen"), "url": url})
    return {**shown, "actions": links} if links else shown


def due_table(page: Page[Case], found: list[Due]) -> dict[str, Any]:
    """The list of ended cases and when each goes, for `components/table.html`."""
    return {
        **paged(page),
        "columns": columns(_("Ärende"), _("Läge"), _("Gallras"), _("Avslutat"), _("Varför")),
        "rows": [_due(each) for each in found],
    }


def _due(each: Due) -> list[dict[str, Any]]:
    case, kept = each.case, each.retention
    cell: dict[str, Any] = {"tag": _("Bevaras"), "colour": "grey"}
    if each.state:
        cell = {"tag": each.state.label, "colour": _COLOURS[each.state]}
    elif each.is_due:
        cell = {"tag": _("Ska gallras"), "colour": "red"}
    elif kept.due_on:
        cell = {"tag": _("Inte än"), "colour": "grey"}
    return [
        {"text": f"{case.number} · {case.code_name}", "url": reverse("cases:case", args=[case.pk])},
        cell,
        {"day": kept.due_on} if kept.due_on else {"text": "–"},
        {"day": case.closed_on},
        {"text": " ".join(_(REASONS[reason]) for reason in kept.reasons)},
    ]


def certificate_table(page: Page[DisposalCertificate]) -> dict[str, Any]:
    """The certificates of the unit."""
    rows = [
        [
            {"text": f"{timezone.localtime(each.destroyed_at):%Y-%m-%d %H:%M}", "url": _certificate(each)},
            {"text": str(each.pk)},
        ]
        for each in page.object_list
    ]
    return {**paged(page), "columns": columns(_("Gallrat"), _("Bevisets nummer")), "rows": rows}


def _certificate(each: DisposalCertificate) -> str:
    return reverse("cases:certificate", args=[each.pk])
