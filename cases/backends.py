"""django-guardian's authentication backend, exact in time.

guardian itself knows no expiry, and a filtering manager does not help, because its checker joins from `Permission`
past every manager (security.md §8). So the checker's own filters carry the times. No permission is ever global, and
nobody is let through for being a superuser.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone
from guardian.backends import ObjectPermissionBackend
from guardian.core import ObjectPermissionChecker

from avhopp.accounts.roles import Right, may_try
from cases.models import Case


class TimeExactChecker(ObjectPermissionChecker):
    """Sees only grants that are in force at this moment."""

    def get_user_filters(self, obj: Model) -> dict[str, Any]:
        now = timezone.now()
        filters: dict[str, Any] = super().get_user_filters(obj)
        if isinstance(obj, Case):
            filters |= {"casegrant__starts_at__lte": now, "casegrant__expires_at__gt": now}
        return filters

    def has_perm(self, perm: str, obj: Model) -> bool:
        if (
            not self.user
            or not self.user.is_active
            or not may_try(role=self.user.role, right=Right.READ_CASES)
        ):
            return False
        return perm.split(".")[-1] in self.get_user_perms(obj)


class GrantBackend(ObjectPermissionBackend):
    """Answers `user.has_perm("cases.work_case", case)` as the gate does."""

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        if not isinstance(obj, Case) or not user_obj.is_authenticated:
            return False
        return TimeExactChecker(user_obj).has_perm(perm, obj)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        if not isinstance(obj, Case) or not user_obj.is_authenticated:
            return set()
        return set(TimeExactChecker(user_obj).get_user_perms(obj))

    def get_group_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return set()
