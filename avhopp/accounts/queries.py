"""What is asked about accounts."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from avhopp.accounts.models import AccountRequest, Unit, User

_PROVING = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


class NoSuchAccount(Exception):
    """There is no such account; answer as for any page that is not there."""


def account_id(*, email: str) -> UUID | None:
    """The account that an address belongs to, open or closed."""
    return User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()


def accounts() -> QuerySet[User]:
    """Every account, open ones first, by name."""
    return User.objects.select_related("unit").order_by("-is_active", "name", "email")


def open_accounts() -> QuerySet[User]:
    """The accounts that may sign in, by name."""
    return User.objects.select_related("unit").filter(is_active=True).order_by("name", "email")


def account(account: UUID) -> User:
    """One account, open or closed, or NoSuchAccount."""
    found = accounts().filter(pk=account).first()
    if found is None:
        raise NoSuchAccount
    return found


def open_account(account: UUID) -> User | None:
    """One account that may sign in."""
    return open_accounts().filter(pk=account).first()


def waiting_requests(*, account: UUID | None = None) -> QuerySet[AccountRequest]:
    """What waits for somebody else's approval, the oldest first; of one account or of all."""
    found = AccountRequest.objects.select_related("account", "unit", "asked_by").filter(decided_at=None)
    return (found.filter(account_id=account) if account else found).order_by("asked_at", "id")


def units() -> QuerySet[Unit]:
    """The units of the organisation, by name."""
    return Unit.objects.order_by("name")


def has_second_factor(account: UUID) -> bool:
    """Tell whether an account has a key or an app; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=_PROVING).exists())


def has_other_factor(*, account: UUID, than: int) -> bool:
    """Tell whether an account would keep a second factor without this one."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=_PROVING).exclude(pk=than).exists())


def factor_names(account: UUID) -> list[str]:
    """Which kinds of second factor an account has."""
    found = Authenticator.objects.filter(user_id=account).order_by("type")
    return list(found.values_list("type", flat=True).distinct())
