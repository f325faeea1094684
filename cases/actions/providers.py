"""Keep a unit's register of providers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from audit.events import Actor
from avhopp.accounts.roles import Right
from cases import events
from cases.access import NotVisible, Refused
from cases.actions.once import AlreadyDone
from cases.actions.writing import Conflict, demand_right, tell_organisation
from cases.identity import contains_identity_number
from cases.models import Provider
from cases.policies import Refusal, Verdict


class IdentityInRegister(Exception):
    """The note on a provider holds an identity number; what concerns a client belongs in her case."""


@transaction.atomic
def register(*, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> Provider:
    """Write down a provider of the actor's own unit."""
    unit = _unit_of(by)
    _refuse_identity(values)
    if new_id is not None and Provider.objects.filter(pk=new_id).exists():
        raise AlreadyDone
    provider = Provider(
        id=new_id or uuid4(),
        unit_id=unit,
        created_at=now,
        created_by_id=by.person,
        updated_at=now,
        updated_by_id=by.person,
        **values,
    )
    provider.save(force_insert=True)
    tell_organisation(event=events.PROVIDER_REGISTERED, rows=[provider], by=by, now=now)
    return provider


@transaction.atomic
def change(
    *, provider: Provider, values: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Provider:
    """Change what the register says of a provider; raises `Conflict` when a colleague saved first."""
    unit = _unit_of(by)
    _refuse_identity(values)
    locked = Provider.objects.select_for_update().filter(pk=provider.pk, unit_id=unit).first()
    if locked is None:
        raise NotVisible
    if locked.version != version:
        raise Conflict(locked)
    for name, value in {**values, "updated_at": now, "updated_by_id": by.person}.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    tell_organisation(event=events.PROVIDER_CHANGED, rows=[locked], by=by, now=now)
    return locked


def _unit_of(by: Actor) -> UUID:
    demand_right(by=by, right=Right.MANAGE_UNIT)
    if by.unit is None:
        raise Refused(Verdict(Refusal.ROLE))
    return by.unit


def _refuse_identity(values: Mapping[str, Any]) -> None:
    if contains_identity_number(str(values.get("note", ""))):
        raise IdentityInRegister
