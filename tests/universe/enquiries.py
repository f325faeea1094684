"""First contacts."""

from __future__ import annotations

from datetime import date

from tests.cast import NOW


def contact(**changes):
    from cases.models.enquiry import Channel, Source, Urgency

    values = {
        "received_at": NOW,
        "channel": Channel.PHONE,
        "urgency": Urgency.DAYS,
        "is_anonymous": False,
        "source": Source.SELF,
        "need": "Vill ha stöd.",
        "callback": "",
    }
    return {**values, **changes}


def register(world):
    return world.unit_call(world.cast.worker, "enquiries.register", **contact())


def _on_one(action, **arguments):
    def prepare(world):
        enquiry = register(world)
        return lambda: world.unit_call(world.cast.worker, action, enquiry=enquiry, **arguments)

    return prepare


def _end(world):
    from cases.models.enquiry import Outcome

    return _on_one("enquiries.end", outcome=Outcome.ADVICE)(world)


SCENARIOS = {
    "enquiries.register": lambda world: lambda: register(world),
    "enquiries.end": _end,
    "enquiries.note_first_meeting": _on_one("enquiries.note_first_meeting", on=date(2026, 3, 3)),
}


def made(given):
    from cases.actions import enquiries

    with given.opened() as verb:
        enquiry = enquiries.register(**contact(), by=verb["by"], now=verb["now"])
    return {"enquiry": enquiry.pk}
