"""Fetches and mints data keys. Asks nobody for leave: only `scope` (which asks) and the record (which only seals) may
import this module, and an import contract holds that.

Keys live in memory for one `CryptoScope`; the epoch keys above them for ten minutes in the process.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from threading import Lock
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from avhopp.crypto import keys
from avhopp.crypto.providers import RootKeyProvider
from avhopp.crypto.seal import DataKey
from avhopp.sealed.models import EpochKey, KeyState, ScopeKey

EPOCH_KEY_SECONDS = 600
# The organisation's own scope: seeds of second factors, and the stand-in for what does not exist.
ORGANISATION_SCOPE = UUID(int=0)
_epoch_keys: dict[UUID, tuple[float, keys.EpochKey]] = {}
_lock = Lock()


class KeyDestroyed(Exception):
    """The scope's key was destroyed at disposal; nothing opens its values again."""


@cache
def provider() -> RootKeyProvider:
    """The holder of the root key, as the settings name it."""
    made: RootKeyProvider = import_string(settings.ROOT_KEY_PROVIDER)(**settings.ROOT_KEY_OPTIONS)
    return made


def forget() -> None:
    """Drop what is held in memory (after a fork, a rotation, a change of settings)."""
    provider.cache_clear()
    with _lock:
        _epoch_keys.clear()


def load(scopes: Iterable[UUID]) -> dict[UUID, list[DataKey]]:
    """Fetch the keys of `scopes` in one query, the active one first; a scope without any is absent."""
    found: dict[UUID, list[DataKey]] = {}
    rows = (
        ScopeKey.objects.filter(scope__in=list(scopes))
        .select_related("epoch")
        .order_by("state", "created_at")
    )
    for row in rows:
        if row.wrapped is None:
            raise KeyDestroyed
        found.setdefault(row.scope, []).append(_unwrapped(row))
    return found


def mint(*, scope: UUID, kind: str, at: datetime) -> DataKey:
    """Make the one active key of a new scope; a second one is refused by the database."""
    epoch = _epoch_at(at)
    key_id, raw = uuid4(), keys.new_data_key()
    wrapped = keys.wrap(
        _epoch_key(epoch), raw, org=settings.ORGANISATION, scope=scope, key_id=key_id, epoch=epoch.epoch
    )
    ScopeKey.objects.create(id=key_id, scope=scope, kind=kind, epoch=epoch, wrapped=wrapped, created_at=at)
    return DataKey(key_id, raw)


def organisation_key(*, at: datetime) -> DataKey:
    """Give the key of the organisation's own scope, made at its first use."""
    found = load([ORGANISATION_SCOPE]).get(ORGANISATION_SCOPE)
    if found:
        return found[0]
    return mint(scope=ORGANISATION_SCOPE, kind="organisation", at=at)


def kinds(scopes: Iterable[UUID]) -> dict[UUID, str]:
    """Tell what each scope is: a case, a person, an account."""
    rows = ScopeKey.objects.filter(scope__in=list(scopes), state=KeyState.ACTIVE)
    return dict(rows.values_list("scope", "kind"))


def _unwrapped(row: ScopeKey) -> DataKey:
    raw = keys.unwrap(
        _epoch_key(row.epoch),
        bytes(row.wrapped or b""),
        org=settings.ORGANISATION,
        scope=row.scope,
        key_id=row.id,
        epoch=row.epoch.epoch,
    )
    return DataKey(row.id, raw)


def _epoch_at(at: datetime) -> EpochKey:
    epoch = int(at.astimezone(ZoneInfo("Europe/Stockholm")).strftime("%Y%m"))
    found = EpochKey.objects.filter(epoch=epoch).first()
    if found is not None:
        return found
    _, wrapped = keys.new_epoch_key(provider(), org=settings.ORGANISATION, epoch=epoch)
    # A colleague's process may be first: then hers is the month's key and ours is forgotten.
    return EpochKey.objects.get_or_create(epoch=epoch, defaults={"wrapped": wrapped, "created_at": at})[0]


def _epoch_key(row: EpochKey) -> keys.EpochKey:
    now = time.monotonic()
    with _lock:
        held = _epoch_keys.get(row.id)
        if held and held[0] > now:
            return held[1]
    if row.wrapped is None:
        raise KeyDestroyed
    opened = keys.open_epoch_key(provider(), bytes(row.wrapped), org=settings.ORGANISATION, epoch=row.epoch)
    with _lock:
        _epoch_keys[row.id] = (now + EPOCH_KEY_SECONDS, opened)
    return opened
