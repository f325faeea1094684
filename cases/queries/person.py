"""What is known of the person of an opened case, beside the person herself.

Ties to a network are asked for one case at a time and by nobody else: no list, search or other case reaches them
(tests/integration/lists/test_network_ties.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from cases.access import NotVisible, Opened, visible_cases
from cases.models import (
    Alias,
    Case,
    Contact,
    ContactChannel,
    EarlierNumber,
    Guardian,
    NetworkTie,
    Relation,
    Representative,
)
from cases.models.row import CaseRow, PersonRow, Row


class Particular(StrEnum):
    """The kinds of rows that a worker writes about the person."""

    ALIAS = "alias"
    CHANNEL = "channel"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    RELATION = "relation"
    TIE = "tie"


MODELS: dict[Particular, type[PersonRow] | type[CaseRow]] = {
    Particular.ALIAS: Alias,
    Particular.CHANNEL: ContactChannel,
    Particular.GUARDIAN: Guardian,
    Particular.REPRESENTATIVE: Representative,
    Particular.RELATION: Relation,
    Particular.TIE: NetworkTie,
}


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything that the page of the person shows beside the person's own details."""

    earlier_numbers: list[EarlierNumber]
    aliases: list[Alias]
    channels: list[ContactChannel]
    contacts: list[Contact]
    guardians: list[Guardian]
    representatives: list[Representative]
    relations: list[Relation]
    ties: list[NetworkTie]
    linked: list[Case]


def person_file(opened: Opened, *, at: datetime) -> PersonFile:
    """Collect it, each kind in the order in which it was written down, contacts newest first."""
    person, case = opened.case.person_id, opened.case.pk
    return PersonFile(
        earlier_numbers=list(EarlierNumber.objects.filter(person=person).order_by("created_at", "id")),
        aliases=list(Alias.objects.filter(person=person).order_by("created_at", "id")),
        channels=channels_of(opened),
        contacts=contacts_of(opened),
        guardians=guardians_of(opened),
        representatives=list(Representative.objects.filter(person=person).order_by("created_at", "id")),
        relations=list(Relation.objects.filter(case=case).order_by("created_at", "id")),
        ties=list(NetworkTie.objects.filter(case=case).order_by("created_at", "id")),
        linked=linked_cases(opened, at=at),
    )


def channels_of(opened: Opened) -> list[ContactChannel]:
    """The ways to reach the person."""
    return list(ContactChannel.objects.filter(person=opened.case.person_id).order_by("created_at", "id"))


def contacts_of(opened: Opened) -> list[Contact]:
    """The contacts that have been taken with her, newest first."""
    found = Contact.objects.filter(case=opened.case).select_related("created_by")
    return list(found.order_by("-created_at", "-id"))


def guardians_of(opened: Opened) -> list[Guardian]:
    """The guardians that have been written down, also those who no longer are."""
    return list(Guardian.objects.filter(person=opened.case.person_id).order_by("created_at", "id"))


def linked_cases(opened: Opened, *, at: datetime) -> list[Case]:
    """The cases that this one points to or that point to it, unopened, and only those that the actor sees."""
    near = Q(related_to=opened.case)
    if opened.case.related_to_id is not None:
        near |= Q(pk=opened.case.related_to_id)
    visible = visible_cases(actor=opened.actor, at=at)
    return list(visible.filter(near).order_by("opened_on", "number"))


def particular_of(opened: Opened, particular: Particular, row: UUID) -> Row:
    """One row about the person of this case; raises `NotVisible`, also for a row of another's."""
    model = MODELS[particular]
    found: Row | None
    if issubclass(model, PersonRow):
        found = model.objects.filter(pk=row, person=opened.case.person_id).first()
    else:
        found = model.objects.filter(pk=row, case=opened.case.pk).first()
    if found is None:
        raise NotVisible
    return found


def contact_of(opened: Opened, contact: UUID) -> Contact:
    """One contact of the case with its way; raises `NotVisible`."""
    found = Contact.objects.select_related("channel").filter(pk=contact, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found
