"""What a systemadministratör may ask for and somebody else must approve: a role, a unit, an account that opens.

One administrator alone can so make up no colleague and raise nobody. Who asks is never the one who approves, nor the
one whom it is about; a constraint in the database says so too.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from audit.log import record
from avhopp.accounts import actions, events
from avhopp.accounts.models import AccountRequest, Unit, User
from avhopp.accounts.models import RequestKind as RequestKind
from avhopp.accounts.policies import NotAllowed, check_approves_other, check_manages_other
from avhopp.accounts.roles import Role
from avhopp.translation import gettext_noop


@transaction.atomic
def ask(
    *,
    account: UUID,
    kind: RequestKind,
    by: Actor,
    now: datetime,
    role: Role | None = None,
    unit: Unit | None = None,
) -> AccountRequest:
    """Ask for a change of somebody else's account; an earlier request of the kind gives way to it."""
    check_manages_other(actor=by, account=account)
    found = User.objects.select_for_update().get(pk=account)
    _demand_change(found, kind, role, unit)
    waiting = AccountRequest.objects.filter(account=found, kind=kind, decided_at=None)
    waiting.update(decided_at=now, decided_by=None, is_approved=False)
    made = AccountRequest.objects.create(
        account=found, kind=kind, role=role or "", unit=unit, asked_by_id=by.person, asked_at=now
    )
    record(event=events.ASKED, actor=by, at=now, about=found.pk, basis=made.role or found.role)
    return made


@transaction.atomic
def approve(*, request: UUID, by: Actor, now: datetime) -> User:
    """Let it happen, as the one who answers for it."""
    found = _waiting(request, by)
    _decide(found, by, now, is_approved=True)
    kind, account = RequestKind(found.kind), found.account_id
    if kind == RequestKind.ROLE:
        return actions.change_role(account=account, role=Role(found.role), by=by, now=now)
    if kind == RequestKind.UNIT:
        return actions.change_unit(account=account, unit=found.unit, by=by, now=now)
    return actions.reopen_account(account=account, by=by, now=now)


@transaction.atomic
def decline(*, request: UUID, by: Actor, now: datetime) -> AccountRequest:
    """Let it not happen."""
    found = _waiting(request, by)
    _decide(found, by, now, is_approved=False)
    record(event=events.DECLINED, actor=by, at=now, about=found.account_id, basis=found.account.role)
    return found


def _waiting(request: UUID, by: Actor) -> AccountRequest:
    found = (
        AccountRequest.objects.select_for_update(of=("self",))
        .select_related("account", "unit")
        .filter(pk=request, decided_at=None)
        .first()
    )
    if found is None:
        raise NotAllowed(gettext_noop("Någon har redan tagit ställning till det. Läs kontot på nytt."))
    check_approves_other(actor=by, account=found.account_id)
    if by.user == found.asked_by_id:
        raise NotAllowed(gettext_noop("Du har själv begärt det. Någon annan måste godkänna."))
    return found


def _decide(found: AccountRequest, by: Actor, now: datetime, *, is_approved: bool) -> None:
    found.decided_by_id, found.decided_at, found.is_approved = by.person, now, is_approved
    found.save(update_fields=["decided_by", "decided_at", "is_approved"])


def _demand_change(account: User, kind: RequestKind, role: Role | None, unit: Unit | None) -> None:
    if kind == RequestKind.ROLE and (role is None or role == account.role):
        raise NotAllowed(gettext_noop("Kontot har redan den rollen."))
    if kind == RequestKind.UNIT and (unit.pk if unit else None) == account.unit_id:
        raise NotAllowed(gettext_noop("Kontot hör redan till den enheten."))
    if kind == RequestKind.OPEN and account.is_active:
        raise NotAllowed(gettext_noop("Kontot är redan öppet."))
