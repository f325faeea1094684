"""Mappings of needs."""

from __future__ import annotations

from datetime import date

CONTENT = {
    "mapped_on": date(2026, 3, 1),
    "areas": {
        "housing": {"score": 4, "state": "Bor hos en vän.", "goal": "Egen lägenhet.", "priority": "now"},
        "school": {"score": None, "state": "", "goal": "", "priority": ""},
    },
    "client_view": "Boendet är viktigast.",
    "summary": "Boende först.",
}


def start(world):
    return world.call(world.cast.worker, "mappings.start")


def sign(world, **changes):
    draft = start(world)
    saved = world.call(
        world.cast.worker,
        "mappings.save_draft",
        mapping=draft,
        content={**CONTENT, **changes},
        version=draft.version,
    )
    return world.call(world.cast.worker, "mappings.sign", mapping=saved, version=saved.version)


def _save(world):
    draft = start(world)
    return lambda: world.call(
        world.cast.worker, "mappings.save_draft", mapping=draft, content=CONTENT, version=1
    )


def _sign(world):
    saved = _save(world)()
    return lambda: world.call(world.cast.worker, "mappings.sign", mapping=saved, version=2)


def _discard(world):
    draft = start(world)
    return lambda: world.call(world.cast.worker, "mappings.discard", mapping=draft, version=1)


def _correct(world):
    signed = sign(world)
    return lambda: world.call(world.cast.worker, "mappings.correct", mapping=signed)


SCENARIOS = {
    "mappings.start": lambda world: lambda: start(world),
    "mappings.save_draft": _save,
    "mappings.sign": _sign,
    "mappings.discard": _discard,
    "mappings.correct": _correct,
}


def made(given):
    from cases.actions import mappings

    with given.opened() as verb:
        return {"mapping": mappings.start(**verb).pk}
