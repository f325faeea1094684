"""Which models django-auditlog follows. What was changed is sealed under the case's key (`audit.changes`)."""

from __future__ import annotations

from auditlog.registry import auditlog
from django.db.models import Model

from cases.models import (
    Agreement,
    AgreementBreach,
    Alias,
    Assessment,
    Case,
    Consent,
    Contact,
    ContactChannel,
    Decision,
    Deviation,
    Disclosure,
    EarlierNumber,
    EmergencyAccess,
    Enquiry,
    FollowUp,
    Guardian,
    Incident,
    KeepApart,
    Meeting,
    NeedsMapping,
    NetworkTie,
    Note,
    Person,
    Plan,
    PlanFollowUp,
    Recusal,
    Relation,
    Representative,
    Restriction,
    StaffTie,
    Transfer,
)

ROWS = (
    Agreement,
    AgreementBreach,
    Alias,
    Assessment,
    Consent,
    Contact,
    ContactChannel,
    Decision,
    Deviation,
    Disclosure,
    EarlierNumber,
    FollowUp,
    Guardian,
    Incident,
    KeepApart,
    Meeting,
    NeedsMapping,
    NetworkTie,
    Plan,
    PlanFollowUp,
    Recusal,
    Relation,
    Representative,
    Restriction,
    StaffTie,
    Transfer,
)
BOOKKEEPING = ["version", "created_at", "created_by", "updated_at", "updated_by"]


def register() -> None:
    """Follow the models whose fields professionals edit; bookkeeping columns are left out."""
    _follow(Person, [])
    _follow(Case, ["version"])
    _follow(Enquiry, [])
    _follow(Note, ["version", "updated_at"])
    _follow(EmergencyAccess, [*BOOKKEEPING, "told_at"])
    for row in ROWS:
        _follow(row, BOOKKEEPING)


def _follow(model: type[Model], left_out: list[str]) -> None:
    # Rows that point here are no fields of ours; the library would fetch each of them to compare.
    pointing_here = [field.name for field in model._meta.get_fields() if not field.concrete]
    auditlog.register(model, exclude_fields=[*left_out, *pointing_here])
