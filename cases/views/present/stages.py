"""Requests for a stage, as they are read, asked for and decided about."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from cases.queries.choices import RequestState
from cases.queries.rows import StageRequest
from cases.views.present.bar import stage_name
from cases.workflow import CHECKLISTS, CLOSURE_REASONS, Stage

COLOURS = {
    RequestState.PENDING: "yellow",
    RequestState.APPROVED: "green",
    RequestState.RETURNED: "orange",
    RequestState.WITHDRAWN: "grey",
    RequestState.VOID: "orange",
}
EXPLAINED = {
    RequestState.APPROVED: gettext_noop("Begäran är godkänd och ärendet har gått vidare."),
    RequestState.RETURNED: gettext_noop(
        "Begäran är återlämnad. Gör det som kommentaren säger och begär sedan skedet igen."
    ),
    RequestState.WITHDRAWN: gettext_noop("Begäran togs tillbaka innan den prövades."),
    RequestState.VOID: gettext_noop(
        "Uppgifter om ärendet eller personen ändrades medan begäran väntade. Godkännandet gäller bara det lästa;"
        " därför måste skedet begäras på nytt."
    ),
}


def entries(requests: list[StageRequest]) -> list[dict[str, Any]]:
    """The requests of a case, each with its state in words and colour."""
    return [
        {
            "title": _("%(origin)s → %(target)s")
            % {"origin": stage_name(request.from_stage), "target": stage_name(request.to_stage)},
            "url": reverse("cases:case_stage_decide", args=[request.case_id, request.pk]),
            "state": RequestState(request.state).label,
            "colour": COLOURS[RequestState(request.state)],
            "requested_by": request.requested_by.name,
            "requested_at": request.requested_at,
            "decided_by": request.decided_by.name if request.decided_by else "",
            "decided_at": request.decided_at,
        }
        for request in requests
    ]


def rows(request: StageRequest) -> list[dict[str, Any]]:
    """Everything that was asked for."""
    found: list[dict[str, Any]] = [
        {"key": _("Från skedet"), "value": stage_name(request.from_stage)},
        {"key": _("Till skedet"), "value": stage_name(request.to_stage)},
        {"key": _("Motivering"), "value": request.reason},
        {"key": _("Checklista"), "value": "\n".join(_ticked(request)) or _("Ingen för det här skedet")},
    ]
    if request.closure_reason:
        found.append({"key": _("Avslutsorsak"), "value": _(CLOSURE_REASONS[request.closure_reason])})
    found += [
        {"key": _("Begärd av"), "value": request.requested_by.name},
        {"key": _("Begärd"), "day": request.requested_at},
    ]
    return found


def decision_rows(request: StageRequest) -> list[dict[str, Any]]:
    """How it was decided, if it was."""
    if request.state not in {RequestState.APPROVED, RequestState.RETURNED} or request.decided_by is None:
        return []
    verb = _("Godkänd av") if request.state == RequestState.APPROVED else _("Återlämnad av")
    return [
        {"key": verb, "value": request.decided_by.name},
        {"key": _("Beslutad"), "day": request.decided_at},
        {"key": _("Kommentar"), "value": request.comment},
    ]


def explained(request: StageRequest) -> str:
    """What has become of a request that no longer waits."""
    sentence = EXPLAINED.get(RequestState(request.state))
    return _(sentence) if sentence else ""


def _ticked(request: StageRequest) -> list[str]:
    texts = {item.code: item.text for item in CHECKLISTS.get(Stage(request.to_stage), ())}
    return [f"✓ {_(texts.get(code, code))}" for code in request.checklist]
