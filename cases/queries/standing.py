"""What stands in a case that stages ask for: consents, decisions, agreement, assessment, plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cases.access import Opened
from cases.models import Consent
from cases.models.consent import Receiver
from cases.queries.agreements import has_signed_agreement
from cases.queries.assessments import has_valid_threat_assessment
from cases.queries.decisions import has_decision_in_force
from cases.queries.plans import has_agreed_plan
from cases.workflow import Requirement

Check = Callable[[Opened, date], bool]


def missing_requirements(
    *, opened: Opened, wanted: frozenset[Requirement], on: date
) -> tuple[Requirement, ...]:
    """Those of the wanted that do not stand that day, in the order of the catalogue."""
    return tuple(
        requirement
        for requirement in Requirement
        if requirement in wanted and not CHECKS[requirement](opened, on)
    )


def has_consent_for(opened: Opened, receiver: Receiver, on: date) -> bool:
    """Tell whether a consent in force names the receiver."""
    consents = Consent.objects.filter(case=opened.case).select_related("case__person")
    return any(consent.is_in_force(on) and receiver in consent.receivers for consent in consents)


CHECKS: dict[Requirement, Check] = {
    Requirement.CONSENT_POLICE: lambda opened, on: has_consent_for(opened, Receiver.POLICE, on),
    Requirement.AGREEMENT_SIGNED: has_signed_agreement,
    Requirement.DECISION_IN_FORCE: has_decision_in_force,
    Requirement.THREAT_ASSESSED: has_valid_threat_assessment,
    Requirement.PLAN_AGREED: has_agreed_plan,
}
