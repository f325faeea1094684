"""Hand out the days on which something is a person's to do. They leave the system, so the record says that they did."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor
from cases import events
from cases.queries.todo import days_with_deadlines

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@transaction.atomic
def export(*, by: Actor, now: datetime) -> list[date]:
    """Give the days from today, each once, without a word of what is to be done."""
    today = now.astimezone(STOCKHOLM).date()
    found = days_with_deadlines(actor=by, at=now, today=today)
    log.record(event=events.DAYS_EXPORTED, actor=by, at=now, basis="granted", about=by.user)
    return found
