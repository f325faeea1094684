"""The order of somebody's cases, asked of the table that the database keeps for it. Opens nothing."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases.access import visible_cases
from cases.models import Case, ListedCase
from cases.workflow import Stage

# What a list shows of a case (SoLPuL 7 a §): nothing else is fetched for it.
SHOWN = (
    "number",
    "code_name",
    "track",
    "stage",
    "next_deadline",
    "closed_on",
    "person__given_name",
    "person__family_name",
    "person__protection",
)
MOST = 1000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than `MOST`: nobody turns forty pages, and it is counting them all that would cost."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than the pages show."""
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        ids: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return ids[: MOST + 1].count()


def in_order(*, actor: Actor, at: datetime, ended: bool) -> QuerySet[Any]:
    """The ids of the cases that the actor sees, by deadline and then number; open or ended ones.

    The same as `visible_cases` gives her, which a law holds (`tests/integration/gate/test_histories_agree.py`).
    """
    if actor.user is None or not may_try(role=actor.role, right=Right.READ_CASES):
        return ListedCase.objects.none()
    # One look at the account, not one a row.
    staff = User.objects.filter(pk=actor.user, is_active=True, role=actor.role)
    held = ListedCase.objects.filter(
        Exists(staff), user_id=actor.user, is_ended=ended, starts_at__lte=at, expires_at__gt=at
    )
    # Several grants in one case stand beside one another, and make one row.
    ordered = held.order_by("next_deadline", "number").distinct("next_deadline", "number")
    return ordered.values_list("case_id", flat=True)


def where_responsible(*, actor: Actor, at: datetime) -> QuerySet[Any]:
    """The ids of the open cases that the actor sees and is responsible for, in the same order."""
    mine = visible_cases(actor=actor, at=at).filter(responsible_id=actor.user)
    at_work = mine.exclude(stage__in=[Stage.CLOSED, Stage.FOLLOWED_UP])
    return _ordered(at_work).values_list("pk", flat=True)


def shown(ids: QuerySet[Any]) -> QuerySet[Case]:
    """The cases of one page of ids, in the same order, with what a list shows of them."""
    return _ordered(Case.objects.filter(pk__in=ids).select_related("person").only(*SHOWN))


def _ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.order_by(F("next_deadline").asc(nulls_last=True), "number")
