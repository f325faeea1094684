"""Letters to the person, and contacts that were taken."""

from __future__ import annotations

from tests.universe.people import ROWS, add

POST = {**ROWS["channel"], "kind": "post", "value": "Box 1\n000 00 Prov"}
LETTER = {
    "recipient": "Prov Provsson",
    "sender": "Provkommun",
    "text": "Välkommen att höra av dig.",
    "reason": "",
}


def _write(world):
    channel = add(world, "channel", **POST)
    return lambda: world.call(world.cast.worker, "contacts.write_letter", channel=channel, **LETTER)


def _note(world):
    from tests.cast import NOW

    channel = add(world, "channel")
    return lambda: world.call(
        world.cast.worker,
        "contacts.note_contact",
        channel=channel,
        kind="call",
        on=NOW.date(),
        result="reached",
        text="Mår bra.",
        reason="",
    )


SCENARIOS = {"contacts.write_letter": _write, "contacts.note_contact": _note}


def made(given):
    from cases.actions import contacts, particulars
    from cases.queries.person import Particular

    with given.opened() as verb:
        channel = particulars.add(particular=Particular.CHANNEL, values=POST, **verb)
        return {"contact": contacts.write_letter(channel=channel, **LETTER, **verb).pk}
