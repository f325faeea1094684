"""What is asked for and given out."""

from __future__ import annotations

from datetime import date

from tests.cast import acting
from tests.universe.consents import give

ASKED = {
    "initiative": "request",
    "receiver": "police",
    "receiver_name": "Inspektör Provman, Polisområde Prov",
    "received_on": date(2026, 3, 2),
    "matter": "other",
    "what": "Planeringen för veckan.",
    "aim": "Samordning av skyddet.",
}


def ask(world, **changes):
    return world.call(world.cast.worker, "disclosures.register", values={**ASKED, **changes})


def verdict(**changes):
    """A decision to give on a consent, if one is put in; everything that it needs but the ground."""
    from cases.actions.disclosures import Verdict
    from cases.models.disclosure import Answer, Verification

    values = {
        "answer": Answer.ALL,
        "verification": Verification.SWITCHBOARD,
        "verified_how": "Ringde växeln 114 14.",
        "balance": "Samtycket omfattar uppgiften.",
        "sent_text": "Möte på tisdag kl. 10.",
        "sent_on": date(2026, 3, 2),
        "sent_how": "phone",
    }
    return Verdict(**{**values, **changes})


def delegate(cast, code: str, *, at):
    """Let the worker decide under a provision."""
    from cases.actions import delegations

    with acting(cast.supervisor, at=at) as actor:
        return delegations.give(
            provision=code,
            delegate=cast.worker,
            deputy_for=None,
            starts_on=date(2026, 1, 1),
            ends_on=None,
            note="",
            by=actor,
            now=at,
        )


def decide(world, disclosure, **changes):
    return world.call(
        world.cast.worker,
        "disclosures.decide",
        disclosure=disclosure,
        version=disclosure.version,
        verdict=verdict(**changes),
    )


def _decide(world):
    consent, asked = give(world), ask(world)
    return lambda: decide(world, asked, consent=consent)


SCENARIOS = {"disclosures.register": lambda world: lambda: ask(world), "disclosures.decide": _decide}


def made(given):
    from cases.actions import disclosures

    with given.opened() as verb:
        return {"disclosure": disclosures.register(values=ASKED, **verb).pk}
