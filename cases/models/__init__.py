"""The programme's tables. Content is sealed; what is plain says why in `plain_because`."""

from cases.models.case import Case
from cases.models.enquiry import Enquiry
from cases.models.grant import Basis, CaseGrant
from cases.models.note import Note
from cases.models.person import IdentityKind, LegalSex, Person, Protection
from cases.models.stage import RequestState, StageRequest

__all__ = [
    "Basis",
    "Case",
    "CaseGrant",
    "Enquiry",
    "IdentityKind",
    "LegalSex",
    "Note",
    "Person",
    "Protection",
    "RequestState",
    "StageRequest",
]
