"""Answers from the record alone who could open a file at a moment, and on which ground.

Every leaf that tells of a grant is read in its order; what the last one says of a grant is what held. Whose account was
open and with which role then, the leaves about accounts tell; of an account that they do not tell of, what it is now.
Opens what grants say and nothing of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from audit import queries
from audit.copies import payload_fits, said
from audit.events import Kind
from audit.models import Leaf, Pending, Sequenced
from audit.verification import grants
from audit.verification.faults import Report
from audit.verification.subjects import Subjects
from avhopp.accounts import events as accounts
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try

_OPENED = (accounts.CREATED.code, accounts.REOPENED.code)
_TOLD = (*_OPENED, accounts.CLOSED.code, accounts.ROLE_CHANGED.code)


@dataclass(frozen=True, slots=True)
class Held:
    """One access that was in force."""

    user: UUID
    name: str
    role: str
    basis: str
    starts_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Replayed:
    """Who had access at the moment; `agrees` tells whether the grants as they stand say what the record says."""

    held: tuple[Held, ...]
    agrees: bool


def access_at(*, scope: UUID, at: datetime) -> Replayed:
    """Replay the record of one file up to now, and give what was in force at `at`."""
    told, is_whole = _told(scope)
    people = {user.pk: user for user in User.objects.filter(pk__in={each["user"] for each in told.values()})}
    roles = {user: role for user in people.values() if (role := _role_at(user, at))}
    held = [
        Held(user.pk, user.name, roles[user], each["basis"], starts, expires)
        for each in told.values()
        if (user := people[UUID(each["user"])]) in roles
        and (starts := datetime.fromisoformat(each["starts"])) <= at
        and at < (expires := datetime.fromisoformat(each["expires"]))
    ]
    found = sorted(held, key=lambda each: (each.starts_at, each.name))
    return Replayed(tuple(found), is_whole and grants.agree(scope=scope, told=list(told.values())))


def _told(scope: UUID) -> tuple[dict[str, Mapping[str, str]], bool]:
    """What the record says last of each grant, by its id, and whether every leaf was as it was written."""
    subjects, told, is_whole = Subjects(Report()), {}, True
    telling = queries.about_scope(scope).filter(Q(kind=Kind.GRANT) | Q(event__in=grants.telling()))
    for leaf in _in_order(telling.exclude(payload=None)):
        evidence = said(leaf)
        is_whole &= not evidence.differs and payload_fits(leaf, evidence.fields)
        detail = subjects.detail_of(None, leaf.id, bytes(leaf.payload or b""))
        told.update({each["grant"]: each for each in grants.told_in(detail or {})})
    return told, is_whole


def _in_order(leaves: QuerySet[Leaf]) -> QuerySet[Leaf]:
    """By their place in the tree; what still waits comes after, in the order in which it was written."""
    own = {"leaf": OuterRef("pk")}
    return leaves.annotate(
        place=Subquery(Sequenced.objects.filter(**own).values("seq")),
        turn=Subquery(Pending.objects.filter(**own).values("id")[:1]),
    ).order_by(F("place").asc(nulls_last=True), "turn")


def _role_at(user: User, at: datetime) -> str:
    """The role that let somebody read cases at a moment; empty if none did or the account was closed."""
    leaves = list(_in_order(Leaf.objects.filter(about=user.pk, event__in=_TOLD)))
    before = [leaf for leaf in leaves if leaf.at <= at]
    turns = [leaf for leaf in leaves if leaf.event != accounts.ROLE_CHANGED.code]
    turned = [leaf for leaf in turns if leaf.at <= at]
    if turned:
        is_open = turned[-1].event in _OPENED
    else:
        # What the record begins with tells what was before it.
        is_open = turns[0].event == accounts.CLOSED.code if turns else user.is_active
    role = before[-1].basis if before else user.role
    return role if is_open and may_try(role=role, right=Right.READ_CASES) else ""
