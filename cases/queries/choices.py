"""The codes that forms offer, from the models that define them, so that the interface imports no models."""

from __future__ import annotations

from cases.models.enquiry import Channel, Outcome, Source, Urgency
from cases.models.grant import FOREVER, Basis
from cases.models.note import NoteKind
from cases.models.person import IdentityKind, LegalSex, Protection
from cases.models.stage import RequestState

__all__ = [
    "FOREVER",
    "Basis",
    "Channel",
    "IdentityKind",
    "LegalSex",
    "NoteKind",
    "Outcome",
    "Protection",
    "RequestState",
    "Source",
    "Urgency",
]
