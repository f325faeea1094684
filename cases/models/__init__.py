"""The programme's tables. Content is sealed; what is plain says why in `plain_because`."""

from cases.models.agreement import Agreement, AgreementBreach, AgreementSignature
from cases.models.assessment import Assessment
from cases.models.birth_date_watch import BirthDateWatch
from cases.models.case import Case
from cases.models.consent import Consent
from cases.models.contact import Contact, ContactChannel
from cases.models.deadline_rule import DeadlineRule
from cases.models.decision import Decision
from cases.models.decision_event import DecisionEvent
from cases.models.delegation import Delegation
from cases.models.deviation import Deviation
from cases.models.disclosure import Disclosure
from cases.models.disposal import Disposal, DisposalCertificate, DisposalState
from cases.models.document import Document
from cases.models.emergency import EmergencyAccess
from cases.models.enquiry import Enquiry
from cases.models.follow_up import FollowUp
from cases.models.grant import Basis, CaseGrant
from cases.models.guardian import Guardian, Representative
from cases.models.hold import RetentionHold
from cases.models.identity import Alias, EarlierNumber
from cases.models.impartiality import HomeAddress, ImpartialityStatement
from cases.models.incident import Incident
from cases.models.legal_basis import LegalBasis
from cases.models.listed import ListedCase
from cases.models.meeting import KeepApart, Meeting
from cases.models.needs_mapping import NeedsMapping
from cases.models.note import Note
from cases.models.person import IdentityKind, LegalSex, Person, Protection
from cases.models.plan import Plan, PlanFollowUp
from cases.models.programme import LeavingReason, ProgrammePeriod, StandingChange
from cases.models.provider import Provider
from cases.models.recusal import Recusal
from cases.models.register_import import RegisterImport
from cases.models.relation import NetworkTie, Relation
from cases.models.restriction import Restriction
from cases.models.staff_tie import StaffTie
from cases.models.stage import RequestState, StageRequest
from cases.models.task import Task
from cases.models.transfer import Transfer
from cases.models.unit_request import UnitRequest
from cases.models.unmasking import Unmasking
from cases.models.workflow import StageRule, Workflow

__all__ = [
    "Agreement",
    "AgreementBreach",
    "AgreementSignature",
    "Alias",
    "Assessment",
    "Basis",
    "BirthDateWatch",
    "Case",
    "CaseGrant",
    "Consent",
    "Contact",
    "ContactChannel",
    "DeadlineRule",
    "Decision",
    "DecisionEvent",
    "Delegation",
    "Deviation",
    "Disclosure",
    "Disposal",
    "DisposalCertificate",
    "DisposalState",
    "Document",
    "EarlierNumber",
    "EmergencyAccess",
    "Enquiry",
    "FollowUp",
    "Guardian",
    "HomeAddress",
    "IdentityKind",
    "ImpartialityStatement",
    "Incident",
    "KeepApart",
    "LeavingReason",
    "LegalBasis",
    "LegalSex",
    "ListedCase",
    "Meeting",
    "NeedsMapping",
    "NetworkTie",
    "Note",
    "Person",
    "Plan",
    "PlanFollowUp",
    "ProgrammePeriod",
    "Protection",
    "Provider",
    "Recusal",
    "RegisterImport",
    "Relation",
    "Representative",
    "RequestState",
    "Restriction",
    "RetentionHold",
    "StaffTie",
    "StageRequest",
    "StageRule",
    "StandingChange",
    "Task",
    "Transfer",
    "UnitRequest",
    "Unmasking",
    "Workflow",
]
