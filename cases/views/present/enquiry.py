"""One enquiry as its page shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.queries.choices import Channel, Outcome, Source, Urgency
from cases.queries.rows import Enquiry
from cases.queries.work import first_meeting_due
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
    }
