"""The shipped first version of what each stage needs: its checklist, who asks and approves, and what must stand.

Sources: domain.md §1 and §2. A municipality makes new versions; a case keeps the version that it was begun under until
somebody moves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from avhopp.accounts.roles import RIGHTS, Right, Role
from avhopp.translation import gettext_noop
from cases.workflow import JOINT_FROM, ORDER, Gate, Requirement, Stage, Target, Track

SHIPPED = UUID("0d5a3bb6-52a4-4f0e-8d8f-6f1d6f6c9a4e")
VERSION: dict[str, Any] = {
    "id": SHIPPED,
    "number": 1,
    "valid_from": date(2023, 1, 1),
    "note": gettext_noop("Levererad version"),
}
ASKERS = tuple(role for role in Role if Right.REQUEST_STAGES in RIGHTS[role])
APPROVERS = tuple(role for role in Role if Right.APPROVE_STAGES in RIGHTS[role])
# What a version may never leave out: without it the joint programme has no basis (domain.md §1).
ALWAYS: dict[Target, frozenset[Requirement]] = {
    Stage.ASSESSMENT: frozenset({Requirement.CONSENT_POLICE}),
    Gate.JOINT_PROGRAMME: frozenset(
        {Requirement.CONSENT_POLICE, Requirement.AGREEMENT_SIGNED, Requirement.DECISION_IN_FORCE}
    ),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: `code` is stored, `text` is what the worker ticks."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a target needs in one track."""

    track: Track
    target: Target
    checklist: tuple[Item, ...]
    requires: frozenset[Requirement]
    may_ask: tuple[Role, ...] = ASKERS
    may_approve: tuple[Role, ...] = APPROVERS

    @property
    def row_id(self) -> UUID:
        """The id of the row that this becomes, the same everywhere, so that an untouched one can be recognised."""
        return uuid5(SHIPPED, f"{self.track} {self.target}")


CHECKLISTS: dict[Target, tuple[Item, ...]] = {
    Stage.ASSESSMENT: (
        Item(
            "informed",
            gettext_noop("Personen har fått information om verksamheten, dokumentationen och sekretessen"),
        ),
        Item("safe_contact", gettext_noop("Vi vet hur vi når personen utan att röja kontakten")),
    ),
    Stage.PRELIMINARY: (
        Item(
            "protection_assessed",
            gettext_noop("Omedelbar skyddsbedömning är gjord och dokumenterad (SoL 19 kap.)"),
        ),
    ),
    Stage.INQUIRY: (
        Item("need_described", gettext_noop("Behov och hotbild är beskrivna i en anteckning")),
        Item(
            "acute_considered", gettext_noop("Det är prövat om akut skydd behövs innan utredningen är klar")
        ),
    ),
    Stage.AGREEMENT: (
        Item("inquiry_done", gettext_noop("Utredningen är kommunicerad med den enskilde (FL 25 §)")),
        Item("decision_ready", gettext_noop("Förslag till beslut finns")),
    ),
    Stage.ACUTE: (
        Item("address_guarded", gettext_noop("Adressen till boendet kan bara ses av dem som måste")),
        Item("guardian_asked", gettext_noop("Är personen under 18 år har vårdnadshavaren samtyckt")),
    ),
    Stage.SUPPORT: (Item("client_agrees", gettext_noop("Den enskilde är med på planen")),),
    Stage.STABILISING: (Item("threat_reviewed", gettext_noop("Hotbilden är bedömd på nytt")),),
    Stage.ESTABLISHING: (
        Item("housing", gettext_noop("Boendet är ordnat för den närmaste tiden")),
        Item("goals_reviewed", gettext_noop("Målen i planen är följda upp med den enskilde")),
    ),
    Stage.AFTERCARE: (
        Item("network", gettext_noop("Det finns en plan för stöd och kontakter efter utslussningen")),
    ),
    Stage.CLOSED: (
        Item("client_told", gettext_noop("Den enskilde är underrättad om avslutet")),
        Item("summary", gettext_noop("Slutanteckning är skriven och signerad")),
    ),
    Stage.FOLLOWED_UP: (Item("contacted", gettext_noop("Uppföljningen är gjord enligt överenskommet sätt")),),
    Gate.JOINT_PROGRAMME: (
        Item("motivated", gettext_noop("Motivationen är bedömd och beskriven i en anteckning")),
        Item("police_form", gettext_noop("Polisens blankett med villkoren är undertecknad")),
        Item("not_witness", gettext_noop("Polisen har bekräftat att personen inte är bevisperson")),
    ),
}
# Protection and housing are given on a decision, which may come before the inquiry is done. Support to the young and to
# relatives may be an open measure without one (SoL 11:5, 21:2), so there the plan alone is asked for.
_REQUIRES: dict[Target, frozenset[Requirement]] = {
    **ALWAYS,
    Stage.ACUTE: frozenset({Requirement.DECISION_IN_FORCE}),
    Stage.STABILISING: frozenset({Requirement.THREAT_ASSESSED, Requirement.PLAN_AGREED}),
    Stage.ESTABLISHING: frozenset({Requirement.DECISION_IN_FORCE, Requirement.PLAN_AGREED}),
    Stage.SUPPORT: frozenset({Requirement.PLAN_AGREED}),
}


def _all() -> tuple[Needs, ...]:
    found: list[Needs] = []
    for track, stages in ORDER.items():
        wanted: list[Target] = [*stages[1:]]
        if track == Track.EXIT:
            assert set(stages) >= JOINT_FROM
            wanted.append(Gate.JOINT_PROGRAMME)
        found += [
            Needs(track, target, CHECKLISTS.get(target, ()), _REQUIRES.get(target, frozenset()))
            for target in wanted
        ]
    return tuple(found)


DEFAULTS: tuple[Needs, ...] = _all()
