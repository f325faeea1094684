"""The types of the rows that queries give, for the signatures of pages, which import no models.

Pages read these rows and hand them to actions; they never fetch, change or save them.
"""

from __future__ import annotations

from audit.queries import Reading
from avhopp.accounts.models import User
from cases.models import (
    Case,
    CaseGrant,
    Consent,
    Enquiry,
    Note,
    Person,
    Provider,
    StageRequest,
    StageRule,
    Task,
)

__all__ = [
    "Case",
    "CaseGrant",
    "Consent",
    "Enquiry",
    "Note",
    "Person",
    "Provider",
    "Reading",
    "StageRequest",
    "StageRule",
    "Task",
    "User",
]
