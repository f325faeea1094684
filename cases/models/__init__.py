"""The programme's tables. Content is sealed; what is plain says why in `plain_because`."""

from cases.models.birth_date_watch import BirthDateWatch
from cases.models.case import Case
from cases.models.consent import Consent
from cases.models.deadline_rule import DeadlineRule
from cases.models.decision import Decision
from cases.models.decision_event import DecisionEvent
from cases.models.delegation import Delegation
from cases.models.enquiry import Enquiry
from cases.models.follow_up import FollowUp
from cases.models.grant import Basis, CaseGrant
from cases.models.legal_basis import LegalBasis
from cases.models.note import Note
from cases.models.person import IdentityKind, LegalSex, Person, Protection
from cases.models.programme import LeavingReason, ProgrammePeriod, StandingChange
from cases.models.provider import Provider
from cases.models.stage import RequestState, StageRequest
from cases.models.task import Task
from cases.models.workflow import StageRule, Workflow

__all__ = [
    "Basis",
    "BirthDateWatch",
    "Case",
    "CaseGrant",
    "Consent",
    "DeadlineRule",
    "Decision",
    "DecisionEvent",
    "Delegation",
    "Enquiry",
    "FollowUp",
    "IdentityKind",
    "LeavingReason",
    "LegalBasis",
    "LegalSex",
    "Note",
    "Person",
    "ProgrammePeriod",
    "Protection",
    "Provider",
    "RequestState",
    "StageRequest",
    "StageRule",
    "StandingChange",
    "Task",
    "Workflow",
]
