"""The follow-ups of an opened case."""

from __future__ import annotations

from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import FollowUp
from cases.models.follow_up import Point


def follow_ups_of(opened: Opened) -> list[FollowUp]:
    """Every follow-up of the case, the first first."""
    found = FollowUp.objects.filter(case=opened.case).select_related("created_by")
    return list(found.order_by("months"))


def follow_up_of(opened: Opened, follow_up: UUID) -> FollowUp:
    """One of them; raises `NotVisible`."""
    found = FollowUp.objects.filter(pk=follow_up, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def points_left(opened: Opened) -> list[Point]:
    """The follow-ups that are not yet written down."""
    noted = set(FollowUp.objects.filter(case=opened.case).values_list("months", flat=True))
    return [point for point in Point if point not in noted]
