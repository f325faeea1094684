"""Threat and violence, outside all cases."""

from __future__ import annotations

from tests.cast import NOW

INCIDENT = {
    "occurred_at": NOW,
    "kind": "threat",
    "against": "staff",
    "place": "Receptionen",
    "text": "En besökare hotade en medarbetare.",
    "at_once": "Besökaren visades ut.",
    "safety": "Larm och sällskap till bilen.",
    "police": "not",
    "police_reference": "",
}
HANDLED = {
    "police": "made",
    "police_reference": "5000-K1-26",
    "safety": "Larm.",
    "measures": "Anmält och uppföljt.",
}


def report(world):
    return world.unit_call(world.cast.worker, "incidents.report", values=INCIDENT)


def handle(world, incident):
    return world.unit_call(
        world.cast.supervisor,
        "incidents.handle",
        incident=incident,
        values=HANDLED,
        version=incident.version,
    )


def _handle(world):
    incident = report(world)
    return lambda: handle(world, incident)


def _close(world):
    incident = handle(world, report(world))
    return lambda: world.unit_call(
        world.cast.supervisor, "incidents.close", incident=incident, version=incident.version
    )


SCENARIOS = {
    "incidents.report": lambda world: lambda: report(world),
    "incidents.handle": _handle,
    "incidents.close": _close,
}


def made(given):
    from cases.actions import incidents

    with given.opened() as verb:
        return {"incident": incidents.report(values=INCIDENT, by=verb["by"], now=verb["now"]).pk}
