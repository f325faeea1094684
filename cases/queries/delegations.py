"""Who may decide on the committee's behalf, on a day and under a provision."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases.access import NotVisible
from cases.models import Delegation
from cases.policies import Authority

PEOPLE = ("delegate", "deputy_for", "given_by")


def delegations_of(*, actor: Actor) -> list[Delegation]:
    """Every delegation that colleagues of the actor's unit hold or have held, the newest first."""
    return list(_visible(actor).select_related(*PEOPLE).order_by("provision", "-starts_on", "id"))


def delegation_of(*, actor: Actor, delegation: UUID) -> Delegation:
    """One of them; raises `NotVisible`."""
    found = _visible(actor).select_related(*PEOPLE).filter(pk=delegation).first()
    if found is None:
        raise NotVisible
    return found


def possible_delegates(*, actor: Actor) -> list[User]:
    """Whom the actor may give a delegation: who works in cases in her unit, and supervisors of the others; never
    herself. So a unit with one supervisor gets hers from a colleague's."""
    people = User.objects.filter(is_active=True).exclude(pk=actor.person).order_by("name", "id")
    return [
        user
        for user in people.select_related("unit")
        if may_try(role=user.role, right=Right.WRITE_NOTES)
        and (user.unit_id == actor.unit or may_try(role=user.role, right=Right.MANAGE_UNIT))
    ]


def possible_principals(*, actor: Actor) -> list[User]:
    """Whose deputy a colleague may be: anybody of the actor's unit who works in cases, herself among them."""
    if actor.unit is None:
        return []
    people = User.objects.filter(unit_id=actor.unit, is_active=True).order_by("name", "id")
    return [user for user in people if may_try(role=user.role, right=Right.WRITE_NOTES)]


def delegates_on(day: date, *, code: str, unit: UUID) -> list[Delegation]:
    """Who in a unit may decide under the provision that day."""
    found = _in_force(day).filter(provision=code, delegate__unit_id=unit, delegate__is_active=True)
    return list(found.select_related(*PEOPLE).order_by("delegate__name", "id"))


def delegation_on(day: date, *, person: UUID, code: str) -> Delegation | None:
    """The delegation that somebody may decide on that day; her own before one as a deputy."""
    hers = _in_force(day).filter(delegate_id=person, provision=code)
    return hers.order_by(F("deputy_for").asc(nulls_first=True), "-starts_on", "id").first()


def authority_on(day: date, *, person: UUID, code: str, needs_committee: bool) -> Authority:
    """Tell what the order of delegation lets somebody do under a provision that day."""
    if needs_committee:
        return Authority.COMMITTEE
    if delegation_on(day, person=person, code=code) is not None:
        return Authority.DELEGATED
    had = Delegation.objects.filter(delegate_id=person, provision=code, starts_on__lte=day)
    return Authority.EXPIRED if had.exists() else Authority.NONE


def _visible(actor: Actor) -> QuerySet[Delegation]:
    if actor.unit is None or not may_try(role=actor.role, right=Right.MANAGE_UNIT):
        return Delegation.objects.none()
    return Delegation.objects.filter(delegate__unit_id=actor.unit)


def _in_force(day: date) -> QuerySet[Delegation]:
    return Delegation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
        starts_on__lte=day,
    )
