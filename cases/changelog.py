"""Which models django-auditlog follows. What was changed is sealed under the case's key (`audit.changes`)."""

from __future__ import annotations

from auditlog.registry import auditlog

from cases.models import (
    Alias,
    Assessment,
    Case,
    Consent,
    Contact,
    ContactChannel,
    Decision,
    EarlierNumber,
    Enquiry,
    FollowUp,
    Guardian,
    NeedsMapping,
    NetworkTie,
    Note,
    Person,
    Relation,
    Representative,
)

ROWS = (
    Alias,
    Assessment,
    Consent,
    Contact,
    ContactChannel,
    Decision,
    EarlierNumber,
    FollowUp,
    Guardian,
    NeedsMapping,
    NetworkTie,
    Relation,
    Representative,
)
BOOKKEEPING = ["version", "created_at", "created_by", "updated_at", "updated_by"]


def register() -> None:
    """Follow the models whose fields professionals edit; bookkeeping columns are left out."""
    auditlog.register(Person)
    auditlog.register(Case, exclude_fields=["version"])
    auditlog.register(Enquiry)
    auditlog.register(Note, exclude_fields=["version", "updated_at"])
    for row in ROWS:
        auditlog.register(row, exclude_fields=BOOKKEEPING)
