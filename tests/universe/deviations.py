"""Deviations, outside all cases."""

from __future__ import annotations

from datetime import date

DEVIATION = {
    "happened_on": date(2026, 3, 1),
    "kind": "lex_sarah",
    "text": "Ett brev skickades till fel adress.",
    "consequences": "Någon kunde ha fått veta var en klient bor.",
    "at_once": "Brevet hämtades oöppnat.",
}
HANDLED = {
    "causes": "Adressen togs ur ett gammalt register.",
    "measures": "Rutinen är ändrad.",
    "severity": "not_serious",
    "reported_on": None,
}


def report(world):
    return world.unit_call(world.cast.worker, "deviations.report", values=DEVIATION)


def handle(world, deviation, **changes):
    return world.unit_call(
        world.cast.supervisor,
        "deviations.handle",
        deviation=deviation,
        values={**HANDLED, **changes},
        version=deviation.version,
    )


def _handle(world):
    deviation = report(world)
    return lambda: handle(world, deviation)


def _close(world):
    deviation = handle(world, report(world))
    return lambda: world.unit_call(
        world.cast.supervisor, "deviations.close", deviation=deviation, version=deviation.version
    )


SCENARIOS = {
    "deviations.report": lambda world: lambda: report(world),
    "deviations.handle": _handle,
    "deviations.close": _close,
}


def made(given):
    from cases.actions import deviations

    with given.opened() as verb:
        return {"deviation": deviations.report(values=DEVIATION, by=verb["by"], now=verb["now"]).pk}
