"""What has happened with a case and who has read it, from the record. Each takes a case that the gate has opened."""

from __future__ import annotations

from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Model

from audit.events import Kind
from audit.queries import Reading, about_scope, in_words
from audit.rhythm import Rhythm, rhythm, stretch
from cases import events
from cases.access import Opened
from cases.models import Provider
from cases.models.row import Row

PAGE = 25
TOLD = (
    events.CASE_OPENED,
    events.CASE_EDITED,
    events.PERSON_EDITED,
    events.NOTE_SIGNED,
    events.ACCESS_GRANTED,
    events.ACCESS_ENDED,
    events.ACCESS_EXPIRED,
    events.RESPONSIBLE_CHANGED,
    events.RECUSED,
    events.RESTRICTED,
    events.RESTRICTION_LIFTED,
    events.EMERGENCY_TAKEN,
    events.EMERGENCY_REVIEWED,
)
# What raises a case's version, and so may be what somebody else saved first.
SAVED = (events.CASE_EDITED, events.PERSON_EDITED, events.STAGE_APPROVED)


def happened(opened: Opened, *, limit: int = 15) -> list[Reading]:
    """What has been done in the case but for its stages, newest first."""
    codes = [event.code for event in TOLD]
    leaves = about_scope(opened.case.id).filter(event__in=codes)
    return in_words(leaves.order_by("-at", "-id")[:limit])


def readers_page(opened: Opened, *, number: str) -> Page[Reading]:
    """One page of what the record says about the case, newest first."""
    leaves = about_scope(opened.case.id).order_by("-at", "-id")
    page = Paginator(leaves, PAGE).get_page(number)
    page.object_list = in_words(list(page.object_list))  # type: ignore[assignment]
    return page  # type: ignore[return-value]


def when_read(opened: Opened, *, today: date) -> Rhythm:
    """On which days and at which hours of the last thirteen weeks the case has been read."""
    first, last = stretch(since=None, until=None, today=today)
    return rhythm(leaves=about_scope(opened.case.id).filter(kind=Kind.READ), first=first, last=last)


def saved_by(opened: Opened | None, current: Model) -> tuple[str, datetime | None]:
    """Who saved a row last and when; for the case and the person the record knows, for other rows they do."""
    if isinstance(current, Row | Provider):
        return current.updated_by.name, current.updated_at
    assert opened is not None
    codes = [event.code for event in SAVED]
    found = in_words(about_scope(opened.case.id).filter(event__in=codes).order_by("-at", "-id")[:1])
    return (found[0].who, found[0].at) if found else ("", None)
