"""Register a first contact, and say what it led to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from cases import events, figures
from cases.access import Refused
from cases.actions.once import mint_once
from cases.actions.tasks import stop_clocks
from cases.deadlines import FIRST_MEETING
from cases.identity import contains_identity_number
from cases.models import Case, Enquiry, Task
from cases.models.enquiry import Channel, Outcome, Source, Urgency
from cases.models.task import TaskEnd
from cases.policies import Refusal, Verdict


class IdentityInAnonymousEnquiry(Exception):
    """The text of an anonymous enquiry holds an identity number; take it out, or register with identity."""


class EnquiryEnded(Exception):
    """The enquiry already has an outcome; read it again."""


@transaction.atomic
def register(
    *,
    received_at: datetime,
    channel: Channel,
    urgency: Urgency,
    is_anonymous: bool,
    source: Source,
    need: str,
    callback: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Enquiry:
    """Register a contact in the actor's own unit; with the `new_id` of a form, once however often it is sent."""
    if by.unit is None or by.user is None or not may_try(role=by.role, right=Right.HANDLE_ENQUIRIES):
        raise Refused(Verdict(Refusal.ROLE))
    if is_anonymous and contains_identity_number(f"{need}\n{callback}"):
        raise IdentityInAnonymousEnquiry
    enquiry = Enquiry(
        id=new_id or uuid4(),
        received_at=received_at,
        channel=channel,
        urgency=urgency,
        is_anonymous=is_anonymous,
        source=source,
        need=need,
        callback=callback,
        unit_id=by.unit,
        registered_by_id=by.person,
    )
    mint_once(scope=enquiry.id, kind="enquiry")
    enquiry.save(force_insert=True)
    counted = figures.tell(of=enquiry.id, known={figures.Known.INITIATIVE: source}, now=now)
    log.record(
        event=events.ENQUIRY_REGISTERED,
        actor=by,
        at=now,
        basis="created",
        subjects=[log.written(row) for row in (enquiry, *counted)],
    )
    return enquiry


@transaction.atomic
def end(*, enquiry: Enquiry, outcome: Outcome, by: Actor, now: datetime) -> Enquiry:
    """Say that a contact led to no case."""
    if not may_try(role=by.role, right=Right.HANDLE_ENQUIRIES) or enquiry.unit_id != by.unit:
        raise Refused(Verdict(Refusal.ROLE))
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.outcome != Outcome.OPEN or outcome in {Outcome.OPEN, Outcome.CASE}:
        raise EnquiryEnded
    locked.outcome = outcome
    locked.save()
    log.record(
        event=events.ENQUIRY_ENDED,
        actor=by,
        at=now,
        basis="unit",
        subjects=[log.written(locked)],
        detail={"outcome": str(outcome)},
    )
    return locked


@transaction.atomic
def note_first_meeting(*, enquiry: Enquiry, on: date, by: Actor, now: datetime) -> Enquiry:
    """Write down when the first meeting took place, which the waiting time is measured by."""
    if not may_try(role=by.role, right=Right.HANDLE_ENQUIRIES) or enquiry.unit_id != by.unit:
        raise Refused(Verdict(Refusal.ROLE))
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    locked.first_meeting_on = on
    locked.save()
    met = _stop_waiting(locked, by, now)
    log.record(
        event=events.FIRST_MEETING_NOTED,
        actor=by,
        at=now,
        basis="unit",
        subjects=[log.written(row) for row in (locked, *met)],
    )
    return locked


def _stop_waiting(enquiry: Enquiry, by: Actor, now: datetime) -> list[Task]:
    """End the clock in the case that the enquiry became, which whoever handles enquiries may not see."""
    if enquiry.case_id is None:
        return []
    with scopes.asking_as("note_first_meeting"):
        case = Case.objects.get(pk=enquiry.case_id)
        return stop_clocks(
            case=case, rules={FIRST_MEETING}, about=enquiry.pk, how=TaskEnd.DONE, by=by, now=now
        )
