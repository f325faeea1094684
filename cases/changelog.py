"""Which models django-auditlog follows. What was changed is sealed under the case's key (`audit.changes`)."""

from __future__ import annotations

from auditlog.registry import auditlog

from cases.models import Case, Consent, Decision, Enquiry, FollowUp, Note, Person

ROW = ["version", "created_at", "created_by", "updated_at", "updated_by"]


def register() -> None:
    """Follow the models whose fields professionals edit; bookkeeping columns are left out."""
    auditlog.register(Person)
    auditlog.register(Case, exclude_fields=["version"])
    auditlog.register(Consent, exclude_fields=ROW)
    auditlog.register(Decision, exclude_fields=ROW)
    auditlog.register(Enquiry)
    auditlog.register(FollowUp, exclude_fields=ROW)
    auditlog.register(Note, exclude_fields=["version", "updated_at"])
