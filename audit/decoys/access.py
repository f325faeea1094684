"""The gate to the decoys: those who keep them see which cases they are, leaving a leaf; everybody else nothing.

The jobs that must know (`watched`) open them in a scope of their own, show nobody anything, and leave no leaf for it:
they ask four times a minute. What they find leaves one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit import log
from audit.events import Actor, job
from audit.log_events import DECOYS_VIEWED
from audit.models import Decoy, DecoyAlert
from audit.models_decoy import DecoyState
from audit.review.policies import NotAllowed
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from avhopp.translation import gettext_noop

KIND = "decoy"
KNOW = "know_the_decoys"


class NoSuchDecoy(Exception):
    """There is no such decoy or alert; answer as for any address that does not exist."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An opened decoy: its case, since when it is watched, and the colleagues who know of it."""

    decoy: Decoy
    case: UUID
    known_to: frozenset[UUID]

    @classmethod
    def of(cls, decoy: Decoy) -> Watched:
        """Read what a decoy holds; it must be open."""
        named = decoy.named
        return cls(decoy, UUID(named["scope"]), frozenset(map(UUID, named["known_to"])))


def check_keeps(*, actor: Actor) -> None:
    """Refuse whoever does not keep decoys."""
    if not may_try(role=actor.role, right=Right.KEEP_DECOYS):
        raise NotAllowed(gettext_noop("Bara logggranskare och dataskyddsombud håller lockärenden."))


def open_all(*, actor: Actor, at: datetime) -> list[Decoy]:
    """Open every decoy and alert for one who keeps them, the newest first, leaving one leaf."""
    check_keeps(actor=actor)
    staff = ("asked_by", "decided_by", "ended_by")
    found = list(Decoy.objects.select_related(*staff).order_by("-asked_at", "pk"))
    subjects = [log.read(decoy) for decoy in found]
    log.record(event=DECOYS_VIEWED, actor=actor, at=at, basis="role", purpose="decoys", subjects=subjects)
    scopes.current().admit([decoy.pk for decoy in found], basis="role")
    return found


def open_one(*, decoy: UUID, actor: Actor, at: datetime) -> Decoy:
    """Open one decoy for one who keeps them and lock it, leaving one leaf; raises `NoSuchDecoy`."""
    check_keeps(actor=actor)
    found = Decoy.objects.select_for_update().filter(pk=decoy).first()
    if found is None:
        raise NoSuchDecoy
    log.record(
        event=DECOYS_VIEWED, actor=actor, at=at, basis="role", purpose="decoys", subjects=[log.read(found)]
    )
    scopes.current().admit([found.pk], basis="role")
    return found


def open_alert(*, alert: UUID, actor: Actor, at: datetime) -> DecoyAlert:
    """Open one alert and its decoy, leaving one leaf; raises `NoSuchDecoy`."""
    found = DecoyAlert.objects.select_for_update(of=("self",)).select_related("handled_by")
    alert_row = found.filter(pk=alert).first()
    if alert_row is None:
        check_keeps(actor=actor)
        raise NoSuchDecoy
    alert_row.decoy = open_one(decoy=alert_row.decoy_id, actor=actor, at=at)
    return alert_row


@contextmanager
def known(*, by: Actor, at: datetime, states: Iterable[DecoyState]) -> Iterator[list[Watched]]:
    """Open the decoys in these states for a job, for as long as the block lasts; shows nobody anything."""
    found = list(Decoy.objects.filter(state__in=list(states)).order_by("pk"))
    if not found:
        yield []
        return
    with CryptoScope(actor=by, purpose="decoys", at=at) as looking:
        looking.admit([decoy.pk for decoy in found], basis="clock")
        yield [Watched.of(decoy) for decoy in found]


def cases_of_decoys(*, at: datetime) -> frozenset[UUID]:
    """The cases that are or have been decoys: they are never counted, and their deadlines trouble nobody."""
    states = (DecoyState.WATCHED, DecoyState.ENDED)
    with known(by=job(KNOW), at=at, states=states) as decoys:
        return frozenset(each.case for each in decoys)


def register() -> None:
    """Tell the sealed fields who decides about decoys; called once when the application starts."""
    scopes.register_gate(KIND, _gate)


def _gate(open_scope: CryptoScope, scope: UUID) -> None:
    """Nobody opens a decoy by the way: it is asked for above, or stays closed."""
    raise Denied("a decoy is opened by those who keep them alone")
