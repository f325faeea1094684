"""What the clock does for those who review: commits to the coming year, reminds them, tells the data protection officer
when they are late, and all of them when the log is not whole.

Mail says that something has happened and nothing more (interface.md §3). One reminder a person and day, however often
the clock asks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit import checking
from audit.events import Actor
from audit.log_events import LOG_FAULT_TOLD, REVIEW_ESCALATED, REVIEW_REMINDED
from audit.models import ReviewCycle
from audit.review import queries
from audit.review.drawing import commit_to_year
from audit.review.months import STOCKHOLM, Month, midnight
from audit.telling import AlreadyTold as AlreadyTold
from audit.telling import people_with, send
from avhopp.accounts.roles import Right
from avhopp.sealed.scope import CryptoScope

# A year's seeds are committed to before anything that they will draw from has happened.
AHEAD = timedelta(days=31)
DAYS_BETWEEN_ESCALATIONS = 7


def missing_years(*, today: date) -> list[int]:
    """The years that should have their seeds by now and have not."""
    wanted = {today.year, (today + AHEAD).year}
    return sorted(wanted - set(ReviewCycle.objects.filter(year__in=wanted).values_list("year", flat=True)))


def commit(*, year: int, by: Actor, now: datetime) -> None:
    """Commit to a year's seeds, in a scope of its own that mints the key they are sealed under."""
    with CryptoScope(actor=by, purpose="log_review", at=now):
        commit_to_year(year=year, by=by, now=now)


def to_remind(*, now: datetime) -> list[UUID]:
    """The accounts that lead the review, when a month is soon due or late, or a remark has waited too long."""
    today = now.astimezone(STOCKHOLM).date()
    is_soon = any(today >= month.warned_on for month in _unsigned(now))
    return people_with(Right.LEAD_REVIEW) if is_soon or _has_late_remark(today) else []


def to_escalate(*, now: datetime) -> list[UUID]:
    """The data protection officers' accounts, when a month is late or a remark has waited too long."""
    today = now.astimezone(STOCKHOLM).date()
    is_late = any(today > month.due_on for month in _unsigned(now))
    return people_with(Right.REVIEW_AUDITORS) if is_late or _has_late_remark(today) else []


def to_alarm() -> list[UUID]:
    """Everybody who reviews, when the last verification found that the log is not whole."""
    last = checking.latest()
    if last is None or last.is_whole:
        return []
    return [*people_with(Right.LEAD_REVIEW), *people_with(Right.REVIEW_AUDITORS)]


@transaction.atomic
def remind(*, person: UUID, by: Actor, now: datetime) -> None:
    """Remind one who leads the review, at most once a day; raises `AlreadyTold`."""
    send(
        event=REVIEW_REMINDED, person=person, by=by, now=now, after=midnight(now.astimezone(STOCKHOLM).date())
    )


@transaction.atomic
def escalate(*, person: UUID, by: Actor, now: datetime) -> None:
    """Tell a data protection officer that the review is late, at most once a week; raises `AlreadyTold`."""
    send(
        event=REVIEW_ESCALATED,
        person=person,
        by=by,
        now=now,
        after=now - timedelta(days=DAYS_BETWEEN_ESCALATIONS),
    )


@transaction.atomic
def alarm(*, person: UUID, by: Actor, now: datetime) -> None:
    """Tell one who reviews that the log is not whole, at most once a day; raises `AlreadyTold`."""
    send(event=LOG_FAULT_TOLD, person=person, by=by, now=now, after=now - timedelta(days=1))


def _unsigned(now: datetime) -> list[Month]:
    return [each.month for each in queries.rounds(now=now) if each.signature is None]


def _has_late_remark(today: date) -> bool:
    return any(today > queries.follow_up_due(judged_at=at) for at in queries.remarks_since())
