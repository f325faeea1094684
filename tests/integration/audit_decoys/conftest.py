"""An invented case that a colleague has been given access to, and those who keep decoys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from audit import tasks
from audit.decoys import access, keeping
from tests.cast import NOW, Cast, acting, make_case

EARLIER = NOW - timedelta(days=7)


@dataclass
class Keepers:
    """An auditor who asks and an officer who approves; `case` is the worker's invention, `colleague` may read it."""

    cast: Cast
    case: UUID
    number: str

    @contextmanager
    def opener(self, user, *, at: datetime = NOW) -> Iterator[tuple]:
        """The case opened by somebody, the way a page does."""
        from cases.access import get_case

        with acting(user, at=at) as actor:
            yield get_case(actor=actor, case=self.case, at=at), actor

    def ask(self, *, by=None, number: str = "", known_to=None, at: datetime = NOW):
        known = [self.cast.worker.pk] if known_to is None else known_to
        with acting(by or self.cast.auditor, at=at) as actor:
            return keeping.ask(number=number or self.number, known_to=known, by=actor, now=at)

    @contextmanager
    def opened(self, decoy, *, by, at: datetime = NOW) -> Iterator[dict]:
        with acting(by, at=at) as actor:
            found = access.open_one(decoy=decoy.pk, actor=actor, at=at)
            yield {"decoy": found, "by": actor, "now": at}

    def approve(self, decoy, *, by=None, at: datetime = NOW, is_approved: bool = True) -> None:
        with self.opened(decoy, by=by or self.cast.officer, at=at) as verb:
            keeping.decide(is_approved=is_approved, **verb)

    def end(self, decoy, *, at: datetime) -> None:
        with self.opened(decoy, by=self.cast.officer, at=at) as verb:
            keeping.end(**verb)

    def handle(self, alert, *, at: datetime, outcome: str = "Talade med chefen.") -> None:
        with acting(self.cast.officer, at=at) as actor:
            found = access.open_alert(alert=alert.pk, actor=actor, at=at)
            keeping.handle(alert=found, outcome=outcome, by=actor, now=at)


def give(user, case, *, by, at: datetime = EARLIER) -> None:
    """Give a colleague access to read and work, as to any case."""
    from cases.access import get_case
    from cases.actions import grants
    from cases.models import Basis

    with acting(by, at=at) as actor:
        opened = get_case(actor=actor, case=case, at=at)
        grants.give(opened=opened, user=user, basis=Basis.DEPUTY, expires_at=None, by=actor, now=at)


@pytest.fixture
def keepers(cast) -> Keepers:
    from cases.models import Case

    case = make_case(
        worker=cast.worker, at=EARLIER, given_name="Påhittad", identity_kind="unknown", identity_number=""
    )
    give(cast.colleague, case, by=cast.supervisor)
    return Keepers(cast, case, Case.objects.get(pk=case).number)


@pytest.fixture
def decoy(keepers):
    """The case is watched since NOW; the worker knows of it."""
    made = keepers.ask()
    keepers.approve(made)
    return made


@pytest.fixture
def look(monkeypatch, time_machine):
    """Let the clock look whether a decoy was opened, as the worker does four times a minute."""
    monkeypatch.setattr(tasks.tell_of_decoy, "delay", tasks.tell_of_decoy.run)

    def at(moment: datetime) -> None:
        time_machine.move_to(moment, tick=False)
        tasks.watch_decoys()

    return at
