"""What a person has to do in the cases that she sees. Lists open nothing: a rule's name or a kind says enough there.

Hers is what is assigned to her; a supervisor has beside it what was raised to her, and what nobody can do because the
one who had it has no access any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from cases.access import NotVisible, Opened, grants_in_force
from cases.deadlines import AGE_RULES
from cases.models import CaseGrant, LegalBasis, Task
from cases.policies import Permission
from cases.queries.rules import rule_column

PAGE = 50
NEAREST = 25
DONE_FOR = timedelta(days=30)
# A birthday's plain column holds the first of its month, which is no day to be late with.
NO_BIRTHDAY = ~Q(rule__in=AGE_RULES)


class Shown(StrEnum):
    """Which tasks a person wants to see; the only choices there are (F637 15 §)."""

    MINE = "mina"
    OVERDUE = "forsenade"
    DONE = "klara"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task with what its rule said when its clock started; a worker's own has no rule, and is ticked off by hand.

    `provision` is how the law is cited. `is_orphan` tells a supervisor that the one who has it cannot do it any more.
    """

    task: Task
    name: str = ""
    by_hand: bool = True
    repeats: bool = False
    extension: str = ""
    provision: str = ""
    is_orphan: bool = False


def near_tasks(*, actor: Actor, at: datetime, today: date) -> list[Waiting]:
    """The nearest of what is hers and has begun to be shown, the most overdue first."""
    found = _hers(actor, at).filter(shown_from__lte=today)
    return _told(found.order_by("due_on", "pk")[:NEAREST])


def task_page(
    *, actor: Actor, at: datetime, today: date, number: str, shown: Shown
) -> tuple[Page[Task], list[Waiting]]:
    """One page of what is hers, or of what she has ticked off lately, unopened."""
    page = Paginator(_shown(actor, at, today, shown), PAGE).get_page(number)
    return page, _told(page.object_list)


def days_with_deadlines(*, actor: Actor, at: datetime, today: date) -> list[date]:
    """The days from today on which something is hers to do, each once."""
    found = _hers(actor, at).filter(NO_BIRTHDAY, due_on__gte=today)
    return list(found.order_by("due_on").values_list("due_on", flat=True).distinct())


def tasks_of(opened: Opened) -> list[Waiting]:
    """What waits in an opened case, nearest first."""
    return _told(_named(Task.objects.filter(case=opened.case, ended="")).order_by("due_on", "pk"))


def ended_tasks_of(opened: Opened) -> list[Waiting]:
    """What has been done in an opened case or was not needed, last first."""
    found = _named(Task.objects.filter(case=opened.case).exclude(ended="")).select_related("ended_by")
    return _told(found.order_by("-ended_at", "pk"))


def task_of(opened: Opened, task: UUID) -> Waiting:
    """One task of the case; raises `NotVisible`."""
    found = _told(_named(Task.objects.filter(pk=task, case=opened.case)))
    if not found:
        raise NotVisible
    return found[0]


def _shown(actor: Actor, at: datetime, today: date, shown: Shown) -> QuerySet[Task]:
    if shown == Shown.DONE:
        since = at - DONE_FOR
        done = _visible(actor, at).filter(ended_by_id=actor.user, ended_at__gte=since)
        return done.order_by("-ended_at", "pk")
    hers = _hers(actor, at).order_by("due_on", "pk")
    if shown == Shown.OVERDUE:
        hers = hers.filter(NO_BIRTHDAY, due_on__lt=today)
    return hers


def _hers(actor: Actor, at: datetime) -> QuerySet[Task]:
    waiting = _visible(actor, at).filter(ended="")
    hers = Q(assigned_to_id=actor.user)
    if may_try(role=actor.role, right=Right.APPROVE_STAGES):
        leading = Exists(_grants(actor, at).filter(permission__codename=Permission.SUPERVISE))
        theirs = CaseGrant.objects.filter(
            content_object=OuterRef("case_id"),
            user=OuterRef("assigned_to_id"),
            user__is_active=True,
            starts_at__lte=at,
            expires_at__gt=at,
        )
        waiting = waiting.annotate(is_orphan=~Exists(theirs))
        hers |= Q(leading) & (Q(escalated_at__isnull=False) | Q(is_orphan=True))
    return waiting.filter(hers)


def _visible(actor: Actor, at: datetime) -> QuerySet[Task]:
    return _named(Task.objects.filter(Exists(_grants(actor, at))))


def _grants(actor: Actor, at: datetime) -> QuerySet[CaseGrant]:
    return grants_in_force(actor=actor, at=at).filter(content_object=OuterRef("case_id"))


def _named(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """With what the rule says, so that a page of them costs one statement."""
    told = tasks.select_related("case", "assigned_to").annotate(
        rule_name=rule_column("name"),
        by_hand=rule_column("by_hand"),
        repeats=rule_column("repeats"),
        extension=rule_column("extension"),
        legal_basis=rule_column("legal_basis"),
    )
    provision = LegalBasis.objects.filter(code=OuterRef("legal_basis"), valid_from__lte=OuterRef("starts_on"))
    return told.annotate(provision=Subquery(provision.order_by("-valid_from").values("place")[:1]))


def _told(tasks: Iterable[Task]) -> list[Waiting]:
    return [_one(task) for task in tasks]


def _one(task: Task) -> Waiting:
    said = vars(task)
    return Waiting(
        task=task,
        name=said["rule_name"] or "",
        by_hand=not task.rule or bool(said["by_hand"]),
        repeats=bool(said["repeats"]),
        extension=said["extension"] or "",
        provision=said["provision"] or "",
        is_orphan=bool(said.get("is_orphan")),
    )
