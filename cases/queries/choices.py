"""The codes that forms offer, from the models that define them, so that the interface imports no models."""

from __future__ import annotations

from cases.models.agreement import Consequence, Party, Signed
from cases.models.assessment import AssessmentKind, ThreatLevel
from cases.models.case import Intake
from cases.models.consent import ConsentForm, Giver, Receiver
from cases.models.contact import ChannelKind, ContactKind, ContactResult, Reaches
from cases.models.decision import Communication, Following
from cases.models.decision_event import AppealOutcome, EventKind, NotifiedBy
from cases.models.deviation import DeviationKind, Severity
from cases.models.disclosure import GIVING, RECIPIENTS, Answer, Initiative, Matter, Verification, Way
from cases.models.disposal import DisposalState
from cases.models.document import Direction, Scan
from cases.models.emergency import EmergencyReason, EmergencyVerdict
from cases.models.enquiry import Channel, Outcome, Source, Urgency
from cases.models.follow_up import Crime, Housing, KnownThreat, Occupation, Point, Reached, Substance
from cases.models.grant import FOREVER, Basis
from cases.models.guardian import Custody, RepresentativeKind
from cases.models.hold import HoldGround
from cases.models.identity import AliasKind
from cases.models.incident import Against, IncidentKind, PoliceReport
from cases.models.meeting import Place
from cases.models.note import NoteKind
from cases.models.person import BirthDateSource, CoordinationLevel, IdentityKind, LegalSex, Protection
from cases.models.plan import Agrees, PlanKind
from cases.models.programme import LeavingReason
from cases.models.provider import PLACEMENTS, ProviderKind
from cases.models.recusal import RecusalGround
from cases.models.register_import import ImportState
from cases.models.relation import RelationKind, Threat
from cases.models.restriction import RestrictionGround
from cases.models.staff_tie import TieKind
from cases.models.stage import RequestState
from cases.models.task import TaskEnd, TaskKind
from cases.models.transfer import TransferAnswer
from cases.models.unit_request import UnitAnswer
from cases.models.unmasking import FieldGroup

__all__ = [
    "FOREVER",
    "GIVING",
    "PLACEMENTS",
    "RECIPIENTS",
    "Against",
    "Agrees",
    "AliasKind",
    "Answer",
    "AppealOutcome",
    "AssessmentKind",
    "Basis",
    "BirthDateSource",
    "Channel",
    "ChannelKind",
    "Communication",
    "ConsentForm",
    "Consequence",
    "ContactKind",
    "ContactResult",
    "CoordinationLevel",
    "Crime",
    "Custody",
    "DeviationKind",
    "Direction",
    "DisposalState",
    "EmergencyReason",
    "EmergencyVerdict",
    "EventKind",
    "FieldGroup",
    "Following",
    "Giver",
    "HoldGround",
    "Housing",
    "IdentityKind",
    "ImportState",
    "IncidentKind",
    "Initiative",
    "Intake",
    "KnownThreat",
    "LeavingReason",
    "LegalSex",
    "Matter",
    "NoteKind",
    "NotifiedBy",
    "Occupation",
    "Outcome",
    "Party",
    "Place",
    "PlanKind",
    "Point",
    "PoliceReport",
    "Protection",
    "ProviderKind",
    "Reached",
    "Reaches",
    "Receiver",
    "RecusalGround",
    "RelationKind",
    "RepresentativeKind",
    "RequestState",
    "RestrictionGround",
    "Scan",
    "Severity",
    "Signed",
    "Source",
    "Substance",
    "TaskEnd",
    "TaskKind",
    "Threat",
    "ThreatLevel",
    "TieKind",
    "TransferAnswer",
    "UnitAnswer",
    "Urgency",
    "Verification",
    "Way",
]
