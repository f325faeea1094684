"""Write down a consent, change one that was written down wrongly, and withdraw one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from cases import events, figures
from cases.access import Opened
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import change_row, locked_row, new_row, tell
from cases.models import Consent
from cases.models.task import TaskEnd
from cases.policies import Question
from cases.queries.consents import consents_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ENDS = "consent_ends"
WITHDRAWN = "consent_withdrawn"


class AlreadyWithdrawn(Exception):
    """The consent has been withdrawn; what has been shared stays listed."""


class WithdrawnBeforeItBegan(Exception):
    """A consent cannot be withdrawn before it began; check the day."""


@transaction.atomic
def give(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> Consent:
    """Write down a consent; a task reminds of its last day."""
    opened.demand(Question.EDIT_CASE)
    consent = new_row(Consent, opened=opened, values=values, by=by, now=now, new_id=new_id)
    task = start_clock(
        case=opened.case,
        rule=ENDS,
        about=consent.pk,
        starts_on=consent.starts_on,
        due_on=consent.ends_on,
        by=by,
        now=now,
    )
    parties = {receiver for each in consents_of(opened) for receiver in each.receivers}
    counted = figures.tell(of=opened.case.pk, known={figures.Known.AGENCIES: str(len(parties))}, now=now)
    tell(event=events.CONSENT_GIVEN, opened=opened, rows=[consent, task, *counted], by=by, now=now)
    return consent


@transaction.atomic
def withdraw(
    *, opened: Opened, consent: Consent, version: int, on: date, how: str, by: Actor, now: datetime
) -> Consent:
    """Withdraw a consent: nothing more is shared on it from that day, and the receivers are to be told."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Consent, opened=opened, row=consent, version=version)
    if locked.withdrawn_on is not None:
        raise AlreadyWithdrawn
    if on < locked.starts_on:
        raise WithdrawnBeforeItBegan
    change_row(locked, values={"withdrawn_on": on, "withdrawal": how}, by=by, now=now)
    stopped = stop_clocks(
        case=opened.case, rules={ENDS}, about=consent.pk, how=TaskEnd.PASSED, by=by, now=now
    )
    today = now.astimezone(STOCKHOLM).date()
    task = start_clock(
        case=opened.case, rule=WITHDRAWN, about=consent.pk, starts_on=on, due_on=today, by=by, now=now
    )
    tell(event=events.CONSENT_WITHDRAWN, opened=opened, rows=[locked, *stopped, task], by=by, now=now)
    return locked
