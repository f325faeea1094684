"""Who may decide on the committee's behalf."""

from __future__ import annotations

from datetime import date

from tests.cast import NOW, acting


def give(world, delegate=None, **changes):
    values = {
        "provision": "sol_11_1",
        "delegate": delegate or world.cast.worker,
        "deputy_for": None,
        "starts_on": date(2026, 1, 1),
        "ends_on": None,
        "note": "",
    }
    return world.unit_call(world.cast.supervisor, "delegations.give", **{**values, **changes})


def _withdraw(world):
    delegation = give(world)
    return lambda: world.unit_call(
        world.cast.supervisor, "delegations.withdraw", delegation=delegation, on=NOW.date()
    )


SCENARIOS = {"delegations.give": lambda world: lambda: give(world), "delegations.withdraw": _withdraw}


def made(given):
    from cases.actions import delegations

    with acting(given.supervisor) as actor:
        delegation = delegations.give(
            provision="sol_11_1",
            delegate=given.worker,
            deputy_for=None,
            starts_on=date(2026, 1, 1),
            ends_on=None,
            note="",
            by=actor,
            now=NOW,
        )
    return {"delegation": delegation.pk}
