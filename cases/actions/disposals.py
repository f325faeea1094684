"""Propose that a file be destroyed, approve it as somebody else, and stop it. The keeper of the keys does the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from cases import events
from cases.access import Opened, Refused
from cases.actions.writing import change_row, locked_row, new_row, tell
from cases.models import Disposal, DisposalState
from cases.models.disposal import STANDING_STATES
from cases.policies import Question, Refusal, Verdict
from cases.queries.retention import retention_of
from cases.retention import Retention


class NotDue(Exception):
    """The file is to be kept, or its day has not come; its overview says until when."""


class AlreadyProposed(Exception):
    """A proposal waits already, or is approved."""


class NotWaiting(Exception):
    """The proposal has been decided or stopped already; look at the case again."""


@transaction.atomic
def propose(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> Disposal:
    """Propose that the file be destroyed, on the rule that holds today."""
    opened.demand(Question.PROPOSE_DISPOSAL)
    found = _due(opened, now)
    standing = Disposal.objects.filter(case=opened.case, state__in=STANDING_STATES).first()
    # The form that made it is answered by `new_row`.
    if standing is not None and standing.pk != new_id:
        raise AlreadyProposed
    said = {**values, "rule": found.reasons[0], "due_on": found.due_on}
    made = new_row(Disposal, opened=opened, values=said, by=by, now=now, new_id=new_id)
    tell(event=events.DISPOSAL_PROPOSED, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def approve(*, opened: Opened, disposal: Disposal, by: Actor, now: datetime) -> Disposal:
    """Approve what somebody else has proposed, if the rule still says so."""
    opened.demand(Question.APPROVE_DISPOSAL)
    found = locked_row(Disposal, opened=opened, row=disposal, version=None)
    if found.state != DisposalState.PROPOSED:
        raise NotWaiting
    if found.created_by_id == by.person:
        raise Refused(Verdict(Refusal.OWN_REQUEST))
    due = _due(opened, now)
    values = {
        "state": DisposalState.APPROVED,
        "rule": due.reasons[0],
        "due_on": due.due_on,
        "decided_at": now,
        "decided_by_id": by.person,
    }
    change_row(found, values=values, by=by, now=now)
    tell(event=events.DISPOSAL_APPROVED, opened=opened, rows=[found], by=by, now=now)
    return found


@transaction.atomic
def stop(*, opened: Opened, disposal: Disposal, reason: str, by: Actor, now: datetime) -> Disposal:
    """Stop a proposal or an approval, for a reason; it may be proposed anew."""
    opened.demand(Question.PROPOSE_DISPOSAL)
    found = locked_row(Disposal, opened=opened, row=disposal, version=None)
    if found.state not in STANDING_STATES:
        raise NotWaiting
    values = {
        "state": DisposalState.STOPPED,
        "stop_reason": reason,
        "decided_at": now,
        "decided_by_id": by.person,
    }
    change_row(found, values=values, by=by, now=now)
    tell(event=events.DISPOSAL_STOPPED, opened=opened, rows=[found], by=by, now=now)
    return found


def _due(opened: Opened, now: datetime) -> Retention:
    found = retention_of(opened)
    if not found.is_due(timezone.localdate(now)):
        raise NotDue
    return found
