"""A colleague's word that she is not recused."""

from __future__ import annotations

SCENARIOS = {
    "impartiality.state": lambda world: lambda: world.call(world.cast.worker, "impartiality.state"),
}
