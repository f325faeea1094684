"""Keep a case to named people: every other access ends, whoever leads the unit included, and no emergency opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases import events
from cases.access import NotVisible, Opened, permission_row
from cases.actions.cases import grant_detail
from cases.actions.grants import ended
from cases.actions.writing import lock_case, new_row, tell
from cases.models import Basis, Case, CaseGrant, Restriction
from cases.models.grant import FOREVER
from cases.policies import Permission, Question
from cases.queries.recusals import is_recused


class AlreadyRestricted(Exception):
    """The case is restricted already; give or end access person by person."""


class NobodyLeads(Exception):
    """Name somebody who leads the case, so that stages can be approved."""


class ResponsibleNotNamed(Exception):
    """Whoever is responsible for the case must be among the named."""


class CannotBeNamed(Exception):
    """One of the named has a closed account, a role that reads no cases, or is recused."""


@transaction.atomic
def restrict(
    *,
    opened: Opened,
    named: Sequence[User],
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Restriction:
    """Give the named their access anew, on this ground, and end everybody else's at once."""
    opened.demand(Question.RESTRICT)
    case = lock_case(opened)
    if case.is_restricted:
        raise AlreadyRestricted
    _demand_possible(opened, case, named)
    made = new_row(Restriction, opened=opened, values=values, by=by, now=now, new_id=new_id)
    earlier = CaseGrant.objects.select_for_update(of=("self",)).select_related("permission")
    ending = list(earlier.filter(content_object=case, expires_at__gt=now).order_by("starts_at", "id"))
    given = [_given(case, user, by, now) for user in named]
    case.is_restricted = True
    case.version += 1
    case.save()
    subjects = [log.written(made), log.written(case)]
    log.record(
        event=events.RESTRICTED,
        actor=by,
        at=now,
        basis=opened.basis,
        subjects=subjects,
        detail={"grants": [grant_detail(grant) for grant in (*ended(ending, now=now), *given)]},
    )
    return made


@transaction.atomic
def lift(*, opened: Opened, by: Actor, now: datetime) -> Restriction:
    """Let the case be like others again; who shall see it is given access by hand."""
    opened.demand(Question.GRANT_ACCESS)
    case = lock_case(opened)
    found = Restriction.objects.select_for_update().filter(case=case, lifted_at=None).first()
    if found is None:
        raise NotVisible
    found.lifted_at, found.lifted_by_id = now, by.person
    found.version += 1
    found.updated_at, found.updated_by_id = now, by.person
    found.save()
    case.is_restricted = False
    case.version += 1
    case.save()
    tell(event=events.RESTRICTION_LIFTED, opened=opened, rows=[found, case], by=by, now=now)
    return found


def _demand_possible(opened: Opened, case: Case, named: Sequence[User]) -> None:
    for user in named:
        if (
            not user.is_active
            or not may_try(role=user.role, right=Right.READ_CASES)
            or is_recused(opened, user.pk)
        ):
            raise CannotBeNamed
    if case.responsible_id not in {user.pk for user in named}:
        raise ResponsibleNotNamed
    if not any(may_try(role=user.role, right=Right.APPROVE_STAGES) for user in named):
        raise NobodyLeads


def _given(case: Case, user: User, by: Actor, now: datetime) -> CaseGrant:
    leads = may_try(role=user.role, right=Right.APPROVE_STAGES)
    grant = CaseGrant(
        user=user,
        permission=permission_row(Permission.SUPERVISE if leads else Permission.WORK),
        content_object=case,
        starts_at=now,
        expires_at=FOREVER,
        basis=Basis.RESTRICTED,
        granted_by_id=by.person,
    )
    grant.save(force_insert=True)
    return grant
