"""Requests for a stage, as they are read, asked for and decided about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import RequestState
from cases.queries.rows import StageRequest, StageRule
from cases.queries.stage_rules import has_newer, open_period, rule_for
from cases.queries.standing import missing_requirements
from cases.views.present.bar import stage_name
from cases.workflow import (
    CLOSURE_REASONS,
    REQUIREMENTS,
    STANDING_NAMES,
    Requirement,
    Stage,
    Standing,
    Track,
    is_ended,
)

# Where a worker writes down what a stage needs.
WRITTEN_IN = {
    Requirement.CONSENT_POLICE: "cases:case_cooperation",
    Requirement.AGREEMENT_SIGNED: "cases:case_cooperation",
    Requirement.DECISION_IN_FORCE: "cases:case_decisions",
    Requirement.THREAT_ASSESSED: "cases:case_assessments",
    Requirement.PLAN_AGREED: "cases:case_plans",
}
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


def requirements(opened: Opened, rule: StageRule, *, on: date) -> list[dict[str, Any]]:
    """What the target rests on, each with whether it stands and where it is written down."""
    missing = missing_requirements(opened=opened, wanted=rule.requirements, on=on)
    return [
        {
            "text": _(REQUIREMENTS[requirement]),
            "is_met": requirement not in missing,
            "url": reverse(WRITTEN_IN[requirement], args=[opened.case.pk]),
        }
        for requirement in Requirement
        if requirement in rule.requirements
    ]


def beside(opened: Opened, *, on: date) -> dict[str, Any]:
    """What goes on beside the stages, in words, with what the reader may do about it."""
    case = opened.case
    period = open_period(case)
    actions = []
    if opened.may(Question.PAUSE):
        url = reverse("cases:case_standing", args=[case.pk])
        actions.append({"label": _("Vila, avbrott eller åter i gång"), "url": url})
    if period and opened.may(Question.EDIT_CASE):
        url = reverse("cases:case_programme_leave", args=[case.pk])
        actions.append({"label": _("Avsluta det gemensamma programmet"), "url": url})
    if opened.may(Question.EDIT_CASE) and has_newer(case, on=on):
        url = reverse("cases:case_workflow_move", args=[case.pk])
        actions.append({"label": _("Följ den nyaste versionen av arbetssättet"), "url": url})
    if is_ended(Stage(case.stage)) and may_try(role=opened.actor.role, right=Right.OPEN_CASES):
        url = reverse("cases:case_reenter", args=[case.pk])
        actions.append({"label": _("Återaktualisera"), "url": url})
    rows: list[dict[str, Any]] = [{"key": _("Läge"), "value": _(STANDING_NAMES[Standing(case.standing)])}]
    if case.track == Track.EXIT:
        row = {"key": _("Gemensamt program"), "value": _("Nej")}
        rows.append({"key": row["key"], "day": period.created_at} if period else row)
    return {"rows": rows, "actions": actions}


def explained(request: StageRequest) -> str:
    """What has become of a request that no longer waits."""
    sentence = EXPLAINED.get(RequestState(request.state))
    return _(sentence) if sentence else ""


def _ticked(request: StageRequest) -> list[str]:
    texts = {item.code: item.text for item in rule_for(request).items}
    return [f"✓ {_(texts.get(code, code))}" for code in request.checklist]
