"""Write down that an agreement was broken, and what a supervisor lets that lead to. Nothing follows by itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.agreements import AgreementOver, end_part
from cases.actions.programme import end_period
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import change_row, lock_case, locked_row, new_row, tell
from cases.models import Agreement, AgreementBreach, LeavingReason
from cases.models.agreement import Consequence
from cases.models.task import TaskEnd
from cases.policies import Question
from cases.queries.people import leader_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CLOCK = "breach_consequence"


class AlreadyDecided(Exception):
    """A consequence has been chosen already; it stands."""


@transaction.atomic
def note(
    *,
    opened: Opened,
    agreement: Agreement,
    happened_on: date,
    what: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> AgreementBreach:
    """Write down a breach; the supervisor has some days to choose what it leads to."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Agreement, opened=opened, row=agreement, version=None)
    if locked.ended_on is not None:
        raise AgreementOver
    values = {"agreement": locked, "happened_on": happened_on, "what": what}
    breach = new_row(AgreementBreach, opened=opened, values=values, by=by, now=now, new_id=new_id)
    today = now.astimezone(STOCKHOLM).date()
    clock = start_clock(
        case=opened.case,
        rule=CLOCK,
        about=breach.pk,
        starts_on=today,
        assigned_to=leader_of(opened, at=now),
        by=by,
        now=now,
    )
    tell(event=events.BREACH_NOTED, opened=opened, rows=[breach, clock], by=by, now=now)
    return breach


@transaction.atomic
def decide(
    *,
    opened: Opened,
    breach: AgreementBreach,
    consequence: Consequence,
    reason: str,
    by: Actor,
    now: datetime,
) -> AgreementBreach:
    """Choose what a breach leads to. Only that it ends the agreement ends anything, and never the case."""
    opened.demand(Question.CHOOSE_CONSEQUENCE)
    locked = locked_row(AgreementBreach, opened=opened, row=breach, version=None)
    if locked.decided_at is not None:
        raise AlreadyDecided
    values = {"consequence": consequence, "reason": reason, "decided_at": now, "decided_by_id": by.person}
    rows: list[Any] = [change_row(locked, values=values, by=by, now=now)]
    rows += stop_clocks(case=opened.case, rules={CLOCK}, about=locked.pk, how=TaskEnd.DONE, by=by, now=now)
    if consequence == Consequence.END:
        today = now.astimezone(STOCKHOLM).date()
        agreement = locked_row(Agreement, opened=opened, row=locked.agreement, version=None)
        if agreement.ended_on is None:
            rows.append(end_part(agreement, on=today, why=reason, by=by, now=now))
        rows += end_period(case=lock_case(opened), because=LeavingReason.BREACH, by=by, now=now)
    tell(event=events.BREACH_DECIDED, opened=opened, rows=rows, by=by, now=now)
    return locked
