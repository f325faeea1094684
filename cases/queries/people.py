"""Who may be given something to do in a case: those who have access to it now and whose role writes in cases."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import RIGHTS, Right
from cases.access import Opened, permission_row
from cases.models import CaseGrant
from cases.policies import Permission

WRITING = [role for role, rights in RIGHTS.items() if Right.WRITE_NOTES in rights]


def with_access(opened: Opened, *, at: datetime) -> list[User]:
    """The colleagues with access, by name."""
    return list(_with_access(opened, at).order_by("name", "pk"))


def leader_of(opened: Opened, *, at: datetime) -> UUID | None:
    """The colleague who leads the case: she whose grant to supervise it is the oldest of those in force."""
    grants = CaseGrant.objects.filter(
        content_object=opened.case,
        permission=permission_row(Permission.SUPERVISE),
        starts_at__lte=at,
        expires_at__gt=at,
        user__is_active=True,
    )
    return grants.order_by("starts_at", "id").values_list("user", flat=True).first()


def others_of_unit(actor: Actor) -> list[User]:
    """The actor's colleagues in her unit, by name."""
    if actor.unit is None:
        return []
    found = User.objects.filter(unit_id=actor.unit, is_active=True).exclude(pk=actor.person)
    return list(found.order_by("name", "pk"))


def has_access(opened: Opened, user: UUID, *, at: datetime) -> bool:
    """Tell whether one of them is this colleague."""
    return _with_access(opened, at).filter(pk=user).exists()


def _with_access(opened: Opened, at: datetime) -> QuerySet[User]:
    theirs = CaseGrant.objects.filter(
        content_object=opened.case, user=OuterRef("pk"), starts_at__lte=at, expires_at__gt=at
    )
    return User.objects.filter(Exists(theirs), is_active=True, role__in=WRITING)
