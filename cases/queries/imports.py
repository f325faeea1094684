"""The registers that a supervisor has brought with her. Only she sees them, and the job that works on them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from cases.access import NotVisible, refuse
from cases.models import RegisterImport


def imports_of(*, actor: Actor) -> list[RegisterImport]:
    """Those that the actor brought, newest first, unopened."""
    if actor.user is None or not may_try(role=actor.role, right=Right.MANAGE_UNIT):
        return []
    return list(RegisterImport.objects.filter(created_by_id=actor.user).order_by("-created_at")[:25])


def import_of(*, actor: Actor, register: UUID, at: datetime) -> RegisterImport:
    """One of them, opened for showing its faults; raises `NotVisible` after having recorded the refusal."""
    found = RegisterImport.objects.filter(pk=register, created_by_id=actor.user).first()
    if found is None or found.unit_id != actor.unit or not may_try(role=actor.role, right=Right.MANAGE_UNIT):
        refuse(actor=actor, at=at, case=None)
        raise NotVisible(is_recorded=True)
    scopes.current().admit([found.id], basis="unit")
    return found


def import_for_the_job(register: UUID) -> RegisterImport | None:
    """One of them, for the task that checks it or reads it in."""
    return RegisterImport.objects.select_related("created_by").filter(pk=register).first()


def people_of(register: RegisterImport) -> dict[str, User]:
    """The unit's workers who may be responsible, by name and by address in small letters."""
    workers = [
        user
        for user in User.objects.filter(unit_id=register.unit_id, is_active=True)
        if may_try(role=user.role, right=Right.REQUEST_STAGES)
    ]
    return {key: user for user in workers for key in (user.name.casefold(), user.email.casefold())}


def register_gate() -> None:
    """Tell the sealed fields who decides about a register: whoever brought it, and its own jobs."""
    scopes.register_gate("import", _gate)


def _gate(open_scope: CryptoScope, scope: UUID) -> None:
    is_job = open_scope.actor.role in {"job:check_register", "job:read_register"}
    hers = RegisterImport.objects.filter(pk=scope, created_by_id=open_scope.actor.user).exists()
    if not is_job and not hers:
        raise Denied("not visible to this actor")
    open_scope.admit([scope], basis="unit")
