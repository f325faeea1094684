"""What is due by the clock: grants that have run out, and people with something to do today. Opens no case."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import BinaryField, Exists, Func, OuterRef, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import RIGHTS, Right
from cases.access import grants_in_force
from cases.models import BirthDateWatch, Case, CaseGrant
from cases.policies import Permission
from cases.workflow import Stage


def expired_grants(*, at: datetime) -> list[UUID]:
    """The grants that have run out and are not yet written down so, oldest first."""
    found = CaseGrant.objects.filter(expires_at__lte=at, expiry_recorded_at=None)
    return list(found.order_by("expires_at", "id").values_list("pk", flat=True))


def expired_grant(*, grant: UUID, at: datetime) -> CaseGrant | None:
    """One of them, locked until the transaction ends; none if another worker has or had it."""
    found: CaseGrant | None = (
        CaseGrant.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("permission", "content_object")
        .filter(pk=grant, expires_at__lte=at, expiry_recorded_at=None)
        .first()
    )
    return found


def unfollowed_birth_dates() -> list[UUID]:
    """The cases at work whose age tasks do not follow the birth date as it is stored now; opens nothing."""
    return list(_unfollowed().order_by("pk").values_list("pk", flat=True))


def unfollowed_birth_date(*, case: UUID) -> Case | None:
    """One of them, locked until the transaction ends; none if another worker has or had it."""
    found = _unfollowed().select_related("person").select_for_update(of=("self",), skip_locked=True)
    return found.filter(pk=case).first()


def people_who_work() -> list[UUID]:
    """The open accounts whose role works in cases."""
    roles = [role for role, rights in RIGHTS.items() if Right.WRITE_NOTES in rights]
    found = User.objects.filter(is_active=True, role__in=roles)
    return list(found.order_by("pk").values_list("pk", flat=True))


def person_with_deadline(*, user: UUID, at: datetime, today: date) -> User | None:
    """The person, if a case she works in has a deadline today or behind it; her account locked meanwhile."""
    person = User.objects.select_for_update().filter(pk=user, is_active=True).first()
    if person is None:
        return None
    actor = Actor(user=person.pk, role=person.role, unit=person.unit_id)
    hers = grants_in_force(actor=actor, at=at).filter(
        content_object=OuterRef("pk"), permission__codename=Permission.WORK
    )
    is_due = Case.objects.filter(Exists(hers), next_deadline__lte=today).exists()
    return person if is_due else None


def _unfollowed() -> QuerySet[Case]:
    stored = Func("person__birth_date", function="sha256", output_field=BinaryField())
    followed = BirthDateWatch.objects.filter(case=OuterRef("pk"), followed=OuterRef("stored"))
    return (
        Case.objects.exclude(stage__in=[Stage.CLOSED, Stage.FOLLOWED_UP])
        .annotate(stored=stored)
        .filter(~Exists(followed))
    )
