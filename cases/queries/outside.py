"""The lists of what the unit keeps outside all cases, opened a page at a time."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F

from audit.events import Actor
from cases import unit_access
from cases.models import Deviation, Incident, StaffTie, UnitRequest
from cases.models.row import UnitRow

PAGE = 25
U = TypeVar("U", bound=UnitRow)


def incident_page(*, actor: Actor, at: datetime, number: str, closed: bool) -> Page[Incident]:
    """One page of threat incidents, the latest first."""
    return _page(Incident, actor, at, number, "-occurred_at", closed)


def deviation_page(*, actor: Actor, at: datetime, number: str, closed: bool) -> Page[Deviation]:
    """One page of deviations, the last reported first."""
    return _page(Deviation, actor, at, number, "-created_at", closed)


def request_page(*, actor: Actor, at: datetime, number: str) -> Page[UnitRequest]:
    """One page of requests without a case, the last written first."""
    return _page(UnitRequest, actor, at, number, "-created_at", None)


def incident_of(*, actor: Actor, incident: UUID, at: datetime) -> Incident:
    """One threat incident; raises `NotVisible`."""
    return unit_access.get_row(Incident, actor=actor, row=incident, at=at)


def deviation_of(*, actor: Actor, deviation: UUID, at: datetime) -> Deviation:
    """One deviation; raises `NotVisible`."""
    return unit_access.get_row(Deviation, actor=actor, row=deviation, at=at)


def request_of(*, actor: Actor, request: UUID, at: datetime) -> UnitRequest:
    """One request; raises `NotVisible`."""
    return unit_access.get_row(UnitRequest, actor=actor, row=request, at=at)


def staff_ties(*, actor: Actor) -> list[StaffTie]:
    """Whom something is known of and since when, unopened, what holds first."""
    rows = unit_access.visible_rows(StaffTie, actor=actor).select_related("created_by", "about")
    return list(rows.order_by(F("ended_at").asc(nulls_first=True), "-created_at", "id"))


def staff_tie_of(*, actor: Actor, tie: UUID, at: datetime) -> StaffTie:
    """One of them; raises `NotVisible`."""
    return unit_access.get_row(StaffTie, actor=actor, row=tie, at=at)


def _page(
    model: type[U], actor: Actor, at: datetime, number: str, order: str, closed: bool | None
) -> Page[U]:
    rows = unit_access.visible_rows(model, actor=actor).select_related("created_by")
    if closed is not None:
        rows = rows.filter(closed_at__isnull=not closed)
    page = Paginator(rows.order_by(order, "id"), PAGE).get_page(number)
    page.object_list = unit_access.open_rows(actor=actor, at=at, rows=page.object_list)
    return page
