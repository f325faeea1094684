"""Give and withdraw delegations. Nobody gives one to herself, and none is edited: it is withdrawn and given anew."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right
from cases import events
from cases.access import NotVisible
from cases.actions.once import AlreadyDone
from cases.actions.writing import demand_right, tell_organisation
from cases.identity import contains_identity_number
from cases.models import Delegation
from cases.queries import delegations, law

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class NotADelegate(Exception):
    """A delegation is given to a colleague with an open account, and never to oneself."""


class CannotBeDelegated(Exception):
    """The provision is not in force on the first day, or only the committee decides under it."""


class AlreadyDelegated(Exception):
    """The colleague has the delegation for some of those days; withdraw it first if it shall be another."""


class IdentityInNote(Exception):
    """The note holds an identity number; a delegation says nothing of a client."""


class WithdrawnBeforeToday(Exception):
    """What was signed before today stands; a delegation ceases today or later."""


class AlreadyOver(Exception):
    """The delegation has ceased already."""


@transaction.atomic
def give(
    *,
    provision: str,
    delegate: User,
    deputy_for: User | None,
    starts_on: date,
    ends_on: date | None,
    note: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Delegation:
    """Delegate decisions under a provision to a colleague, from one day to another or until it is withdrawn."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    if new_id is not None and Delegation.objects.filter(pk=new_id).exists():
        raise AlreadyDone
    people = {user.pk for user in delegations.possible_delegates(actor=by)}
    if delegate.pk not in people or delegate == deputy_for:
        raise NotADelegate
    basis = law.provision_on(starts_on, code=provision)
    if basis is None or basis.needs_committee:
        raise CannotBeDelegated
    if contains_identity_number(note):
        raise IdentityInNote
    # Two who give the same at once take turns on the colleague's account.
    User.objects.select_for_update().get(pk=delegate.pk)
    if _overlaps(delegate.pk, provision, starts_on, ends_on):
        raise AlreadyDelegated
    delegation = Delegation(
        id=new_id or uuid4(),
        provision=provision,
        delegate=delegate,
        deputy_for=deputy_for,
        starts_on=starts_on,
        ends_on=ends_on,
        note=note,
        given_by_id=by.person,
        given_at=now,
    )
    delegation.save(force_insert=True)
    tell_organisation(event=events.DELEGATION_GIVEN, rows=[delegation], by=by, now=now, about=delegate.pk)
    return delegation


@transaction.atomic
def withdraw(*, delegation: Delegation, on: date, by: Actor, now: datetime) -> Delegation:
    """Let a delegation cease from a day, today or later; what was signed on it stands."""
    demand_right(by=by, right=Right.MANAGE_UNIT)
    found = Delegation.objects.select_for_update(of=("self",)).select_related("delegate")
    locked = found.filter(pk=delegation.pk, delegate__unit_id=by.unit).first() if by.unit else None
    if locked is None:
        raise NotVisible
    today = now.astimezone(STOCKHOLM).date()
    if locked.is_over(today):
        raise AlreadyOver
    if on < today:
        raise WithdrawnBeforeToday
    locked.withdrawn_on = on
    locked.withdrawn_by_id = by.person
    locked.save(update_fields=["withdrawn_on", "withdrawn_by"])
    tell_organisation(
        event=events.DELEGATION_WITHDRAWN, rows=[locked], by=by, now=now, about=locked.delegate_id
    )
    return locked


def _overlaps(person: UUID, provision: str, first: date, last: date | None) -> bool:
    others = Delegation.objects.filter(delegate_id=person, provision=provision)
    return any(
        (last is None or other.starts_on <= last)
        and (other.ends_on is None or other.ends_on >= first)
        and (other.withdrawn_on is None or other.withdrawn_on > first)
        for other in others
    )
