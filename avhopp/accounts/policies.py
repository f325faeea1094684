"""Who may do what to which account. Pure.

Nobody manages her own account, so that no single person can raise herself, and so that there is always an
administrator left who did not close herself.
"""

from __future__ import annotations

from uuid import UUID

from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop


class NotAllowed(Exception):
    """The act was refused; `reason` is the sentence to show the person, and nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_manages(*, actor: Actor) -> None:
    """Refuse anyone but a systemadministratör."""
    if not may_try(role=actor.role, right=Right.MANAGE_ACCOUNTS):
        raise NotAllowed(gettext_noop("Bara en systemadministratör får hantera konton."))


def check_manages_other(*, actor: Actor, account: UUID) -> None:
    """Refuse anyone but a systemadministratör, and her too when the account is her own."""
    check_manages(actor=actor)
    if actor.user == account:
        raise NotAllowed(gettext_noop("Ditt eget konto måste en annan systemadministratör ändra."))


def check_approves_other(*, actor: Actor, account: UUID) -> None:
    """Refuse anyone whose role does not approve changes of accounts, and everybody about herself."""
    if not may_try(role=actor.role, right=Right.APPROVE_ACCOUNTS):
        raise NotAllowed(
            gettext_noop("Bara ett dataskyddsombud eller en annan systemadministratör godkänner det.")
        )
    if actor.user == account:
        raise NotAllowed(gettext_noop("Det gäller ditt eget konto. Någon annan måste godkänna."))


def check_own_or_manages(*, actor: Actor, account: UUID) -> None:
    """Refuse a colleague who is no systemadministratör."""
    if actor.user != account:
        check_manages(actor=actor)
