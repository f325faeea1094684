"""Whether an opened case is for named people alone, why, and who may be named."""

from __future__ import annotations

from avhopp.accounts.models import User
from avhopp.accounts.roles import RIGHTS, Right
from cases.access import Opened
from cases.models import Recusal, Restriction


def restrictions_of(opened: Opened) -> list[Restriction]:
    """Every restriction of the case, the newest first."""
    found = Restriction.objects.filter(case=opened.case).select_related("created_by", "lifted_by")
    return list(found.order_by("-created_at", "id"))


def possible_named(opened: Opened) -> list[User]:
    """Everybody whose role reads cases, in whichever unit, but those who are recused; those of the unit first."""
    roles = [role for role, rights in RIGHTS.items() if Right.READ_CASES in rights]
    recused = Recusal.objects.filter(case=opened.case).values("user")
    found = User.objects.filter(is_active=True, role__in=roles).exclude(pk__in=recused).select_related("unit")
    return sorted(found, key=lambda user: (user.unit_id != opened.case.unit_id, user.name, str(user.pk)))
