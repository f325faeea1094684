"""What a stage rests on, written into the demo's cases before it is asked for, by the same verbs as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from audit.events import Actor
from cases.access import Opened
from cases.actions import assessments, consents
from cases.models import StageRule
from cases.models.assessment import AssessmentKind, ThreatLevel
from cases.models.consent import ConsentForm, Giver, Receiver
from cases.queries.standing import missing_requirements
from cases.workflow import Requirement

Writer = Callable[[Opened, Actor, datetime], object]


def meet(*, opened: Opened, rule: StageRule, by: Actor, at: datetime) -> None:
    """Write down what the rule wants and the case does not have yet."""
    for requirement in missing_requirements(opened=opened, wanted=rule.requirements, on=at.date()):
        WRITERS[requirement](opened, by, at)


def _consent(opened: Opened, by: Actor, at: datetime) -> object:
    values = {
        "givers": [Giver.CLIENT],
        "giver_names": opened.case.person.full_name,
        "receivers": [Receiver.POLICE, Receiver.PROBATION],
        "extent": "Hotbild, planering och tider för möten.",
        "aim": "Gemensam bedömning och samordnat stöd.",
        "form": ConsentForm.WRITTEN,
        "starts_on": at.date(),
        "ends_on": at.date() + timedelta(days=365),
    }
    return consents.give(opened=opened, values=values, by=by, now=at)


def _threat(opened: Opened, by: Actor, at: datetime) -> object:
    draft = assessments.start(opened=opened, by=by, now=at)
    content = {
        "kind": AssessmentKind.THREAT,
        "assessed_on": at.date(),
        "assessor": "Hotbildsbedömare i demon",
        "sources": "Samtal med den enskilde och frivården.",
        "threat_level": ThreatLevel.RAISED,
        "threatened": "Den enskilde.",
        "result": "Hotet gäller främst på den tidigare orten.",
        "protective_factors": "Flytten är genomförd och kontakten med familjen fungerar.",
        "valid_until": at.date() + timedelta(days=365),
        "review_on": at.date() + timedelta(days=180),
    }
    given: dict[str, Any] = {"opened": opened, "by": by, "now": at}
    saved = assessments.save_draft(assessment=draft, content=content, version=draft.version, **given)
    return assessments.sign(assessment=saved, version=saved.version, **given)


WRITERS: dict[Requirement, Writer] = {
    Requirement.CONSENT_POLICE: _consent,
    Requirement.THREAT_ASSESSED: _threat,
}
