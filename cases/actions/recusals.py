"""Recuse a colleague from a case, by herself or by whoever leads it: her access ends at once, and her work moves on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases import events
from cases.access import Opened, permission_row
from cases.actions.cases import grant_detail
from cases.actions.grants import ended
from cases.actions.writing import lock_case, new_row
from cases.models import Basis, Case, CaseGrant, Recusal, Task
from cases.models.grant import FOREVER
from cases.policies import Permission, Question
from cases.queries.people import leader_of
from cases.queries.recusals import is_recused


class AlreadyRecused(Exception):
    """The colleague is recused from the case already."""


class SuccessorNeeded(Exception):
    """She is responsible for the case, or the only one who leads it: name the colleague who takes over."""


class NotASuccessor(Exception):
    """Whoever takes over works in the unit, has an open account and a role for it, and is not recused herself."""


@transaction.atomic
def recuse(
    *,
    opened: Opened,
    user: User,
    values: Mapping[str, Any],
    successor: User | None,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Recusal:
    """Write the recusal down; `successor` takes over what only she could do, and her tasks in any case."""
    opened.demand(Question.READ if user.pk == by.user else Question.GRANT_ACCESS)
    case = lock_case(opened)
    if is_recused(opened, user.pk):
        raise AlreadyRecused
    made = new_row(Recusal, opened=opened, values={**values, "user": user}, by=by, now=now, new_id=new_id)
    hers = _grants_of(case, user, now)
    needed = _needed(case, user, hers, now)
    if needed and successor is None:
        raise SuccessorNeeded
    given = [_hand_over(opened, basis, successor, by, now) for basis in needed if successor is not None]
    rows: list[Any] = [made, *_moved_tasks(opened, user, successor, by, now)]
    if case.responsible_id == user.pk and successor is not None:
        case.responsible = successor
        case.version += 1
        case.save()
        rows.append(case)
    log.record(
        event=events.RECUSED,
        actor=by,
        at=now,
        basis=opened.basis,
        about=user.pk,
        subjects=[log.written(row) for row in rows] + ([] if case in rows else [log.read(case)]),
        detail={"grants": [grant_detail(grant) for grant in (*ended(hers, now=now), *given)]},
    )
    return made


def _grants_of(case: Case, user: User, now: datetime) -> list[CaseGrant]:
    grants = CaseGrant.objects.select_for_update(of=("self",)).select_related("permission")
    return list(grants.filter(content_object=case, user=user, expires_at__gt=now))


def _needed(case: Case, user: User, hers: list[CaseGrant], now: datetime) -> list[Basis]:
    """What somebody else must be given, because nobody has it any more."""
    needed = [Basis.ASSIGNED] if case.responsible_id == user.pk else []
    led = any(grant.permission.codename == Permission.SUPERVISE for grant in hers)
    others = CaseGrant.objects.filter(
        content_object=case,
        permission=permission_row(Permission.SUPERVISE),
        starts_at__lte=now,
        expires_at__gt=now,
        user__is_active=True,
    ).exclude(user=user)
    return [*needed, Basis.DEPUTY] if led and not others.exists() else needed


def _hand_over(opened: Opened, basis: Basis, successor: User, by: Actor, now: datetime) -> CaseGrant:
    right = Right.REQUEST_STAGES if basis == Basis.ASSIGNED else Right.APPROVE_STAGES
    if (
        not successor.is_active
        or successor.unit_id != opened.case.unit_id
        or not may_try(role=successor.role, right=right)
        or is_recused(opened, successor.pk)
    ):
        raise NotASuccessor
    permission = Permission.WORK if basis == Basis.ASSIGNED else Permission.SUPERVISE
    grant = CaseGrant(
        user=successor,
        permission=permission_row(permission),
        content_object=opened.case,
        starts_at=now,
        expires_at=FOREVER,
        basis=basis,
        granted_by_id=by.person,
    )
    grant.save(force_insert=True)
    return grant


def _moved_tasks(opened: Opened, user: User, successor: User | None, by: Actor, now: datetime) -> list[Task]:
    to = successor.pk if successor else leader_of(opened, at=now)
    moved = []
    for task in Task.objects.select_for_update().filter(case=opened.case, assigned_to=user, ended=""):
        task.assigned_to_id = to or opened.case.responsible_id
        task.version += 1
        task.updated_at, task.updated_by_id = now, by.person
        task.save()
        moved.append(task)
    return moved
