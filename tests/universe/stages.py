"""Asking for a stage and deciding about it."""

from __future__ import annotations

from cases.workflow import Stage

ASKED = {
    "to_stage": Stage.INQUIRY,
    "reason": "Informationen är lämnad.",
    "ticked": {"need_described", "acute_considered"},
    "closure_reason": "",
}


def request(world):
    return world.call(world.cast.worker, "stages.request_stage", **ASKED)


def _approve(world):
    asked = request(world)
    return lambda: world.call(
        world.cast.supervisor, "stages.approve", request=asked, seen=bytes(asked.digest), comment=""
    )


def _send_back(world):
    asked = request(world)
    return lambda: world.call(
        world.cast.supervisor, "stages.send_back", request=asked, comment="Komplettera."
    )


def _withdraw(world):
    asked = request(world)
    return lambda: world.call(world.cast.worker, "stages.withdraw", request=asked)


SCENARIOS = {
    "stages.request_stage": lambda world: lambda: request(world),
    "stages.approve": _approve,
    "stages.send_back": _send_back,
    "stages.withdraw": _withdraw,
}


def made(given):
    from cases.actions import stages

    with given.opened() as verb:
        return {"request_id": stages.request_stage(**ASKED, **verb).pk}
