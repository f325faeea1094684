"""The journal."""

from __future__ import annotations

from datetime import date

FULL = {"kind": "contact", "event_date": date(2026, 3, 1), "facts": "Möte.", "assessment": "", "source": ""}


def _draft(world):
    return world.call(world.cast.worker, "notes.start")


def _on_draft(action, **arguments):
    def prepare(world):
        note = _draft(world)
        return lambda: world.call(world.cast.worker, action, note=note, **arguments)

    return prepare


def _correct(world):
    note = world.call(world.cast.worker, "notes.sign", note=_draft(world), content=FULL, version=1)
    return lambda: world.call(world.cast.worker, "notes.correct", note=note)


SCENARIOS = {
    "notes.start": lambda world: lambda: _draft(world),
    "notes.save_draft": _on_draft("notes.save_draft", content={"facts": "a"}, version=1),
    "notes.sign": _on_draft("notes.sign", content=FULL, version=1),
    "notes.discard": _on_draft("notes.discard", version=1),
    "notes.correct": _correct,
}


def made(given):
    from cases.actions import notes

    with given.opened() as verb:
        return {"note": notes.start(**verb).pk}
