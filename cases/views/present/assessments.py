"""Assessments of risk and threat, as `components/record.html` reads them, and the threat level in the identity bar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import AssessmentKind, ThreatLevel
from cases.queries.rows import Assessment
from cases.views.present.drafts import actions, originals, signature, state

LEVEL_COLOURS = {
    ThreatLevel.LOW: "green",
    ThreatLevel.RAISED: "yellow",
    ThreatLevel.HIGH: "orange",
    ThreatLevel.ACUTE: "red",
}


def fact(threat: Assessment | None, *, today: date) -> list[dict[str, str]]:
    """The threat level and its day among the facts of the identity bar; nothing when nobody has assessed it."""
    if threat is None:
        return []
    words = (
        _("%(level)s, bedömd %(day)s") if threat.is_valid(today) else _("%(level)s, gällde till %(until)s")
    )
    value = words % {
        "level": ThreatLevel(threat.threat_level).label,
        "day": f"{threat.assessed_on:%Y-%m-%d}",
        "until": f"{threat.valid_until:%Y-%m-%d}",
    }
    return [{"label": _("Hotnivå"), "value": value}]


def records(opened: Opened, assessments: list[Assessment], *, today: date) -> list[dict[str, Any]]:
    """Drafts first, then the newest of each kind whole, and the earlier ones folded."""
    waiting = [each for each in assessments if not each.is_signed]
    signed = sorted(
        (each for each in assessments if each.is_signed),
        key=lambda each: (each.assessed_on, each.created_at),
        reverse=True,
    )
    newest: dict[str, Assessment] = {}
    for each in signed:
        newest.setdefault(each.kind, each)
    return [
        *(entry(opened, each, today=today) for each in waiting),
        *(entry(opened, each, today=today) for each in newest.values()),
        *(
            {**entry(opened, each, today=today), "earlier": True}
            for each in signed
            if newest[each.kind] is not each
        ),
    ]


def entry(opened: Opened, assessment: Assessment, *, today: date) -> dict[str, Any]:
    """One assessment with what the reader may do."""
    return {
        "id": f"n-{assessment.pk}",
        "title": kind(assessment.kind),
        "tags": _tags(assessment, today),
        "sub": signature(assessment),
        "rows": _rows(assessment),
        "parts": texts(_content(assessment)),
        "originals": originals(assessment, parts=_before),
        "actions": actions(opened, assessment, address="cases:case_assessment", writes=Question.EDIT_CASE),
    }


def kind(code: str | None) -> str:
    """What was assessed, in words."""
    return str(AssessmentKind(code).label) if code else _("Bedömning utan slag")


def texts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is written under its headings; what comes from the police carries its mark."""
    shown = [
        (_("Resultat"), "result", ""),
        (_("Uppgifter från polisen"), "police_information", _("Lämnas inte ut utan menprövning")),
        (_("Mot vem riktas hotet"), "threatened", ""),
        (_("Motivation"), "motivation", ""),
        (_("Skyddsfaktorer"), "protective_factors", ""),
        (_("Skäl för rättelsen"), "correction_reason", ""),
    ]
    return [
        {"label": label, "text": str(content[name]), "mark": mark}
        for label, name, mark in shown
        if content.get(name)
    ]


def parts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The whole assessment as text under headings, for comparing two and for keeping one."""
    level = content.get("threat_level")
    shown = [
        (_("Slag"), kind(content.get("kind")) if content.get("kind") else ""),
        (_("Dag"), _day(content.get("assessed_on"))),
        (_("Bedömare"), content.get("assessor")),
        (_("Utbildning"), content.get("training")),
        (_("Källor"), content.get("sources")),
        (_("Hotnivå"), ThreatLevel(level).label if level else ""),
        (_("Ny bedömning senast"), _day(content.get("review_on"))),
        (_("Gäller till och med"), _day(content.get("valid_until"))),
    ]
    return [{"label": label, "text": str(text)} for label, text in shown if text] + texts(content)


def _before(assessment: Assessment) -> list[dict[str, str]]:
    return parts({**_content(assessment), "correction_reason": ""})


def _content(assessment: Assessment) -> dict[str, Any]:
    return {name: getattr(assessment, name) for name in assessment.content}


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _tags(assessment: Assessment, today: date) -> list[dict[str, str]]:
    tags = []
    if assessment.threat_level:
        level = ThreatLevel(assessment.threat_level)
        words = _("Hotnivå: %(level)s") % {"level": level.label}
        tags.append({"text": words, "colour": LEVEL_COLOURS[level]})
    if assessment.is_signed and not assessment.is_valid(today):
        tags.append({"text": _("Gäller inte längre"), "colour": "grey"})
    return [*tags, state(assessment)]


def _rows(assessment: Assessment) -> list[dict[str, str]]:
    who = assessment.assessor
    if assessment.training:
        who = f"{who}\n{_('Utbildning: %(training)s') % {'training': assessment.training}}"
    rows = [
        (_("Bedömd"), _day(assessment.assessed_on)),
        (_("Bedömare"), who),
        (_("Källor"), assessment.sources),
        (_("Gäller till och med"), _day(assessment.valid_until)),
        (_("Ny bedömning senast"), _day(assessment.review_on)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
