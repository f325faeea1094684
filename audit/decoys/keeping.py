"""Ask that a case be a decoy, decide about it, end it, and write down what an alert led to. Each act writes one leaf.

No leaf names the case: its subject is the decoy's own row, which holds the case sealed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from audit import queries
from audit.decoys import access, knowledge
from audit.decoys.access import Watched
from audit.events import Actor
from audit.log_events import (
    DECOY_ALERT_HANDLED,
    DECOY_APPROVED,
    DECOY_ASKED,
    DECOY_DECLINED,
    DECOY_ENDED,
)
from audit.models import Decoy, DecoyAlert
from audit.models_decoy import DecoyState
from audit.review.policies import NotAllowed
from audit.review.writing import tell
from avhopp.sealed import scope as scopes
from avhopp.translation import gettext_noop

OPEN_STATES = (DecoyState.WAITING, DecoyState.WATCHED)


class NoSuchCase(Exception):
    """No case has the number; compare it with the paper."""


class InUse(Exception):
    """Somebody has worked in the case, so that a person may be in it; make a decoy of an invented one."""


class IsDecoy(Exception):
    """The case is a decoy or waits to be one."""


class AlreadyDecided(Exception):
    """Somebody has decided about it, or ended it, in the meantime."""


class OutcomeMissing(Exception):
    """What an alert led to needs words that somebody else can act on."""


@transaction.atomic
def ask(*, number: str, known_to: Collection[UUID], by: Actor, now: datetime) -> Decoy:
    """Ask that the case be watched; raises `NoSuchCase`, `InUse` or `IsDecoy`. Somebody else must approve it."""
    access.check_keeps(actor=by)
    case = queries.subject_of_number(number)
    if case is None:
        raise NoSuchCase
    with access.known(by=by, at=now, states=OPEN_STATES) as others:
        if any(other.case == case.scope for other in others):
            raise IsDecoy
    if not knowledge.is_unused(case.scope):
        raise InUse
    decoy_id = uuid4()
    scopes.current().mint(decoy_id, kind=access.KIND)
    named = {"scope": str(case.scope), "number": number, "known_to": sorted(map(str, known_to))}
    decoy = Decoy(id=decoy_id, named=named, asked_by_id=by.person, asked_at=now)
    decoy.save(force_insert=True)
    tell(event=DECOY_ASKED, asked={}, rows=[decoy], by=by, now=now)
    return decoy


@transaction.atomic
def decide(*, decoy: Decoy, is_approved: bool, by: Actor, now: datetime) -> None:
    """Approve or decline what somebody else has asked for; raises `InUse` when the case has been worked in since."""
    access.check_keeps(actor=by)
    if decoy.state != DecoyState.WAITING:
        raise AlreadyDecided
    if decoy.asked_by_id == by.user:
        raise NotAllowed(gettext_noop("Den som har begärt ett lockärende godkänner det inte själv."))
    if is_approved and not knowledge.is_unused(Watched.of(decoy).case):
        raise InUse
    decoy.state = DecoyState.WATCHED if is_approved else DecoyState.DECLINED
    decoy.decided_by_id, decoy.decided_at = by.person, now
    decoy.save()
    tell(event=DECOY_APPROVED if is_approved else DECOY_DECLINED, asked={}, rows=[decoy], by=by, now=now)


@transaction.atomic
def end(*, decoy: Decoy, by: Actor, now: datetime) -> None:
    """Watch the case no more; it is never counted all the same."""
    access.check_keeps(actor=by)
    if decoy.state != DecoyState.WATCHED:
        raise AlreadyDecided
    decoy.state, decoy.ended_by_id, decoy.ended_at = DecoyState.ENDED, by.person, now
    decoy.save()
    tell(event=DECOY_ENDED, asked={}, rows=[decoy], by=by, now=now)


@transaction.atomic
def handle(*, alert: DecoyAlert, outcome: str, by: Actor, now: datetime) -> None:
    """Write down what an alert led to, once; later openings by the same colleague alert anew."""
    access.check_keeps(actor=by)
    if alert.handled_at is not None:
        raise AlreadyDecided
    if not outcome.strip():
        raise OutcomeMissing
    alert.outcome, alert.handled_by_id, alert.handled_at = outcome.strip(), by.person, now
    alert.save()
    tell(event=DECOY_ALERT_HANDLED, asked={}, rows=[alert], by=by, now=now)
