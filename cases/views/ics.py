"""A calendar file that says on which days something is to be done, and nothing more (docs/adr/0008)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event


def written(days: Iterable[date], *, at: datetime) -> bytes:
    """One whole day for each: no case, no number, no count, and an id that says only the day.

    The id is the day's, so that a file that is read in twice gives one entry and not two.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tidsfrister//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in days:
        event = Event()
        event.add("uid", f"{day:%Y%m%d}@tidsfrist.invalid")
        event.add("dtstamp", at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", _("Tidsfrist – logga in"))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
