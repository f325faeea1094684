"""Assessments of risk and threat."""

from __future__ import annotations

from datetime import date

THREAT = {
    "kind": "threat",
    "assessed_on": date(2026, 3, 1),
    "assessor": "Prov Bedömare, socialsekreterare",
    "training": "",
    "sources": "Samtal med den enskilde.",
    "threat_level": "high",
    "threatened": "Den enskilde.",
    "result": "Risken är hög i hemområdet.",
    "police_information": "",
    "motivation": "",
    "protective_factors": "",
    "valid_until": date(2026, 6, 1),
    "review_on": date(2026, 5, 1),
}


def start(world):
    return world.call(world.cast.worker, "assessments.start")


def sign(world, **changes):
    draft = start(world)
    saved = world.call(
        world.cast.worker,
        "assessments.save_draft",
        assessment=draft,
        content={**THREAT, **changes},
        version=draft.version,
    )
    return world.call(world.cast.worker, "assessments.sign", assessment=saved, version=saved.version)


def _save(world):
    draft = start(world)
    return lambda: world.call(
        world.cast.worker, "assessments.save_draft", assessment=draft, content=THREAT, version=1
    )


def _sign(world):
    saved = _save(world)()
    return lambda: world.call(world.cast.worker, "assessments.sign", assessment=saved, version=2)


def _discard(world):
    draft = start(world)
    return lambda: world.call(world.cast.worker, "assessments.discard", assessment=draft, version=1)


def _correct(world):
    signed = sign(world)
    return lambda: world.call(world.cast.worker, "assessments.correct", assessment=signed)


SCENARIOS = {
    "assessments.start": lambda world: lambda: start(world),
    "assessments.save_draft": _save,
    "assessments.sign": _sign,
    "assessments.discard": _discard,
    "assessments.correct": _correct,
}


def made(given):
    from cases.actions import assessments

    with given.opened() as verb:
        return {"assessment": assessments.start(**verb).pk}
