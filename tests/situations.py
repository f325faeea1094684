"""What may have happened to a case before somebody asks for its pages, made by the verbs and taken back after.

A situation says whose file the addresses are filled in with, who of the asked sees it, and what is done to it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tests.cast import NOW, acting
from tests.universe import World
from tests.universe.follow_ups import end_case
from tests.universe.recusals import recuse
from tests.universe.restrictions import restrict


@dataclass(frozen=True)
class Situation:
    """`file` is a name of `Universe.ids`; `seen_by` are people of the cast, by their names in it."""

    file: str
    seen_by: frozenset[str] = frozenset()
    happens: Callable[[World], object] = lambda world: None

    @contextmanager
    def made(self, cast, ids: dict[str, UUID]) -> Iterator[None]:
        """Let it happen to the case of these rows, until the block ends."""
        with transaction.atomic():
            if ids:
                self.happens(_world(cast, ids["case"]))
            yield
            transaction.set_rollback(True)


def _world(cast, case: UUID) -> World:
    @contextmanager
    def opened(user):
        from cases.access import get_case

        with acting(user) as actor:
            yield get_case(actor=actor, case=case, at=NOW), actor

    return World(cast, case, opened)


def _end(world: World) -> None:
    from cases.models import StageRequest

    asked = StageRequest.objects.get(case=world.case_id, state="pending")
    world.call(world.cast.worker, "stages.withdraw", request=asked)
    end_case(world)


TEAM = frozenset({"worker", "co_worker", "supervisor"})
SITUATIONS = {
    "own": Situation("own", TEAM),
    "closed": Situation("own", TEAM, _end),
    "recused": Situation(
        "own",
        TEAM - {"worker"},
        lambda world: recuse(world, world.cast.worker, successor=world.cast.colleague),
    ),
    "colleagues": Situation("colleagues", frozenset({"supervisor"})),
    "restricted": Situation(
        "colleagues",
        happens=lambda world: restrict(world, world.cast.colleague, world.cast.other_supervisor),
    ),
    "foreign": Situation("foreign"),
    "shredded": Situation("shredded"),
    "missing": Situation("missing"),
}
# What has no case has not been through any of it.
WITHOUT_A_CASE = ("own", "foreign", "missing")
