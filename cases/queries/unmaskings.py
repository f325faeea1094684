"""What of a protected person is shown to the reader of an opened case now, and until when."""

from __future__ import annotations

from datetime import datetime

from cases.access import Opened
from cases.models import Unmasking
from cases.models.unmasking import FieldGroup


def shown_until(opened: Opened, *, at: datetime) -> dict[FieldGroup, datetime]:
    """The groups that are shown to the reader, with when that ends."""
    hers = Unmasking.objects.filter(case=opened.case, created_by_id=opened.actor.user, ends_at__gt=at)
    return {
        FieldGroup(group): ends for group, ends in hers.order_by("ends_at").values_list("group", "ends_at")
    }
