"""Looks four times a minute whether a decoy has been opened, and says to whom that must be told.

The gate does not look: what it does for a decoy must take as long and look the same as for any other case. So it is the
record that gives the colleague away, after her page has been shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from audit import queries
from audit.decoys import access
from audit.decoys.access import Watched
from audit.events import Actor, Kind
from audit.log_events import ASKED, DECOY_OPENED, DECOY_TOLD
from audit.models import DecoyAlert, Leaf
from audit.models_decoy import DecoyState
from audit.review.knowledge import files
from audit.review.writing import tell as tell_of
from audit.telling import people_with, send, told_since
from avhopp.accounts.roles import Right

# Two workers take turns; any constant that nobody else takes.
_TURN = 0x6465636F
# As long as a worker may have stood still without an opening being missed.
LOOKS_BACK = timedelta(days=7)
# Access that somebody is given, and accounts, are no openings.
NOT_OPENING = (Kind.GRANT, Kind.ACCOUNT, Kind.KEY)


@transaction.atomic
def watch(*, by: Actor, now: datetime) -> list[DecoyAlert]:
    """Write an alert, with its leaf, for each colleague who has opened a decoy since she was last alerted about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    made = []
    with access.known(by=by, at=now, states=[DecoyState.WATCHED]) as watched:
        for each in watched:
            covered = _covered(each)
            for leaf in _openings(each, now):
                assert leaf.actor is not None
                until = covered.get(leaf.actor)
                if until is None or leaf.at > until:
                    made.append(_alert(each, leaf, by, now))
                    covered[leaf.actor] = now
    return made


def untold() -> list[UUID]:
    """Those who keep decoys and have not been told since the latest alert that waits."""
    latest = DecoyAlert.objects.filter(handled_at=None).order_by("-found_at").first()
    if latest is None:
        return []
    people = people_with(Right.KEEP_DECOYS)
    return [person for person in people if not told_since(latest.found_at, event=DECOY_TOLD, person=person)]


@transaction.atomic
def tell(*, person: UUID, by: Actor, now: datetime) -> None:
    """Tell one who keeps decoys that something has happened, in a mail that says nothing more."""
    if person in untold():
        send(event=DECOY_TOLD, person=person, by=by, now=now)


def waiting_alerts() -> int:
    """How many alerts wait for somebody; opens nothing."""
    return DecoyAlert.objects.filter(handled_at=None).count()


def opened_decoys(*, reads: Iterable[tuple[UUID, UUID]], by: Actor, now: datetime) -> set[tuple[UUID, UUID]]:
    """Those of some (person, case) that are openings of a decoy by somebody who did not know of it."""
    states = (DecoyState.WATCHED, DecoyState.ENDED)
    with access.known(by=by, at=now, states=states) as decoys:
        known_to = {each.case: each.known_to for each in decoys}
    return {(person, case) for person, case in reads if case in known_to and person not in known_to[case]}


def _openings(watched: Watched, now: datetime) -> Iterator[Leaf]:
    decided_at = watched.decoy.decided_at
    assert decided_at is not None
    found: QuerySet[Leaf] = queries.search(scope=watched.case, since=max(decided_at, now - LOOKS_BACK))
    found = found.exclude(actor=None).exclude(kind__in=NOT_OPENING)
    found = found.exclude(event__in=[*files().listings, *ASKED]).exclude(actor__in=list(watched.known_to))
    return found.order_by("at", "id").iterator()


def _covered(watched: Watched) -> dict[UUID, datetime]:
    """Until when each colleague's openings of a decoy have been told of; for ever while her alert waits."""
    found: dict[UUID, datetime] = {}
    for alert in DecoyAlert.objects.filter(decoy=watched.decoy).order_by("found_at"):
        person = UUID(alert.seen["person"])
        until = alert.handled_at or datetime.max.replace(tzinfo=alert.found_at.tzinfo)
        found[person] = max(found.get(person, until), until)
    return found


def _alert(watched: Watched, leaf: Leaf, by: Actor, now: datetime) -> DecoyAlert:
    seen = {"leaf": str(leaf.pk), "person": str(leaf.actor), "at": leaf.at.isoformat()}
    alert = DecoyAlert(decoy=watched.decoy, found_at=now, seen=seen, outcome="")
    alert.save(force_insert=True)
    tell_of(event=DECOY_OPENED, asked={}, rows=[alert], by=by, now=now, basis="clock")
    return alert
