"""The person: her details, another number, and the rows about her."""

from __future__ import annotations

from datetime import date

from tests.cast import TEST_NUMBER

NEW_NUMBER = {"kind": "interim", "number": "900607-T238", "level": "", "on": date(2026, 3, 1)}
ROWS = {
    "alias": {"kind": "nickname", "text": "Lillen"},
    "channel": {
        "kind": "phone",
        "reaches": "client",
        "value": "070-1740606",
        "is_safe": True,
        "hours": "10–12",
        "answered_by": "Bara personen",
        "may_say": "Inget",
        "ended_on": None,
    },
    "guardian": {
        "name": "Vera Provsson",
        "custody": "joint",
        "may_be_told": None,
        "note": "Ring först.",
        "starts_on": date(1990, 6, 7),
        "ends_on": None,
    },
    "representative": {
        "kind": "good_man",
        "name": "God Mansson",
        "extent": "Bevaka rätt.",
        "starts_on": date(2026, 1, 1),
        "ends_on": None,
    },
    "relation": {
        "kind": "sibling",
        "name": "Syskon Provsson",
        "birth_date": date(2012, 5, 20),
        "role": "Bor hemma.",
        "is_threatened": True,
    },
    "tie": {"label": "Den äldre bekanta", "role": "Ger uppdrag", "threat": "possible", "note": ""},
}


def add(world, particular, **changes):
    return world.call(
        world.cast.worker,
        "particulars.add",
        particular=particular,
        values={**ROWS[particular], **changes},
    )


def _change(world):
    row = add(world, "channel")
    return lambda: world.call(
        world.cast.worker,
        "particulars.change",
        particular="channel",
        row=row,
        changes={"is_safe": False},
        version=1,
    )


def _replace(world):
    assert NEW_NUMBER["number"] != TEST_NUMBER
    return lambda: world.call(world.cast.worker, "people.replace_number", version=1, **NEW_NUMBER)


SCENARIOS = {
    "people.edit_person": lambda world: (
        lambda: world.call(world.cast.worker, "people.edit_person", changes={"language": "polska"}, version=1)
    ),
    "people.replace_number": _replace,
    "particulars.add": lambda world: lambda: add(world, "relation"),
    "particulars.change": _change,
}


def made(given):
    from cases.actions import particulars, people
    from cases.queries.person import Particular

    with given.opened() as verb:
        rows = {
            kind: particulars.add(particular=Particular(kind), values=values, **verb).pk
            for kind, values in ROWS.items()
        }
        people.replace_number(version=verb["opened"].case.version, **NEW_NUMBER, **verb)
    return rows
