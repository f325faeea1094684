"""The meetings of an opened case, and whom its client is kept from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cases.access import NotVisible, Opened, get_case, visible_cases
from cases.models import KeepApart, Meeting


def meetings_of(opened: Opened, *, at: datetime) -> list[Meeting]:
    """Those that are to come and are not cancelled, the first first."""
    found = Meeting.objects.filter(case=opened.case, cancelled_at=None, ends_at__gt=at)
    return list(found.select_related("created_by").order_by("starts_at", "id"))


def meeting_of(opened: Opened, meeting: UUID) -> Meeting:
    """One of them; raises `NotVisible`."""
    found = Meeting.objects.filter(pk=meeting, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def kept_apart(opened: Opened) -> list[KeepApart]:
    """Whom the client must not meet, as it was written in this case."""
    found = KeepApart.objects.filter(case=opened.case, ended_at=None).select_related("created_by")
    return list(found.order_by("created_at", "id"))


def apart_of(opened: Opened, apart: UUID) -> KeepApart:
    """One of them; raises `NotVisible`."""
    found = KeepApart.objects.filter(pk=apart, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def numbers_of(opened: Opened, rows: list[KeepApart], *, at: datetime) -> dict[UUID, str]:
    """The numbers of the other cases, as far as the reader sees them."""
    seen = visible_cases(actor=opened.actor, at=at).filter(pk__in={row.other_id for row in rows})
    return dict(seen.values_list("pk", "number"))


def case_with_number(opened: Opened, number: str, *, at: datetime) -> Opened:
    """A case of the reader's by its number, opened; raises `NotVisible` also when there is none."""
    case = visible_cases(actor=opened.actor, at=at).filter(number=number).values_list("pk", flat=True).first()
    if case is None:
        raise NotVisible
    return get_case(actor=opened.actor, case=case, at=at)
