"""What is known of colleagues' ties."""

from __future__ import annotations

TIE = {"kind": "approached", "text": "Uppsökt hemma av okända.", "measures": "Larm."}


def write_down(world, *, about=None, by=None):
    return world.unit_call(
        by or world.cast.supervisor, "staff_ties.write_down", about=about or world.cast.colleague, values=TIE
    )


def _end(world):
    tie = write_down(world)
    return lambda: world.unit_call(world.cast.supervisor, "staff_ties.end", tie=tie, version=tie.version)


SCENARIOS = {"staff_ties.write_down": lambda world: lambda: write_down(world), "staff_ties.end": _end}


def made(given):
    from cases.actions import staff_ties

    with given.opened(given.supervisor) as verb:
        tie = staff_ties.write_down(about=given.worker, values=TIE, by=verb["by"], now=verb["now"])
    return {"staff_tie": tie.pk}
