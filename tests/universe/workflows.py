"""Versions of what stages need."""

from __future__ import annotations

from datetime import date

from cases.workflow import Requirement, Stage, Track


def rule(target=Stage.INQUIRY, track=Track.EXIT):
    from cases.queries.stage_rules import rules_of_newest

    return next(each for each in rules_of_newest() if (each.track, each.target) == (track, target))


def change(**values):
    from cases.actions.workflows import Change

    given = {
        "lines": ["Behov och hotbild är beskrivna i en anteckning", "En ny rad"],
        "requires": [Requirement.CONSENT_POLICE],
        "may_ask": ["case_worker"],
        "may_approve": ["supervisor"],
    }
    return Change(**{**given, **values})


def write(world, **values):
    return world.unit_call(
        world.cast.administrator,
        "workflows.write_version",
        **{
            "rule": rule(),
            "change": change(),
            "valid_from": date(2026, 3, 1),
            "note": "Mer.",
            **values,
        },
    )


def _move(world):
    write(world)
    return lambda: world.call(world.cast.worker, "workflows.move_case", on=date(2026, 3, 2))


SCENARIOS = {"workflows.write_version": lambda world: lambda: write(world), "workflows.move_case": _move}


def made(given):
    return {"stage_rule": rule().pk}
