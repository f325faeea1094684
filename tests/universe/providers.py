"""The unit's register of providers."""

from __future__ import annotations

from datetime import date

from tests.cast import NOW, acting

PROVIDER = {
    "name": "Påhittade Hemmet AB",
    "kind": "protected_housing",
    "contract_from": date(2026, 1, 1),
    "contract_to": date(2027, 12, 31),
    "needs_permit": True,
    "permit_number": "PROV-1",
    "permit_until": date(2027, 12, 31),
    "checked_on": date(2026, 2, 1),
    "note": "",
}


def register(world, **changes):
    return world.unit_call(world.cast.supervisor, "providers.register", values={**PROVIDER, **changes})


def _change(world):
    provider = register(world)
    return lambda: world.unit_call(
        world.cast.supervisor,
        "providers.change",
        provider=provider,
        values={**PROVIDER, "checked_on": date(2026, 3, 1)},
        version=1,
    )


SCENARIOS = {
    "providers.register": lambda world: lambda: register(world),
    "providers.change": _change,
}


def made(given):
    from cases.actions import providers

    with acting(given.supervisor) as actor:
        return {"provider": providers.register(values=PROVIDER, by=actor, now=NOW).pk}
