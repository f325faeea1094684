"""The types of the rows that queries give, for the signatures of pages, which import no models.

Pages read these rows and hand them to actions; they never fetch, change or save them.
"""

from __future__ import annotations

from audit.queries import Reading
from avhopp.accounts.models import Unit, User
from cases.models import (
    Alias,
    Assessment,
    Case,
    CaseGrant,
    Consent,
    Contact,
    ContactChannel,
    DeadlineRule,
    Decision,
    DecisionEvent,
    Delegation,
    Document,
    EarlierNumber,
    Enquiry,
    FollowUp,
    Guardian,
    LegalBasis,
    NeedsMapping,
    NetworkTie,
    Note,
    Person,
    Provider,
    RegisterImport,
    Relation,
    Representative,
    StageRequest,
    StageRule,
    Task,
    Workflow,
)
from cases.models.row import Row

__all__ = [
    "Alias",
    "Assessment",
    "Case",
    "CaseGrant",
    "Consent",
    "Contact",
    "ContactChannel",
    "DeadlineRule",
    "Decision",
    "DecisionEvent",
    "Delegation",
    "Document",
    "EarlierNumber",
    "Enquiry",
    "FollowUp",
    "Guardian",
    "LegalBasis",
    "NeedsMapping",
    "NetworkTie",
    "Note",
    "Person",
    "Provider",
    "Reading",
    "RegisterImport",
    "Relation",
    "Representative",
    "Row",
    "StageRequest",
    "StageRule",
    "Task",
    "Unit",
    "User",
    "Workflow",
]
