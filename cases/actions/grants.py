"""Give a colleague access to a case, end it, and write down what has ended by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases import events
from cases.access import NotVisible, Opened, permission_row
from cases.actions.cases import grant_detail
from cases.actions.writing import lock_case
from cases.models import Basis, CaseGrant
from cases.models.grant import FOREVER
from cases.policies import Permission, Question
from cases.queries.recusals import is_recused


class NotAColleague(Exception):
    """Access is given to an open account whose role reads cases: in the same unit, or in the one that receives it."""


class Recused(Exception):
    """The colleague is recused from the case (jäv) and can be given no access to it."""


class AlreadyGiven(Exception):
    """The colleague has this access already; end it first if it shall end on another day."""


class EndsBeforeItStarts(Exception):
    """Choose a last day that lies ahead."""


PERMISSION_OF = {
    Basis.ASSIGNED: Permission.WORK,
    Basis.CO_WORKER: Permission.WORK,
    Basis.APPROVER: Permission.SUPERVISE,
    Basis.DEPUTY: Permission.SUPERVISE,
    # Another unit reads itself in before it takes over.
    Basis.RECEIVING: Permission.READ_ONLY,
}


@transaction.atomic
def give(
    *, opened: Opened, user: User, basis: Basis, expires_at: datetime | None, by: Actor, now: datetime
) -> CaseGrant:
    """Give access from now on, until `expires_at` or until further notice."""
    opened.demand(Question.GRANT_ACCESS)
    if (
        not user.is_active
        or (user.unit_id != opened.case.unit_id) != (basis == Basis.RECEIVING)
        or not may_try(role=user.role, right=Right.READ_CASES)
    ):
        raise NotAColleague
    if expires_at is not None and expires_at <= now:
        raise EndsBeforeItStarts
    # Two equal grants would look as one, and ending one would leave the other in force.
    lock_case(opened)
    if is_recused(opened, user.pk):
        raise Recused
    if CaseGrant.objects.filter(
        user=user, content_object=opened.case, basis=basis, expires_at__gt=now
    ).exists():
        raise AlreadyGiven
    grant = CaseGrant(
        user=user,
        permission=permission_row(PERMISSION_OF[basis]),
        content_object=opened.case,
        starts_at=now,
        expires_at=expires_at or FOREVER,
        basis=basis,
        granted_by_id=by.person,
    )
    grant.save(force_insert=True)
    log.record(
        event=events.ACCESS_GRANTED,
        actor=by,
        at=now,
        basis=opened.basis,
        about=user.id,
        subjects=[log.read(opened.case)],
        detail=grant_detail(grant),
    )
    return grant


@transaction.atomic
def assign(*, opened: Opened, user: User, by: Actor, now: datetime) -> CaseGrant:
    """Make a colleague responsible for the case; whoever was keeps no access on that ground."""
    opened.demand(Question.GRANT_ACCESS)
    case = lock_case(opened)
    if (
        not user.is_active
        or not may_try(role=user.role, right=Right.REQUEST_STAGES)
        or user.unit_id != case.unit_id
    ):
        raise NotAColleague
    if is_recused(opened, user.pk):
        raise Recused
    held = CaseGrant.objects.select_for_update(of=("self",)).select_related("permission")
    former = list(held.filter(content_object=case, basis=Basis.ASSIGNED, expires_at__gt=now))
    if case.responsible_id == user.pk and any(grant.user_id == user.pk for grant in former):
        raise AlreadyGiven
    grant = CaseGrant(
        user=user,
        permission=permission_row(Permission.WORK),
        content_object=case,
        starts_at=now,
        expires_at=FOREVER,
        basis=Basis.RESTRICTED if case.is_restricted else Basis.ASSIGNED,
        granted_by_id=by.person,
    )
    grant.save(force_insert=True)
    case.responsible = user
    case.version += 1
    case.save()
    log.record(
        event=events.RESPONSIBLE_CHANGED,
        actor=by,
        at=now,
        basis=opened.basis,
        about=user.pk,
        subjects=[log.written(case)],
        detail={"grants": [grant_detail(each) for each in (*ended(former, now=now), grant)]},
    )
    return grant


@transaction.atomic
def end(*, opened: Opened, grant: CaseGrant, by: Actor, now: datetime) -> CaseGrant:
    """End access at once: the next request of that person finds nothing."""
    opened.demand(Question.GRANT_ACCESS)
    locked = (
        CaseGrant.objects.select_for_update(of=("self",))
        .select_related("permission")
        .filter(pk=grant.pk, content_object=opened.case, expires_at__gt=now)
        .first()
    )
    if locked is None:
        raise NotVisible
    locked.expires_at = max(now, locked.starts_at)
    # Ended by somebody, so the clock has nothing to write down.
    locked.expiry_recorded_at = now
    locked.save(update_fields=["expires_at", "expiry_recorded_at"])
    log.record(
        event=events.ACCESS_ENDED,
        actor=by,
        at=now,
        basis=opened.basis,
        about=locked.user_id,
        subjects=[log.read(opened.case)],
        detail=grant_detail(locked),
    )
    ended: CaseGrant = locked
    return ended


def ended(grants: list[CaseGrant], *, now: datetime) -> list[CaseGrant]:
    """End several as the last thing that is done, since the actor's own may be among them; part of another verb."""
    for grant in grants:
        grant.expires_at = max(now, grant.starts_at)
        # Ended by somebody, so the clock has nothing to write down.
        grant.expiry_recorded_at = now
    # One statement, since she sees nothing of the case after it.
    CaseGrant.objects.bulk_update(grants, ["expires_at", "expiry_recorded_at"])
    return grants


@transaction.atomic
def write_down_expired(*, grant: CaseGrant, by: Actor, now: datetime) -> None:
    """Put into the record that a grant has ended by the clock; it had no effect since then."""
    log.record(
        event=events.ACCESS_EXPIRED,
        actor=by,
        at=now,
        basis="clock",
        about=grant.user_id,
        subjects=[log.read(grant.content_object)],
        detail=grant_detail(grant),
    )
    grant.expiry_recorded_at = now
    grant.save(update_fields=["expiry_recorded_at"])
