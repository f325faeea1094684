"""What a stage rests on, written into the demo's cases before it is asked for, by the same verbs as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from audit.events import Actor
from cases.access import Opened
from cases.actions import assessments, consents, decision_events, decisions, plans
from cases.ages import is_child
from cases.catalogue.decision_kinds import DecisionKind, Measure
from cases.catalogue.legal_bases import SOL
from cases.models import LegalBasis, StageRule
from cases.models.assessment import AssessmentKind, ThreatLevel
from cases.models.consent import ConsentForm, Giver, Receiver
from cases.models.decision import Communication
from cases.models.decision_event import EventKind, NotifiedBy
from cases.models.plan import Agrees, PlanKind
from cases.needs import Area
from cases.queries.delegations import delegation_on
from cases.queries.standing import missing_requirements
from cases.workflow import Requirement, Stage, Track

Writer = Callable[[Opened, Actor, datetime], object]


def meet(*, opened: Opened, rule: StageRule, by: Actor, at: datetime) -> None:
    """Write down what the rule wants and the case does not have yet."""
    for requirement in missing_requirements(opened=opened, wanted=rule.requirements, on=at.date()):
        WRITERS[requirement](opened, by, at)


MORE_PARTIES = (Receiver.SOCIAL_SERVICES, Receiver.HEALTH)


def _consent(opened: Opened, by: Actor, at: datetime) -> object:
    values = {
        "givers": [Giver.CLIENT],
        "giver_names": opened.case.person.full_name,
        "receivers": [Receiver.POLICE, Receiver.PROBATION, *(MORE_PARTIES if at.day % 3 == 0 else ())],
        "extent": "Hotbild, planering och tider för möten.",
        "aim": "Gemensam bedömning och samordnat stöd.",
        "form": ConsentForm.WRITTEN,
        "starts_on": at.date(),
        "ends_on": at.date() + timedelta(days=365),
    }
    return consents.give(opened=opened, values=values, by=by, now=at)


def _threat(opened: Opened, by: Actor, at: datetime) -> object:
    """Assess the threat, and ask about violence in close relationships as the routine of the demo's agreement says."""
    asked = {
        "kind": AssessmentKind.FREDA,
        "assessed_on": at.date(),
        "assessor": "Bedömare i demon",
        "training": "Bedömningsmetoden, två dagar",
        "sources": "Samtal med den enskilde.",
        "result": "Frågan är ställd. Inget våld i nära relation har framkommit.",
        "valid_until": at.date() + timedelta(days=365),
        "review_on": at.date() + timedelta(days=180),
    }
    _assessed(opened, asked, by, at)
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
    return _assessed(opened, content, by, at)


def _assessed(opened: Opened, content: dict[str, Any], by: Actor, at: datetime) -> object:
    given: dict[str, Any] = {"opened": opened, "by": by, "now": at}
    draft = assessments.start(**given)
    saved = assessments.save_draft(assessment=draft, content=content, version=draft.version, **given)
    return assessments.sign(assessment=saved, version=saved.version, **given)


def _decision(opened: Opened, by: Actor, at: datetime) -> object:
    """Protection at once while the inquiry goes on, and support when it is done; told and carried out the same day."""
    given: dict[str, Any] = {"opened": opened, "by": by, "now": at}
    is_acute = opened.case.stage in {Stage.INTAKE, Stage.ASSESSMENT, Stage.INQUIRY}
    kind = DecisionKind.ACUTE if is_acute else DecisionKind.GRANT
    draft = decisions.draft(kind=kind, **given)
    saved = decisions.save_draft(
        decision=draft, content=_ruling(opened, by, at, is_acute), version=draft.version, **given
    )
    signed = decisions.sign(decision=saved, version=saved.version, **given)
    happened: tuple[dict[str, Any], ...] = (
        {"kind": EventKind.NOTIFIED, "way": NotifiedBy.MEETING, "has_appeal_text": True},
        {"kind": EventKind.EXECUTED, "text": "Insatsen har börjat."},
    )
    for values in happened:
        decision_events.note(decision=signed, values={**values, "happened_on": at.date()}, **given)
    return signed


def _ruling(opened: Opened, by: Actor, at: datetime, is_acute: bool) -> dict[str, Any]:
    day = at.date()
    code = "sol_11_1" if day >= SOL else "sol_2001_4_1"
    basis = LegalBasis.objects.filter(code=code).latest("valid_from")
    own = delegation_on(day, person=by.person, code=code) is not None
    born = opened.case.person.birth_date
    return {
        "legal_basis": basis,
        "measure": Measure.OPEN if born else Measure.OTHER,
        "guardian_consents": True if born and is_child(born=born, day=day) else None,
        "ruling": "Tillfälligt boende på annan ort." if is_acute else "Boendestöd och samtal varje vecka.",
        "starts_on": day,
        "ends_on": day + timedelta(days=730),
        "reasons": "Hotet gör att behovet av skydd och stöd inte kan tillgodoses på annat sätt.",
        "communication": Communication.CANNOT_WAIT if is_acute else Communication.DONE,
        "communicated_on": None if is_acute else day,
        "ends_inquiry": not is_acute,
        "by_committee": not own,
        "protocol": "" if own else f"Sociala utskottet {day:%Y-%m-%d} § 7",
        "decided_on": None if own else day,
    }


def _plan(opened: Opened, by: Actor, at: datetime) -> object:
    given: dict[str, Any] = {"opened": opened, "by": by, "now": at}
    draft = plans.start(**given)
    saved = plans.save_draft(plan=draft, content=_what_is_planned(opened, at), version=draft.version, **given)
    return plans.sign(plan=saved, version=saved.version, **given)


def _what_is_planned(opened: Opened, at: datetime) -> dict[str, Any]:
    day = at.date()
    is_young = opened.case.track == Track.PREVENTION
    goals = YOUNG_GOALS if is_young else GOALS
    return {
        "kind": PlanKind.COMMITMENT if is_young else PlanKind.IMPLEMENTATION,
        "agreed_on": day,
        "client_agrees": Agrees.YES if opened.case.number < "26-M" else Agrees.PARTLY,
        "goals": [
            {
                "code": uuid4().hex,
                "area": area,
                "text": text,
                "sign": sign,
                "until": (day + timedelta(days=days)).isoformat(),
                "interventions": [
                    {
                        "what": what,
                        "who": who,
                        "provider": "",
                        "provider_name": "",
                        "starts_on": day.isoformat(),
                        "ends_on": "",
                        "reason": "",
                    }
                ],
            }
            for area, text, sign, days, what, who in goals
        ],
        "client_view": "Vill få lugn och ro och klara sig själv. Tycker att takten är lagom.",
        "guardians_view": "De är med på planen." if is_young else "",
        "follow_up_on": day + timedelta(days=90),
    }


GOALS = (
    (Area.HOUSING, "Ett eget boende på en trygg ort.", "Kontraktet är skrivet.", 180,
     "Stöd i kontakten med hyresvärdar.", "Handläggaren, varje vecka"),
    (Area.OCCUPATION, "En sysselsättning på dagarna.", "Går dit minst fyra dagar i veckan.", 120,
     "Praktikplats genom Arbetsförmedlingen.", "Handläggaren och Arbetsförmedlingen"),
    (Area.NETWORK, "Människor att vända sig till som inte är i nätverket.", "Kan nämna tre.", 240,
     "Samtal om nätverk och fritid.", "Behandlaren, varannan vecka"),
)  # fmt: skip
YOUNG_GOALS = (
    (Area.SCHOOL, "I skolan varje dag.", "Närvaron är över nittio procent.", 120,
     "Möte med mentor och elevhälsa.", "Skolan, var tredje vecka"),
    (Area.NETWORK, "En fritid med vuxna i närheten.", "Tränar två kvällar i veckan.", 150,
     "Följs till föreningen de första gångerna.", "Fältare och vårdnadshavare"),
)  # fmt: skip

WRITERS: dict[Requirement, Writer] = {
    Requirement.CONSENT_POLICE: _consent,
    Requirement.DECISION_IN_FORCE: _decision,
    Requirement.THREAT_ASSESSED: _threat,
    Requirement.PLAN_AGREED: _plan,
}
