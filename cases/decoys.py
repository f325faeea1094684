"""Tells the record which cases may be decoys: those in which no person can be. Opens nothing.

A decoy is an ordinary case that colleagues have made up on the ordinary pages, so that nothing in the database tells
it from others. What comes from an enquiry, is shared with others or has been decided may be about somebody, and is
refused: a decoy's deadlines trouble nobody, which must never befall a person.
"""

from __future__ import annotations

from uuid import UUID

from audit.decoys import knowledge
from avhopp.sealed import scope as scopes
from cases.models import Case, Consent, Decision, Disclosure, Enquiry, RequestState, StageRequest
from cases.row_rules import DECOY


def register() -> None:
    """Tell the record; called once when the application starts."""
    knowledge.register(is_unused)


def is_unused(scope: UUID) -> bool:
    """Tell whether a case came from no enquiry, stands alone, and has no consent, decision, disclosure or new stage."""
    with scopes.asking_as(DECOY):
        case = Case.objects.only("id", "person", "related_to").filter(pk=scope).first()
        if case is None or case.related_to_id is not None:
            return False
        approved = StageRequest.objects.filter(case=case, state=RequestState.APPROVED)
        of_somebody = (
            Enquiry.objects.filter(case=case),
            Case.objects.filter(person=case.person_id).exclude(pk=case.pk),
            Case.objects.filter(related_to=case),
            Consent.objects.filter(case=case),
            Decision.objects.filter(case=case),
            Disclosure.objects.filter(case=case),
            approved,
        )
        return not any(rows.exists() for rows in of_somebody)
