"""Consents to the exchange of information."""

from __future__ import annotations

from datetime import date

CONSENT = {
    "givers": ["client"],
    "giver_names": "Prov Provsson",
    "receivers": ["police", "school"],
    "extent": "Planering och hotbild.",
    "aim": "Samordnat stöd.",
    "form": "written",
    "starts_on": date(2026, 3, 1),
    "ends_on": date(2026, 6, 30),
}


def give(world, **changes):
    return world.call(world.cast.worker, "consents.give", values={**CONSENT, **changes})


def _withdraw(world):
    consent = give(world)
    return lambda: world.call(
        world.cast.worker,
        "consents.withdraw",
        consent=consent,
        version=1,
        on=date(2026, 3, 2),
        how="Per telefon.",
    )


SCENARIOS = {"consents.give": lambda world: lambda: give(world), "consents.withdraw": _withdraw}


def made(given):
    from cases.actions import consents

    with given.opened() as verb:
        return {"consent": consents.give(values=CONSENT, **verb).pk}
