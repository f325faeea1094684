"""One enquiry as its page shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.queries.choices import Channel, Outcome, Source, Urgency
from cases.queries.rows import Enquiry
from cases.queries.work import Meetings, days_late, days_waited, first_meeting_due
from cases.views.present.person import yes_no

COLOURS = {Outcome.OPEN: "yellow", Outcome.CASE: "green"}


def rows(enquiry: Enquiry) -> list[dict[str, Any]]:
    """Everything that was written down."""
    return [
        {"key": _("Vad det gäller"), "value": enquiry.need},
        {"key": _("Säker kontakt"), "value": enquiry.callback or _("Ingen uppgift")},
        {"key": _("Kontaktväg"), "value": Channel(enquiry.channel).label},
        {"key": _("Initiativtagare"), "value": Source(enquiry.source).label},
        {"key": _("Brådska"), "value": Urgency(enquiry.urgency).label},
        {"key": _("Anonym"), "value": yes_no(enquiry.is_anonymous)},
        {"key": _("Togs emot"), "day": enquiry.received_at},
        {"key": _("Registrerad av"), "value": enquiry.registered_by.name},
    ]


def state(enquiry: Enquiry) -> dict[str, Any]:
    """What it led to, and the day by which the first meeting should be held."""
    outcome = Outcome(enquiry.outcome)
    return {
        "is_open": outcome == Outcome.OPEN,
        "outcome": outcome.label,
        "colour": COLOURS.get(outcome, "grey"),
        "due": first_meeting_due(enquiry),
        "met_on": enquiry.first_meeting_on,
        "waited": waited(enquiry),
    }


def waited(enquiry: Enquiry) -> str:
    """How long the person waited for the first meeting, and whether that was as promised."""
    days = days_waited(enquiry)
    if days is None:
        return ""
    text = ngettext("efter %(days)s dag", "efter %(days)s dagar", days) % {"days": days}
    return text if days_late(enquiry) <= 0 else _("%(text)s, senare än utlovat") % {"text": text}


def in_time(meetings: Meetings) -> str:
    """The unit's own measure, in a sentence."""
    if not meetings.held:
        return ""
    return _("Senaste tre månaderna: %(in_time)s av %(held)s första möten hölls i tid.") % {
        "in_time": meetings.in_time,
        "held": meetings.held,
    }
