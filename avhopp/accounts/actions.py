"""What a systemadministratör does to accounts, and what a person does to her own. Each act writes exactly one
leaf.

An account is never deleted, because the record names it. Closing it, changing its role or its password ends
its sittings at their next request. Taking away a lost second factor is not among the acts: with it one
administrator alone could become anybody; a colleague who has lost everything gets a new account, and a
supervisor grants it anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.events import Actor, Event
from audit.log import record
from avhopp.accounts import events, leaving, one_time, sessions
from avhopp.accounts.models import AccountRequest, RequestKind, Unit, User
from avhopp.accounts.policies import (
    NotAllowed,
    check_approves_other,
    check_manages,
    check_manages_other,
    check_own_or_manages,
)
from avhopp.accounts.roles import Role
from avhopp.translation import gettext_noop


@transaction.atomic
def create_account(
    *, email: str, name: str, title: str, role: Role, unit: Unit | None, by: Actor, now: datetime
) -> User:
    """Make an account that is closed until somebody else has approved it, and has no password."""
    check_manages(actor=by)
    account = _made(email=email, name=name, title=title, role=role, unit=unit, is_active=False)
    AccountRequest.objects.create(account=account, kind=RequestKind.OPEN, asked_by_id=by.person, asked_at=now)
    _tell(events.CREATED, account, by, now)
    return account


@transaction.atomic
def create_first(*, email: str, name: str, role: Role, by: Actor, now: datetime) -> User:
    """Make one of the two accounts that make and approve all others; refused as soon as both are there."""
    if (
        role not in {Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER}
        or User.objects.filter(role=role).exists()
    ):
        raise NotAllowed(
            gettext_noop("Det finns redan ett sådant konto. En systemadministratör lägger upp nya.")
        )
    account = _made(email=email, name=name, title="", role=role, unit=None, is_active=True)
    _tell(events.CREATED, account, by, now)
    return account


@transaction.atomic
def close_account(*, account: UUID, by: Actor, now: datetime) -> User:
    """Close an account and end its sittings."""
    found = _other(account, by)
    if not found.is_active:
        raise NotAllowed(gettext_noop("Kontot är redan stängt."))
    changed = _changed(found, events.CLOSED, by, now, is_active=False, closed_at=now)
    leaving.left(account=changed, by=by, now=now)
    return changed


@transaction.atomic
def reopen_account(*, account: UUID, by: Actor, now: datetime) -> User:
    """Open a closed account; the password that it had is gone, so its owner needs a one-time link."""
    found = _approved(account, by)
    if found.is_active:
        raise NotAllowed(gettext_noop("Kontot är redan öppet."))
    found.set_unusable_password()
    return _changed(found, events.REOPENED, by, now, is_active=True, closed_at=None, password=found.password)


@transaction.atomic
def change_role(*, account: UUID, role: Role, by: Actor, now: datetime) -> User:
    """Give an account another role and end its sittings."""
    found = _approved(account, by)
    if found.role == role:
        raise NotAllowed(gettext_noop("Kontot har redan den rollen."))
    changed = _changed(found, events.ROLE_CHANGED, by, now, role=role)
    leaving.left(account=changed, by=by, now=now)
    return changed


@transaction.atomic
def change_unit(*, account: UUID, unit: Unit | None, by: Actor, now: datetime) -> User:
    """Move an account to another unit and end its sittings, since its rights may differ there."""
    found = _approved(account, by)
    if found.unit_id == (unit.pk if unit else None):
        raise NotAllowed(gettext_noop("Kontot hör redan till den enheten."))
    changed = _changed(found, events.UNIT_CHANGED, by, now, unit=unit)
    leaving.left(account=changed, by=by, now=now)
    return changed


@transaction.atomic
def authorise_for_children(*, account: UUID, by: Actor, now: datetime) -> User:
    """Write down that somebody is authorised to work with children (25 kap. 1 § SoL); it opens nothing to her."""
    found = _other(account, by)
    if found.works_with_children:
        raise NotAllowed(gettext_noop("Behörigheten är redan antecknad."))
    return _marked(found, events.AUTHORISED_FOR_CHILDREN, True, by, now)


@transaction.atomic
def end_authorisation_for_children(*, account: UUID, by: Actor, now: datetime) -> User:
    """Write down that somebody is no longer authorised to work with children."""
    found = _other(account, by)
    if not found.works_with_children:
        raise NotAllowed(gettext_noop("Kontot har ingen sådan behörighet."))
    return _marked(found, events.AUTHORISATION_ENDED, False, by, now)


@transaction.atomic
def end_sessions(*, account: UUID, by: Actor, now: datetime) -> list[str]:
    """End all sittings of an account, one's own or another's; return the session keys that ended."""
    check_own_or_manages(actor=by, account=account)
    ended = sessions.end(sessions.of_account(account))
    record(event=events.SESSIONS_ENDED, actor=by, at=now, about=account)
    return ended


@transaction.atomic
def end_session(*, sitting: int, by: Actor, now: datetime) -> list[str]:
    """End one of one's own sittings; return the session key that ended."""
    if by.user is None:
        raise NotAllowed(gettext_noop("Logga in först."))
    ended = sessions.end(sessions.of_account(by.user).filter(pk=sitting))
    if not ended:
        raise NotAllowed(gettext_noop("Inloggningen är redan avslutad."))
    record(event=events.SESSIONS_ENDED, actor=by, at=now, about=by.user)
    return ended


@transaction.atomic
def one_time_link(*, account: UUID, by: Actor, now: datetime) -> str:
    """Take away an account's password and sittings; return the token with which a new one is chosen."""
    found = _other(account, by)
    if not found.is_active:
        raise NotAllowed(gettext_noop("Kontot är stängt. Öppna det först."))
    found.set_unusable_password()
    _changed(found, events.LINK_MADE, by, now, password=found.password)
    return one_time.make(account=found, now=now)


@transaction.atomic
def choose_password_by_link(*, token: str, password: str, by: Actor, now: datetime) -> User:
    """Set the password of the account that a one-time link belongs to, or raise LinkNotValid."""
    found = one_time.redeem(token=token, now=now)
    found.set_password(password)
    return _changed(found, events.LINK_USED, by, now, password=found.password)


@transaction.atomic
def change_password(*, password: str, by: Actor, now: datetime) -> User:
    """Change one's own password and end all one's sittings."""
    if by.user is None:
        raise NotAllowed(gettext_noop("Logga in först."))
    found = User.objects.select_for_update().get(pk=by.user)
    found.set_password(password)
    return _changed(found, events.PASSWORD_CHANGED, by, now, password=found.password)


def _made(*, email: str, name: str, title: str, role: Role, unit: Unit | None, is_active: bool) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email=email, name=name, title=title, role=role, unit=unit, is_active=is_active
            )
    except IntegrityError:
        raise NotAllowed(gettext_noop("Det finns redan ett konto med den e-postadressen.")) from None


def _other(account: UUID, by: Actor) -> User:
    check_manages_other(actor=by, account=account)
    return User.objects.select_for_update().get(pk=account)


def _approved(account: UUID, by: Actor) -> User:
    """The account that somebody else has asked to change: `avhopp.accounts.second_person` is the way here."""
    check_approves_other(actor=by, account=account)
    return User.objects.select_for_update().get(pk=account)


def _changed(account: User, event: Event, by: Actor, now: datetime, **fields: Any) -> User:
    for name, value in fields.items():
        setattr(account, name, value)
    account.save(update_fields=list(fields))
    sessions.end(sessions.of_account(account.pk))
    _tell(event, account, by, now)
    return account


def _marked(account: User, event: Event, is_authorised: bool, by: Actor, now: datetime) -> User:
    # No right changes with it, so nobody is signed out.
    account.works_with_children = is_authorised
    account.save(update_fields=["works_with_children"])
    _tell(event, account, by, now)
    return account


def _tell(event: Event, account: User, by: Actor, now: datetime) -> None:
    # The basis says which role the account has after the event, so that the record shows who was raised to
    # what.
    record(event=event, actor=by, at=now, about=account.pk, basis=account.role)
