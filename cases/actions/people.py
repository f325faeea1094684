"""Write down who a person is, change it, and put another number in the place of the one she had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from audit.events import Actor
from avhopp.sealed import scope as scopes
from cases import events, figures
from cases.access import Opened
from cases.actions.changing import apply_changes, locked_at, tell_changed
from cases.actions.clocks import follow_birth_date
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import new_row
from cases.models import Case, ContactChannel, EarlierNumber, Person, Task
from cases.models.contact import ChannelKind, Reaches
from cases.models.task import TaskEnd
from cases.policies import Question

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The rule's code and name stand in lists and plain columns, so they do not say that anybody is protected.
REVIEW = "person_review"


class SameNumber(Exception):
    """The new number is the one that stands there already; correct the details if it was written wrongly."""


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person when a case is opened; her telephone becomes the first contact channel."""

    identity_kind: str
    identity_number: str
    given_name: str
    family_name: str
    birth_date: date | None
    legal_sex: str
    protection: str
    coordination_level: str = ""
    birth_date_source: str = ""
    phone: str = ""
    phone_is_safe: bool | None = None
    language: str = ""
    needs_interpreter: bool | None = None


# What is kept with the person; a telephone is a row of its own.
KEPT = frozenset(field.name for field in fields(PersonData)) - {"phone", "phone_is_safe"}
EDITED = KEPT | {"called_name", "protection_authority", "protection_review_on", "deceased_on"}


def new_person(*, data: PersonData, by: Actor, now: datetime) -> tuple[Person, list[ContactChannel]]:
    """Make the person of a new case and her first contact channel; part of the action that opens the case.

    Returns them for that action's leaf.
    """
    person = Person(id=uuid4(), created_at=now, **{name: getattr(data, name) for name in KEPT})
    scopes.current().mint(person.id, kind="person")
    person.save(force_insert=True)
    return person, _first_channel(person, data, by, now)


@transaction.atomic
def edit_person(
    *, opened: Opened, changes: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Case:
    """Change what is known of the person; guarded by the case's version."""
    opened.demand(Question.EDIT_CASE)
    case = locked_at(opened, version=version)
    unknown = set(changes) - EDITED
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not edited here")
    person = Person.objects.select_for_update().get(pk=case.person_id)
    apply_changes(case=case, row=person, changes=changes)
    clocks = _review_clocks(case, person, by, now) if "protection_review_on" in changes else []
    if "birth_date" in changes:
        clocks += follow_birth_date(case=case, by=by, now=now)
    counted = []
    if changes.keys() & {"birth_date", "legal_sex"}:
        known = figures.of_person(
            birth_date=person.birth_date, legal_sex=person.legal_sex, opened_on=case.opened_on
        )
        counted = figures.tell(of=case.id, known=known, now=now)
    tell_changed(
        opened=opened,
        case=case,
        rows=[case, person, *clocks, *counted],
        changes=changes,
        event=events.PERSON_EDITED,
        by=by,
        now=now,
    )
    return case


@transaction.atomic
def replace_number(
    *,
    opened: Opened,
    kind: str,
    number: str,
    level: str,
    on: date,
    version: int,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Case:
    """Give the person another number from a day on; the one she had stays legible beside it."""
    opened.demand(Question.EDIT_CASE)
    case = locked_at(opened, version=version)
    person = Person.objects.select_for_update().get(pk=case.person_id)
    if (person.identity_kind, person.identity_number) == (kind, number):
        raise SameNumber
    had = {
        "kind": person.identity_kind,
        "number": person.identity_number,
        "level": person.coordination_level,
        "replaced_on": on,
    }
    earlier = new_row(EarlierNumber, opened=opened, values=had, by=by, now=now, new_id=new_id)
    changes = {"identity_kind": kind, "identity_number": number, "coordination_level": level}
    apply_changes(case=case, row=person, changes=changes)
    tell_changed(
        opened=opened,
        case=case,
        rows=[case, person, earlier],
        changes=changes,
        event=events.NUMBER_REPLACED,
        by=by,
        now=now,
    )
    return case


def _first_channel(person: Person, data: PersonData, by: Actor, now: datetime) -> list[ContactChannel]:
    if not data.phone:
        return []
    channel = ContactChannel(
        id=uuid4(),
        person=person,
        kind=ChannelKind.PHONE,
        reaches=Reaches.CLIENT,
        value=data.phone,
        is_safe=data.phone_is_safe,
        created_at=now,
        created_by_id=by.person,
        updated_at=now,
        updated_by_id=by.person,
    )
    channel.save(force_insert=True)
    return [channel]


def _review_clocks(case: Case, person: Person, by: Actor, now: datetime) -> list[Task]:
    tasks = stop_clocks(case=case, rules={REVIEW}, about=person.pk, how=TaskEnd.PASSED, by=by, now=now)
    if person.protection_review_on is not None:
        tasks.append(
            start_clock(
                case=case,
                rule=REVIEW,
                about=person.pk,
                starts_on=now.astimezone(STOCKHOLM).date(),
                due_on=person.protection_review_on,
                text=_("Skyddade personuppgifter: pröva om skyddet ska gälla längre."),
                by=by,
                now=now,
            )
        )
    return tasks
