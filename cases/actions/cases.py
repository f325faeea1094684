"""Open a case, and change what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.base import SealedModel
from cases import events, figures
from cases.access import Opened, Refused, permission_row
from cases.actions.changing import apply_changes, locked_at, tell_changed
from cases.actions.clocks import await_first_meeting, enter_stage, follow_birth_date
from cases.actions.once import mint_once
from cases.actions.people import PersonData, new_person
from cases.models import Basis, Case, CaseGrant, ContactChannel, Enquiry, Person
from cases.models.case import Intake
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
    intake: Intake | None = None,
    beside: Opened | None = None,
) -> Case:
    """Open a case; the responsible worker and the unit's supervisors get their grants.

    The person is new, or she of an ended case that the actor has opened (återaktualisering): then the cases are linked,
    and nothing but the person is shared between them. Opened `beside` another case (for somebody near its client who
    needs help herself) it points there, copies nothing out of it, and nothing is told of it there. `received_on` is the
    day that the report or the request came, which the law's clocks are counted from; otherwise the day of the enquiry,
    or today. `intake` is how it came, the usual way of its track if nobody says. With the `new_id` of a form it is done
    once however often the form is sent.
    """
    if not may_try(role=by.role, right=Right.OPEN_CASES) or by.unit is None or responsible.unit_id != by.unit:
        raise Refused(Verdict(Refusal.ROLE))
    if not may_try(role=responsible.role, right=Right.REQUEST_STAGES) or not responsible.is_active:
        raise Refused(Verdict(Refusal.RESPONSIBLE))
    if beside is not None:
        beside.demand(Question.EDIT_CASE)
    case_id = new_id or uuid4()
    mint_once(scope=case_id, kind="case")
    earlier = None if isinstance(person, PersonData) else _ended(person)
    client, channels = _client(person, by, now)
    case = Case(
        id=case_id,
        number=_free_number(now),
        code_name=new_code_name(),
        track=track,
        intake=intake or Intake.usual(track),
        person=client,
        related_to=earlier or (beside.case if beside else None),
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
    counted = _counted(case, client, now)
    log.record(
        event=events.CASE_OPENED,
        actor=by,
        at=now,
        basis="created",
        subjects=[
            log.written(case),
            log.read(client) if earlier else log.written(client),
            *(log.written(row) for row in (*channels, *closed_enquiry, *clocks, *counted)),
        ],
        detail={"grants": [grant_detail(grant) for grant in grants]},
    )
    return case


@transaction.atomic
def edit_case(*, opened: Opened, changes: Mapping[str, Any], version: int, by: Actor, now: datetime) -> Case:
    """Change what the case says; whatever waits for approval on the old text must be asked for anew."""
    opened.demand(Question.EDIT_CASE)
    case = locked_at(opened, version=version)
    unknown = set(changes) - {"intake", "source", "need"}
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not edited here")
    apply_changes(case=case, row=case, changes=changes)
    tell_changed(
        opened=opened, case=case, rows=[case], changes=changes, event=events.CASE_EDITED, by=by, now=now
    )
    return case


def _client(person: PersonData | Opened, by: Actor, now: datetime) -> tuple[Person, list[ContactChannel]]:
    if isinstance(person, PersonData):
        return new_person(data=person, by=by, now=now)
    return person.case.person, []


def _ended(opened: Opened) -> Case:
    opened.demand(Question.READ)
    if not is_ended(Stage(opened.case.stage)):
        raise StillOpen
    return opened.case


def _counted(case: Case, client: Person, now: datetime) -> list[SealedModel]:
    known = figures.of_person(
        birth_date=client.birth_date, legal_sex=client.legal_sex, opened_on=case.opened_on
    )
    return figures.tell(of=case.id, known={figures.Known.INITIATIVE: case.source, **known}, now=now)


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


def _free_number(now: datetime) -> str:
    """Draw until a number is free; the unique column is the guarantee if two draw the same at once."""
    with scopes.asking_as("draw_number"):
        while True:
            number = new_number(year=now.astimezone(STOCKHOLM).year)
            if not Case.objects.filter(number=number).exists():
                return number


def _first_grants(case: Case, by: Actor, now: datetime) -> list[CaseGrant]:
    supervisors = User.objects.filter(unit_id=case.unit_id, is_active=True, role="supervisor").order_by("id")
    wanted = [(case.responsible_id, Basis.ASSIGNED, Permission.WORK)]
    wanted += [(user.id, Basis.APPROVER, Permission.SUPERVISE) for user in supervisors]
    # Not by guardian's `save`, which fetches the permission and its content type anew for each.
    return CaseGrant.objects.bulk_create(
        CaseGrant(
            user_id=user,
            permission=permission_row(permission),
            content_object=case,
            starts_at=now,
            basis=basis,
            granted_by_id=by.person,
        )
        for user, basis, permission in wanted
    )


def _become_case(enquiry: Enquiry, case: Case, by: Actor) -> Enquiry:
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.is_anonymous or locked.outcome != Outcome.OPEN or locked.unit_id != by.unit:
        raise EnquiryCannotBecomeCase
    locked.outcome = Outcome.CASE
    locked.case = case
    locked.save()
    return locked
