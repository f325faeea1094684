"""What is due by the clock: grants that have run out, people with something to do today, files that nobody has.

Opens no case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import BinaryField, Exists, Func, OuterRef, QuerySet

from audit.decoys.access import cases_of_decoys
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import RIGHTS, Right
from cases.access import grants_in_force
from cases.models import BirthDateWatch, Case, CaseGrant, Document, Task
from cases.policies import Permission
from cases.queries.rules import rule_column
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


def overdue_clocks(*, today: date, at: datetime) -> list[UUID]:
    """The law's clocks that ran out before today and are not yet raised, the oldest first; never a decoy's."""
    return list(_overdue(today, at).order_by("due_on", "pk").values_list("pk", flat=True))


def overdue_clock(*, task: UUID, today: date, at: datetime) -> Task | None:
    """One of them, locked until the transaction ends; none if another worker has or had it."""
    return _overdue(today, at).select_for_update(of=("self",), skip_locked=True).filter(pk=task).first()


def supervisors_of(*, case: UUID, at: datetime) -> list[User]:
    """Those who lead a case now: the holders of a grant to supervise it, with an open account."""
    leading = CaseGrant.objects.filter(
        content_object_id=case,
        user=OuterRef("pk"),
        permission__codename=Permission.SUPERVISE,
        starts_at__lte=at,
        expires_at__gt=at,
    )
    approving = [role for role, rights in RIGHTS.items() if Right.APPROVE_STAGES in rights]
    found = User.objects.filter(Exists(leading), is_active=True, role__in=approving)
    return list(found.order_by("pk"))


def people_who_work() -> list[UUID]:
    """The open accounts whose role works in cases."""
    roles = [role for role, rights in RIGHTS.items() if Right.WRITE_NOTES in rights]
    found = User.objects.filter(is_active=True, role__in=roles)
    return list(found.order_by("pk").values_list("pk", flat=True))


def person_with_deadline(*, user: UUID, at: datetime, today: date) -> User | None:
    """The person, if something that is hers to do is due today or behind; her account locked meanwhile."""
    person = User.objects.select_for_update().filter(pk=user, is_active=True).first()
    if person is None:
        return None
    actor = Actor(user=person.pk, role=person.role, unit=person.unit_id)
    hers = grants_in_force(actor=actor, at=at).filter(content_object=OuterRef("case_id"))
    hers_due = Task.objects.filter(Exists(hers), assigned_to=person, ended="", due_on__lte=today)
    return person if hers_due.exclude(case__in=cases_of_decoys(at=at)).exists() else None


def _overdue(today: date, at: datetime) -> QuerySet[Task]:
    of_law = rule_column("legal_basis")
    waiting = Task.objects.filter(ended="", escalated_at=None, due_on__lt=today).exclude(rule="")
    waiting = waiting.exclude(case__in=cases_of_decoys(at=at))
    return waiting.annotate(law=of_law).exclude(law="").exclude(law=None)


def _unfollowed() -> QuerySet[Case]:
    stored = Func("person__birth_date", function="sha256", output_field=BinaryField())
    followed = BirthDateWatch.objects.filter(case=OuterRef("pk"), followed=OuterRef("stored"))
    return (
        Case.objects.exclude(stage__in=[Stage.CLOSED, Stage.FOLLOWED_UP])
        .annotate(stored=stored)
        .filter(~Exists(followed))
    )


def files_without_a_document(stored: Sequence[UUID]) -> list[UUID]:
    """Those of some stored files that no document has."""
    kept = set(Document.objects.filter(blob__in=stored).values_list("blob", flat=True))
    return [file for file in stored if file not in kept]
