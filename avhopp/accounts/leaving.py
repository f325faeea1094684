"""What ends when somebody leaves her unit or her role, or her account is closed. The apps above say what that is.

It is part of the act that lets her leave: in its transaction, at its moment, in the name of whoever did it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from audit.events import Actor
from avhopp.accounts.models import User


class Ending(Protocol):
    """Ends what somebody had."""

    def __call__(self, *, account: User, by: Actor, now: datetime) -> None: ...


_endings: list[Ending] = []


def register(ending: Ending) -> None:
    """Name something that ends; called once when an app starts."""
    if ending not in _endings:
        _endings.append(ending)


def left(*, account: User, by: Actor, now: datetime) -> None:
    """End everything that somebody had in what she leaves."""
    for ending in _endings:
        ending(account=account, by=by, now=now)
