"""Book a meeting with a client, and keep apart two clients who must not meet.

Whoever books at a time when somebody whom her client must not meet is on the premises is told to choose another, in the
same words whoever she is: neither that the other exists nor why. What is looked at is looked at by a job.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from audit.events import Actor
from avhopp.sealed import scope as scopes
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.writing import Stopped, change_row, locked_row, new_row, tell
from cases.models import KeepApart, Meeting
from cases.models.meeting import Place
from cases.policies import Question

JOB = "look_for_collision"
# So long before and after a meeting people are still on the premises.
AROUND = timedelta(minutes=30)
_TURN = 0x4D656574


class ChooseAnotherTime(Stopped):
    """The time cannot be had; more is not said."""

    event = events.MEETING_STOPPED


class InThePast(Exception):
    """The time has been."""


class SameCase(Exception):
    """Two different cases are kept apart."""


class AlreadyApart(Exception):
    """They are kept apart already."""


@transaction.atomic
def book(
    *,
    opened: Opened,
    starts_at: datetime,
    ends_at: datetime,
    place: Place,
    note: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Meeting:
    """Book a meeting; raises `ChooseAnotherTime`."""
    opened.demand(Question.EDIT_CASE)
    if starts_at <= now:
        raise InThePast
    if place == Place.OFFICE and _collides(opened, starts_at, ends_at):
        raise ChooseAnotherTime(opened=opened)
    values = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "note": note}
    made = new_row(Meeting, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.MEETING_BOOKED, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def cancel(*, opened: Opened, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Cancel a booked meeting."""
    opened.demand(Question.EDIT_CASE)
    found = locked_row(Meeting, opened=opened, row=meeting, version=None)
    if found.cancelled_at is not None:
        raise NotVisible
    change_row(found, values={"cancelled_at": now, "cancelled_by_id": by.person}, by=by, now=now)
    tell(event=events.MEETING_CANCELLED, opened=opened, rows=[found], by=by, now=now)
    return found


@transaction.atomic
def keep_apart(
    *, opened: Opened, other: Opened, reason: str, by: Actor, now: datetime, new_id: UUID | None = None
) -> KeepApart:
    """Keep the client of this case from meeting that of another, which the actor leads as well."""
    opened.demand(Question.GRANT_ACCESS)
    other.demand(Question.GRANT_ACCESS)
    if other.case.pk == opened.case.pk:
        raise SameCase
    if KeepApart.objects.filter(case=opened.case, other=other.case, ended_at=None).exists():
        raise AlreadyApart
    values = {"other": other.case, "reason": reason}
    made = new_row(KeepApart, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.KEPT_APART, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def let_meet(*, opened: Opened, apart: KeepApart, by: Actor, now: datetime) -> KeepApart:
    """End that two clients are kept apart."""
    opened.demand(Question.GRANT_ACCESS)
    found = locked_row(KeepApart, opened=opened, row=apart, version=None)
    if found.ended_at is not None:
        raise NotVisible
    change_row(found, values={"ended_at": now}, by=by, now=now)
    tell(event=events.LET_MEET, opened=opened, rows=[found], by=by, now=now)
    return found


def _collides(opened: Opened, starts_at: datetime, ends_at: datetime) -> bool:
    case, unit = opened.case.pk, opened.case.unit_id
    # Two who book at once take turns, or each would miss the other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_TURN, str(unit)])
    with scopes.asking_as(JOB):
        pairs = KeepApart.objects.filter(Q(case=case) | Q(other=case), ended_at=None)
        apart = {each for pair in pairs.values_list("case", "other") for each in pair} - {case}
        booked = Meeting.objects.filter(
            case__in=apart,
            case__unit=unit,
            place=Place.OFFICE,
            cancelled_at=None,
            starts_at__lt=ends_at + AROUND,
            ends_at__gt=starts_at - AROUND,
        )
        return booked.exists()
