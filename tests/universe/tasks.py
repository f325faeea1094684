"""Things to do by a day."""

from __future__ import annotations

from datetime import date

from cases.models.task import TaskEnd


def _add(world):
    return world.call(
        world.cast.worker,
        "tasks.add",
        text="Ring frivården.",
        due_on=date(2026, 3, 9),
        assigned_to=world.cast.worker.pk,
    )


def _end(world):
    task = _add(world)
    return lambda: world.call(world.cast.worker, "tasks.end", task=task, how=TaskEnd.DONE)


SCENARIOS = {"tasks.add": lambda world: lambda: _add(world), "tasks.end": _end}
