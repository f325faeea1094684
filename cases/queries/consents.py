"""The consents of an opened case."""

from __future__ import annotations

from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import Consent


def consents_of(opened: Opened) -> list[Consent]:
    """Every consent of the case, newest first."""
    found = Consent.objects.filter(case=opened.case).select_related("created_by", "case__person")
    return list(found.order_by("-created_at", "-id"))


def consent_of(opened: Opened, consent: UUID) -> Consent:
    """One consent of the case; raises `NotVisible`."""
    found = Consent.objects.filter(pk=consent, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found
