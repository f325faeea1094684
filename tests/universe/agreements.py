"""Agreements, their signatures and breaches."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 3, 2)

AGREEMENT = {
    "parties": ["client", "municipality", "police"],
    "other_party": "",
    "conditions": "Kommer till möten. Har ingen kontakt med nätverket.",
    "starts_on": date(2026, 3, 1),
    "ends_on": None,
}
ALL = ("client", "municipality", "police", "police_form")


def write(world, **changes):
    return world.call(world.cast.worker, "agreements.write", values={**AGREEMENT, **changes})


def sign(world, agreement, *what, on=TODAY):
    return [
        world.call(world.cast.worker, "agreements.sign", agreement=agreement, what=each, on=on)
        for each in what
    ]


def signed(world, **changes):
    agreement = write(world, **changes)
    sign(world, agreement, *ALL)
    return agreement


def end(world, agreement, *, on=TODAY, version=2):
    return world.call(
        world.cast.worker,
        "agreements.end",
        agreement=agreement,
        on=on,
        why="På egen begäran.",
        version=version,
    )


def breach(world, agreement):
    return world.call(
        world.cast.worker,
        "breaches.note",
        agreement=agreement,
        happened_on=date(2026, 3, 1),
        what="Uteblev från tre möten.",
    )


def decide(world, row, *, by=None, consequence="talk"):
    return world.call(
        by or world.cast.supervisor,
        "breaches.decide",
        breach=row,
        consequence=consequence,
        reason="Första gången.",
    )


def _change(world):
    agreement = write(world)
    return lambda: world.call(
        world.cast.worker,
        "agreements.change",
        agreement=agreement,
        values={"conditions": "Andra villkor."},
        version=1,
    )


def _sign(world):
    agreement = write(world)
    return lambda: sign(world, agreement, "client")


def _end(world):
    agreement = signed(world)
    return lambda: end(world, agreement)


def _breach(world):
    agreement = signed(world)
    return lambda: breach(world, agreement)


def _decide(world):
    row = breach(world, signed(world))
    return lambda: decide(world, row, consequence="end")


SCENARIOS = {
    "agreements.write": lambda world: lambda: write(world),
    "agreements.change": _change,
    "agreements.sign": _sign,
    "agreements.end": _end,
    "breaches.note": _breach,
    "breaches.decide": _decide,
}


def made(given):
    from cases.actions import agreements, breaches

    with given.opened() as verb:
        agreement = agreements.write(values=AGREEMENT, **verb)
        row = breaches.note(agreement=agreement, happened_on=date(2026, 3, 1), what="Uteblev.", **verb)
    return {"agreement": agreement.pk, "breach": row.pk}
