"""Who is recused from an opened case."""

from __future__ import annotations

from uuid import UUID

from avhopp.accounts.models import User
from cases.access import Opened
from cases.models import Recusal


def recusals_of(opened: Opened) -> list[Recusal]:
    """Every recusal of the case, the newest first."""
    found = Recusal.objects.filter(case=opened.case).select_related("user", "created_by")
    return list(found.order_by("-created_at", "id"))


def is_recused(opened: Opened, user: UUID) -> bool:
    """Tell whether a colleague is recused from the case."""
    return Recusal.objects.filter(case=opened.case, user=user).exists()


def others_in_unit(opened: Opened) -> list[User]:
    """Those of the case's unit who are not recused from it, by name."""
    recused = Recusal.objects.filter(case=opened.case).values("user")
    found = User.objects.filter(
        unit_id=opened.case.unit_id, is_active=True, role__in=["case_worker", "co_worker", "supervisor"]
    )
    return list(found.exclude(pk__in=recused).order_by("name", "pk"))
