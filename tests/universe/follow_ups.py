"""Follow-ups after closure."""

from __future__ import annotations

from datetime import date

from cases.models.follow_up import Point

HOW_IT_WENT = {
    "happened_on": date(2026, 3, 2),
    "reached": "called",
    "housing": "own",
    "occupation": "work",
    "substance": "none",
    "threat": "low",
    "crime": "none",
    "comment": "",
}


def end_case(world) -> None:
    """Close the world's case."""
    from cases.workflow import Stage

    asked = world.call(
        world.cast.worker,
        "stages.request_stage",
        to_stage=Stage.CLOSED,
        reason="Personen tackade nej.",
        ticked={"client_told", "summary"},
        closure_reason="declined",
    )
    world.call(world.cast.supervisor, "stages.approve", request=asked, seen=bytes(asked.digest), comment="")


def note(world):
    return world.call(world.cast.worker, "follow_ups.note", point=Point.SIX, values=HOW_IT_WENT)


def _note(world):
    end_case(world)
    return lambda: note(world)


def _change(world):
    end_case(world)
    noted = note(world)
    values = {**HOW_IT_WENT, "housing": "none"}
    return lambda: world.call(
        world.cast.worker, "follow_ups.change", follow_up=noted, values=values, version=1
    )


SCENARIOS = {"follow_ups.note": _note, "follow_ups.change": _change}


def made(given):
    from cases.actions.writing import new_row
    from cases.models import FollowUp

    # A case at work has none, and the one whose addresses are asked for is at work; it is written past the verb.
    with given.opened() as verb:
        return {"follow_up": new_row(FollowUp, values={**HOW_IT_WENT, "months": 6}, **verb).pk}
