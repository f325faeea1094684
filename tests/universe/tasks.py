"""Things to do by a day."""

from __future__ import annotations

from datetime import date

from cases.models.task import TaskEnd, TaskKind

TASK = {"kind": TaskKind.CALL, "text": "Ring frivården.", "due_on": date(2026, 3, 9)}


def add(world):
    return world.call(world.cast.worker, "tasks.add", assigned_to=world.cast.worker.pk, **TASK)


def _on_one(action, user="worker", **arguments):
    def prepare(world):
        task = add(world)
        return lambda: world.call(getattr(world.cast, user), action, task=task, **arguments)

    return prepare


def _reopen(world):
    ended = world.call(world.cast.worker, "tasks.end", task=add(world), how=TaskEnd.DONE)
    return lambda: world.call(world.cast.worker, "tasks.reopen", task=ended)


def _hand_over(world):
    return _on_one("tasks.hand_over", to=world.cast.supervisor.pk)(world)


SCENARIOS = {
    "tasks.add": lambda world: lambda: add(world),
    "tasks.end": _on_one("tasks.end", how=TaskEnd.DONE),
    "tasks.reopen": _reopen,
    "tasks.hand_over": _hand_over,
}


def made(given):
    from cases.actions import tasks

    with given.opened() as verb:
        return {"task": tasks.add(assigned_to=given.worker.pk, **TASK, **verb).pk}
