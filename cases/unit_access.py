"""The gate to what a unit keeps outside all cases: threat incidents, deviations, requests that belong to no case.

Whoever wrote a row reads it, and so do those who lead her unit; for everybody else it does not exist. As in
`cases.access`, a missing and a forbidden row look the same, every reading leaves a leaf with its ground, and what
nobody asked for does not open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Exists, QuerySet

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from cases import access, events
from cases.access import NotVisible
from cases.models import Deviation, Incident, StaffTie, UnitRequest
from cases.models.row import UnitRow

U = TypeVar("U", bound=UnitRow)
MODELS: tuple[type[UnitRow], ...] = (Incident, Deviation, UnitRequest, StaffTie)


def visible_rows(model: type[U], *, actor: Actor) -> QuerySet[U]:
    """The rows that exist for this actor, unopened."""
    rows = cast("QuerySet[U]", model._default_manager.all())
    if actor.user is None or actor.unit is None or not may_try(role=actor.role, right=Right.REPORT_INCIDENTS):
        return rows.none()
    staff = User.objects.filter(pk=actor.user, is_active=True, unit=actor.unit, role=actor.role)
    rows = rows.filter(Exists(staff), unit_id=actor.unit)
    if model is StaffTie:
        # Nobody reads what is known of herself, and those who do not lead the unit nothing.
        return rows.exclude(about_id=actor.user) if leads_unit(actor) else rows.none()
    return rows if leads_unit(actor) else rows.filter(created_by_id=actor.user)


def get_row(model: type[U], *, actor: Actor, row: UUID, at: datetime) -> U:
    """Open one row, leaving one leaf; raises `NotVisible` after having recorded the refusal."""
    found = visible_rows(model, actor=actor).filter(pk=row).select_related("created_by").first()
    if found is None:
        access.refuse(actor=actor, at=at, case=None)
        raise NotVisible(is_recorded=True)
    basis = "reporter" if found.created_by_id == actor.user else "unit_lead"
    open_scope = scopes.current()
    log.record(
        event=events.UNIT_ROW_VIEWED,
        actor=actor,
        at=at,
        basis=basis,
        purpose=open_scope.purpose,
        subjects=[log.read(found)],
    )
    open_scope.admit([found.pk], basis=basis)
    return found


def open_rows(*, actor: Actor, at: datetime, rows: Iterable[U]) -> list[U]:
    """Open the shown page of a list that came from `visible_rows`, leaving one leaf."""
    page = list(rows)
    if page:
        basis = "unit_lead" if leads_unit(actor) else "reporter"
        open_scope = scopes.current()
        log.record(
            event=events.UNIT_ROWS_LISTED,
            actor=actor,
            at=at,
            basis=basis,
            purpose=open_scope.purpose,
            subjects=[log.read(row) for row in page],
        )
        open_scope.admit([row.pk for row in page], basis=basis)
    return page


def leads_unit(actor: Actor) -> bool:
    """Tell whether the actor leads her unit, and so reads and handles what others of it have reported."""
    return may_try(role=actor.role, right=Right.MANAGE_UNIT)


def register() -> None:
    """Tell the sealed fields who decides; called once when the application starts."""
    for model in MODELS:
        scopes.register_gate(model.scope_kind, _gate_of(model))


def _gate_of(model: type[UnitRow]) -> scopes.Gate:
    def gate(open_scope: CryptoScope, scope: UUID) -> None:
        try:
            get_row(model, actor=open_scope.actor, row=scope, at=open_scope.at)
        except NotVisible:
            raise Denied("not visible to this actor") from None

    return gate
