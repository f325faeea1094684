"""The times that somebody has let herself into an opened case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from avhopp.accounts.models import User
from avhopp.accounts.roles import Role
from cases.access import NotVisible, Opened
from cases.models import Basis, CaseGrant, EmergencyAccess
from cases.queries.due import supervisors_of


def emergencies_of(opened: Opened) -> list[EmergencyAccess]:
    """Every one, the newest first."""
    found = EmergencyAccess.objects.filter(case=opened.case).select_related(
        "created_by", "reviewed_by", "grant"
    )
    return list(found.order_by("-created_at", "id"))


def emergency_of(opened: Opened, emergency: UUID) -> EmergencyAccess:
    """One of them; raises `NotVisible`."""
    found = (
        EmergencyAccess.objects.select_related("created_by").filter(pk=emergency, case=opened.case).first()
    )
    if found is None:
        raise NotVisible
    return found


def ends_at(opened: Opened, *, at: datetime) -> datetime:
    """When the reader's own emergency access ends."""
    hers = CaseGrant.objects.filter(
        content_object=opened.case, user_id=opened.actor.user, basis=Basis.EMERGENCY, expires_at__gt=at
    )
    ends: datetime = hers.order_by("-expires_at").values_list("expires_at", flat=True)[0]
    return ends


def untold() -> list[UUID]:
    """Those that nobody has been told of yet, the oldest first; for the clock."""
    found = EmergencyAccess.objects.filter(told_at=None).order_by("created_at", "id")
    return list(found.values_list("pk", flat=True))


def untold_emergency(emergency: UUID) -> EmergencyAccess | None:
    """One of them, locked until the transaction ends; none if another worker has or had it."""
    found = EmergencyAccess.objects.select_for_update(of=("self",), skip_locked=True)
    return found.filter(pk=emergency, told_at=None).first()


def those_to_tell(emergency: EmergencyAccess, *, at: datetime) -> list[User]:
    """Who leads the case, and the data protection officers; never whoever took it."""
    officers = User.objects.filter(is_active=True, role=Role.DATA_PROTECTION_OFFICER).order_by("pk")
    found = [*supervisors_of(case=emergency.case_id, at=at), *officers]
    return [person for person in found if person.pk != emergency.created_by_id]
