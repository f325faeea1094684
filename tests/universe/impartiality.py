"""A colleague's word that she is not recused, and where she lives."""

from __future__ import annotations

HOME = "Provgatan 3 A\n123 45"


def _forget(world):
    world.unit_call(world.cast.worker, "impartiality.say_home", address=HOME)
    return lambda: world.unit_call(world.cast.worker, "impartiality.forget_home")


SCENARIOS = {
    "impartiality.forget_home": _forget,
    "impartiality.say_home": lambda world: (
        lambda: world.unit_call(world.cast.worker, "impartiality.say_home", address=HOME)
    ),
    "impartiality.state": lambda world: lambda: world.call(world.cast.worker, "impartiality.state"),
}
