"""Open a case, and change what it says about the case and the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor, Event
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.base import SealedModel
from cases import events
from cases.access import Opened, Refused, permission_id
from cases.actions.clocks import await_first_meeting, enter_stage, follow_birth_date
from cases.actions.once import mint_once
from cases.actions.stages import void_pending
from cases.actions.writing import Conflict, lock_case, tell
from cases.models import Basis, Case, CaseGrant, Enquiry, Person
from cases.models.enquiry import Outcome, Source
from cases.naming import new_code_name, new_number
from cases.policies import Permission, Question, Refusal, Verdict
from cases.queries.stage_rules import current_version
from cases.workflow import Stage, Track, first_stage, is_ended

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class StillOpen(Exception):
    """The earlier case has not ended; work in it instead of opening another."""


class EnquiryCannotBecomeCase(Exception):
    """The enquiry is anonymous or has ended; register a new one with identity."""


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person when a case is opened."""

    identity_kind: str
    identity_number: str
    given_name: str
    family_name: str
    birth_date: date | None
    legal_sex: str
    protection: str
    phone: str = ""
    phone_is_safe: bool | None = None
    language: str = ""
    needs_interpreter: bool | None = None


@transaction.atomic
def open_case(
    *,
    track: Track,
    person: PersonData | Opened,
    source: Source,
    need: str,
    enquiry: Enquiry | None,
    responsible: User,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
    received_on: date | None = None,
) -> Case:
    """Open a case; the responsible worker and the unit's supervisors get their grants.

    The person is new, or she of an ended case that the actor has opened (återaktualisering): then the cases are linked,
    and nothing but the person is shared between them. `received_on` is the day that the report or the request came,
    which the law's clocks are counted from; otherwise the day of the enquiry, or today. With the `new_id` of a form it
    is done once however often the form is sent.
    """
    if not may_try(role=by.role, right=Right.OPEN_CASES) or by.unit is None or responsible.unit_id != by.unit:
        raise Refused(Verdict(Refusal.ROLE))
    if not may_try(role=responsible.role, right=Right.REQUEST_STAGES) or not responsible.is_active:
        raise Refused(Verdict(Refusal.RESPONSIBLE))
    case_id = new_id or uuid4()
    mint_once(scope=case_id, kind="case")
    earlier = None if isinstance(person, PersonData) else _ended(person)
    client = _new_person(person, now) if isinstance(person, PersonData) else person.case.person
    case = Case(
        id=case_id,
        number=_free_number(now),
        code_name=new_code_name(),
        track=track,
        person=client,
        related_to=earlier,
        stage=first_stage(track),
        workflow=current_version(on=now.astimezone(STOCKHOLM).date()),
        unit_id=by.unit,
        responsible=responsible,
        opened_on=now.astimezone(STOCKHOLM).date(),
        source=source,
        need=need,
    )
    case.save(force_insert=True)
    grants = _first_grants(case, by, now)
    closed_enquiry = [_become_case(enquiry, case, by)] if enquiry else []
    since = received_on or (enquiry.received_at.astimezone(STOCKHOLM).date() if enquiry else None)
    clocks = enter_stage(case=case, origin=None, by=by, now=now, since=since)
    clocks += follow_birth_date(case=case, by=by, now=now)
    clocks += await_first_meeting(case=case, enquiry=enquiry, by=by, now=now) if enquiry else []
    log.record(
        event=events.CASE_OPENED,
        actor=by,
        at=now,
        basis="created",
        subjects=[
            log.written(case),
            log.read(client) if earlier else log.written(client),
            *(log.written(row) for row in (*closed_enquiry, *clocks)),
        ],
        detail={"grants": [grant_detail(grant) for grant in grants]},
    )
    return case


@transaction.atomic
def edit_case(*, opened: Opened, changes: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Case:
    """Change what the case says; whatever waits for approval on the old text must be asked for anew."""
    opened.demand(Question.EDIT_CASE)
    case = lock_case(opened)
    if case.version != version:
        raise Conflict(case)
    return _changed(case, case, {"source", "need"}, changes, events.CASE_EDITED, opened, by, now)


@transaction.atomic
def edit_person(
    *, opened: Opened, changes: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Case:
    """Change what is known of the person; guarded by the case's version."""
    opened.demand(Question.EDIT_CASE)
    case = lock_case(opened)
    if case.version != version:
        raise Conflict(case)
    person = Person.objects.select_for_update().get(pk=case.person_id)
    allowed = {field.name for field in PersonData.__dataclass_fields__.values()}
    return _changed(case, person, allowed, changes, events.PERSON_EDITED, opened, by, now)


def _ended(opened: Opened) -> Case:
    opened.demand(Question.READ)
    if not is_ended(Stage(opened.case.stage)):
        raise StillOpen
    return opened.case


def grant_detail(grant: CaseGrant) -> dict[str, str]:
    """What the record keeps of a grant, so that access on any day can be replayed from it."""
    return {
        "grant": str(grant.id),
        "user": str(grant.user_id),
        "basis": grant.basis,
        "permission": grant.permission.codename,
        "starts": grant.starts_at.isoformat(),
        "expires": grant.expires_at.isoformat(),
    }


def _changed(
    case: Case,
    row: Case | Person,
    allowed: set[str],
    changes: Mapping[str, Any],
    event: Event,
    opened: Opened,
    by: Actor,
    now: datetime,
) -> Case:
    for name, value in changes.items():
        if name not in allowed:
            raise ValueError(f"{name} is not edited here")
        setattr(row, name, value)
    case.version += 1
    row.save()
    if row is not case:
        case.save(update_fields=["version"])
    rows: list[SealedModel] = [case] if row is case else [case, row]
    if "birth_date" in changes:
        rows += follow_birth_date(case=case, by=by, now=now)
    rows += void_pending(case=case, now=now)
    tell(
        event=event,
        opened=opened,
        rows=rows,
        by=by,
        now=now,
        detail={"fields": sorted(changes)},
    )
    return case


def _free_number(now: datetime) -> str:
    """Draw until a number is free; the unique column is the guarantee if two draw the same at once."""
    while True:
        number = new_number(year=now.astimezone(STOCKHOLM).year)
        if not Case.objects.filter(number=number).exists():
            return number


def _new_person(data: PersonData, now: datetime) -> Person:
    values = {name: getattr(data, name) for name in PersonData.__dataclass_fields__}
    person = Person(id=uuid4(), created_at=now, **values)
    scopes.current().mint(person.id, kind="person")
    person.save(force_insert=True)
    return person


def _first_grants(case: Case, by: Actor, now: datetime) -> list[CaseGrant]:
    supervisors = User.objects.filter(unit_id=case.unit_id, is_active=True, role="supervisor").order_by("id")
    wanted = [(case.responsible_id, Basis.ASSIGNED, Permission.WORK)]
    wanted += [(user.id, Basis.APPROVER, Permission.SUPERVISE) for user in supervisors]
    made = []
    for user, basis, permission in wanted:
        grant = CaseGrant(
            user_id=user,
            permission_id=permission_id(permission),
            content_object=case,
            starts_at=now,
            basis=basis,
            granted_by_id=by.person,
        )
        grant.save(force_insert=True)
        made.append(grant)
    return made


def _become_case(enquiry: Enquiry, case: Case, by: Actor) -> Enquiry:
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.is_anonymous or locked.outcome != Outcome.OPEN or locked.unit_id != by.unit:
        raise EnquiryCannotBecomeCase
    locked.outcome = Outcome.CASE
    locked.case = case
    locked.save()
    return locked
