"""Keep a unit's register of providers. The record holds the digest of each row as it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db import transaction

from audit import log
from audit.digest import row_digest
from audit.events import Actor, Event
from avhopp.accounts.roles import Right, may_try
from cases import events
from cases.access import NotVisible, Refused
from cases.actions.once import AlreadyDone
from cases.actions.writing import Conflict
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
    _tell(events.PROVIDER_REGISTERED, provider, by, now)
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
    _tell(events.PROVIDER_CHANGED, locked, by, now)
    return locked


def _unit_of(by: Actor) -> UUID:
    if by.unit is None or not may_try(role=by.role, right=Right.MANAGE_UNIT):
        raise Refused(Verdict(Refusal.ROLE))
    return by.unit


def _refuse_identity(values: Mapping[str, Any]) -> None:
    if contains_identity_number(str(values.get("note", ""))):
        raise IdentityInRegister


def _tell(event: Event, provider: Provider, by: Actor, now: datetime) -> None:
    what = {"provider": provider.pk, "row": row_digest(provider).hex()}
    log.record(event=event, actor=by, at=now, basis="role", purpose=f"provider?{urlencode(what)}")
