"""Reads the record: who has read a scope, and the log search of the reviewer. Opens no case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.events import EVENTS, Event
from audit.models import Leaf, LeafSubject
from avhopp.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reading:
    """One leaf in words."""

    leaf: UUID
    at: datetime
    who: str
    role: str
    event: Event
    basis: str
    address: str
    about: str


def readings_of(*, scope: UUID, limit: int) -> list[Reading]:
    """The leaves about one scope, newest first."""
    return in_words(about_scope(scope).order_by("-at", "-id")[:limit])


def about_scope(scope: UUID) -> QuerySet[Leaf]:
    """The leaves that name a scope."""
    return Leaf.objects.filter(Exists(LeafSubject.objects.filter(leaf=OuterRef("pk"), scope=scope)))


def search(
    *, actor: UUID | None, kind: str, event: str, since: datetime | None, until: datetime | None, scope: UUID | None
) -> QuerySet[Leaf]:
    """The leaves that fit, newest first; an empty word does not narrow."""
    found = about_scope(scope) if scope else Leaf.objects.all()
    if actor:
        found = found.filter(actor=actor)
    if kind:
        found = found.filter(kind=kind)
    if event:
        found = found.filter(event=event)
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    return found.order_by("-at", "-id")


def in_words(leaves: QuerySet[Leaf] | list[Leaf]) -> list[Reading]:
    """Put leaves into words; the people are staff, looked up by id."""
    page = list(leaves)
    ids = {leaf.actor for leaf in page} | {leaf.about for leaf in page}
    names = dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
    return [
        Reading(
            leaf=leaf.id,
            at=leaf.at,
            who=names.get(leaf.actor, ""),
            role=leaf.role,
            event=EVENTS[leaf.event],
            basis=leaf.basis,
            address=leaf.address,
            about=names.get(leaf.about, ""),
        )
        for leaf in page
    ]
