"""The case's overview: the person, the case, what to do next, what has happened."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import Intake, RequestState, Source
from cases.queries.file import Step, approval_verdict
from cases.queries.rows import Case, Reading, StageRequest
from cases.views.present.bar import stage_name
from cases.workflow import Stage, Standing, Track, is_ended, targets


def case_rows(case: Case) -> list[dict[str, Any]]:
    """What the case says about itself."""
    return [
        {"key": _("Vad ärendet gäller"), "value": case.need},
        {"key": _("Kom in som"), "value": Intake(case.intake).label},
        {"key": _("Initiativtagare"), "value": Source(case.source).label},
        {"key": _("Nästa tidsfrist"), "day": case.next_deadline, "value": _("Ingen satt")},
    ]


def stages(steps: list[Step]) -> list[dict[str, Any]]:
    """What `components/stages.html` reads."""
    return [{"label": _(step.label), "state": step.state, "day": step.day} for step in steps]


def next_step(opened: Opened, pending: StageRequest | None) -> dict[str, Any]:
    """The one thing to do next in the case, in words, with its button if the reader can do it."""
    case = opened.case
    if pending is not None:
        return _waiting(opened, pending)
    # The gate of the joint programme is never the ordinary next step, so nobody need ask whether it is passed.
    ways = targets(
        track=Track(case.track), stage=Stage(case.stage), standing=Standing(case.standing), is_joint=True
    )
    if case.standing == Standing.TRANSFERRED:
        return {
            "title": _("Ärendet är överflyttat"),
            "text": _("Det kan läsas, men arbetet görs i den nya kommunen."),
        }
    if not ways:
        return {"title": _("Ärendet är avslutat och uppföljt"), "text": _("Inget mer ska göras i det.")}
    ahead = stage_name(ways[0])
    step: dict[str, Any] = {
        "title": _("Nästa skede: %(stage)s") % {"stage": ahead},
        "text": _("När arbetet i skedet är klart begärs nästa, och någon annan godkänner."),
    }
    if is_ended(Stage(case.stage)):
        step["text"] = _("Ärendet är avslutat. När uppföljningen är gjord begärs det sista skedet.")
    if opened.may(Question.REQUEST_STAGE):
        step |= {"url": reverse("cases:case_stage_request", args=[case.pk]), "label": _("Begär nästa skede")}
    return step


def _waiting(opened: Opened, pending: StageRequest) -> dict[str, Any]:
    verdict = approval_verdict(opened, pending)
    return {
        "title": _("Skedet %(stage)s väntar på godkännande") % {"stage": stage_name(pending.to_stage)},
        "text": _("%(who)s har begärt det.") % {"who": pending.requested_by.name},
        "url": reverse("cases:case_stage_decide", args=[opened.case.pk, pending.pk]),
        "label": _("Pröva begäran") if verdict else _("Läs begäran"),
        "kind": "" if verdict else "secondary",
    }


def events(opened: Opened, readings: list[Reading], requests: list[StageRequest]) -> list[dict[str, Any]]:
    """What has happened, newest first: from the record, and the stages in words."""
    told: list[dict[str, Any]] = [
        {
            "title": sentence(reading),
            "at": reading.at,
            "who": reading.who or _(reading.role_name),
            "text": reading.about,
        }
        for reading in readings
    ]
    for request in requests:
        told += _request_events(request)
    return sorted(told, key=lambda event: event["at"], reverse=True)[:20]


def sentence(reading: Reading) -> str:
    """An event's sentence with a capital."""
    words = _(reading.event.sentence)
    return words[:1].upper() + words[1:]


def _request_events(request: StageRequest) -> list[dict[str, Any]]:
    name = {"stage": stage_name(request.to_stage)}
    url = reverse("cases:case_stage_decide", args=[request.case_id, request.pk])
    found: list[dict[str, Any]] = [
        {
            "title": _("Begärde skedet %(stage)s") % name,
            "at": request.requested_at,
            "who": request.requested_by.name,
            "url": url,
        }
    ]
    ends = {
        RequestState.APPROVED: _("Godkände skedet %(stage)s"),
        RequestState.RETURNED: _("Återlämnade begäran om skedet %(stage)s"),
        RequestState.WITHDRAWN: _("Återtog begäran om skedet %(stage)s"),
        RequestState.VOID: _("Begäran om skedet %(stage)s föll därför att underlaget ändrades"),
    }
    if request.decided_at is not None:
        who = request.decided_by.name if request.decided_by else ""
        if request.state == RequestState.WITHDRAWN:
            who = ""
        title = ends[RequestState(request.state)] % name
        found.append({"title": title, "at": request.decided_at, "who": who, "url": url})
    return found
