"""Fetches and mints data keys. Asks nobody for leave: only `scope` (which asks), the record (which only seals) and the
keeper of the keys (who reads nothing) may import this module, and an import contract holds that.

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
from django.db import connection, transaction
from django.utils.module_loading import import_string

from avhopp.crypto import keys
from avhopp.crypto.providers import RootKeyProvider, RootKeyRefused
from avhopp.crypto.seal import DataKey, RecordKey
from avhopp.sealed.models import EpochKey, KeyState, ScopeKey

EPOCH_KEY_SECONDS = 600
# The organisation's own scope: seeds of second factors, and the stand-in for what does not exist.
ORGANISATION_SCOPE = UUID(int=0)
OPENING = (KeyState.ACTIVE, KeyState.DECRYPT)
# How many epochs a month may have: its own, and those made by hand after it.
EPOCHS_A_MONTH = 100
# The advisory lock of whoever makes an epoch; any constant that nobody else takes.
_MAKING = 44
_epoch_keys: dict[UUID, tuple[float, int, keys.EpochKey]] = {}
_lock = Lock()


class KeyDestroyed(Exception):
    """The scope's key was destroyed at disposal; nothing opens its values again."""


@cache
def provider(name: str) -> RootKeyProvider:
    """The holder of the root keys that the settings call `name`."""
    if name not in settings.ROOT_KEYS:
        raise RootKeyRefused(
            f"Some keys are wrapped by the root key '{name}', which is not set up here. Set it up again beside the new "
            "one until `keys status` shows that no epoch in use needs it (docs/operations.md)."
        )
    where, options = settings.ROOT_KEYS[name]
    made: RootKeyProvider = import_string(where)(**options)
    return made


def forget() -> None:
    """Drop what is held in memory (after a fork, a rotation, a change of settings)."""
    provider.cache_clear()
    with _lock:
        _epoch_keys.clear()


def load(scopes: Iterable[UUID]) -> dict[UUID, list[DataKey]]:
    """Fetch the keys of `scopes` in one query, the active one first; a scope without any is absent.

    Raises `KeyDestroyed` for a scope whose every key is destroyed, and for no older one that was replaced.
    """
    found: dict[UUID, list[DataKey]] = {}
    gone: set[UUID] = set()
    rows = ScopeKey.objects.filter(scope__in=list(scopes)).order_by("state", "created_at")
    for row in rows:
        if row.state in OPENING:
            found.setdefault(row.scope, []).append(DataKey(row.id, unwrapped(row)))
        else:
            gone.add(row.scope)
    if gone - found.keys():
        raise KeyDestroyed
    return found


def of_the_record(key_id: UUID) -> DataKey | RecordKey | None:
    """Fetch the key that a token in the record names, also after it was retired; None if it was destroyed.

    Raises `ScopeKey.DoesNotExist` when no such key ever was.
    """
    row = ScopeKey.objects.get(pk=key_id)
    if row.state == KeyState.DESTROYED:
        return None
    return (
        RecordKey(row.id, unwrapped(row)) if row.state == KeyState.RECORD else DataKey(row.id, unwrapped(row))
    )


def mint(*, scope: UUID, kind: str, at: datetime, epoch: EpochKey | None = None) -> DataKey:
    """Make the one active key of a new scope; a second one is refused by the database.

    Whoever makes many at once gives the `epoch` that `epoch_at` has told her.
    """
    epoch = epoch or epoch_at(at)
    key_id, raw = uuid4(), keys.new_data_key()
    wrapped = keys.wrap(
        epoch_key(epoch), raw, org=settings.ORGANISATION, scope=scope, key_id=key_id, epoch=epoch.epoch
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


def unwrapped(row: ScopeKey) -> bytes:
    """Unwrap what a row of the key table holds, or raise `CannotOpen`; make a key of it and keep it nowhere else."""
    # By its id: a page of a list has fifty keys of one epoch, and they need no row of it each.
    epoch, wrapping = _held(row.epoch_id)
    return keys.unwrap(
        wrapping,
        bytes(row.wrapped or b""),
        org=settings.ORGANISATION,
        scope=row.scope,
        key_id=row.id,
        epoch=epoch,
        use=use_of(row.state),
    )


def use_of(state: str) -> keys.Use:
    """What a key in that state is for."""
    return keys.Use.RECORD if state == KeyState.RECORD else keys.Use.DATA


def epoch_at(at: datetime) -> EpochKey:
    """Give the latest epoch of the month, made if the month has none."""
    return _latest(at) or _made(at, number=0)


def new_epoch(*, at: datetime) -> EpochKey:
    """Make one more epoch of the month; what is wrapped from now on is wrapped by it."""
    latest = _latest(at)
    return _made(at, number=latest.epoch % EPOCHS_A_MONTH + 1 if latest else 0)


def epoch_key(row: EpochKey) -> keys.EpochKey:
    """Unwrap an epoch's key, or take it from memory."""
    return _held(row.id)[1]


def _held(epoch: UUID) -> tuple[int, keys.EpochKey]:
    """An epoch's number and its key."""
    now = time.monotonic()
    with _lock:
        held = _epoch_keys.get(epoch)
        if held and held[0] > now:
            return held[1:]
    row = EpochKey.objects.get(pk=epoch)
    if row.wrapped is None:
        raise KeyDestroyed
    opened = keys.open_epoch_key(
        provider(row.root), bytes(row.wrapped), org=settings.ORGANISATION, epoch=row.epoch
    )
    with _lock:
        _epoch_keys[row.id] = (now + EPOCH_KEY_SECONDS, row.epoch, opened)
    return row.epoch, opened


def _latest(at: datetime) -> EpochKey | None:
    first = _month(at) * EPOCHS_A_MONTH
    rows = EpochKey.objects.filter(epoch__range=(first, first + EPOCHS_A_MONTH - 1), wrapped__isnull=False)
    return rows.order_by("-epoch").first()


def _made(at: datetime, *, number: int) -> EpochKey:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two processes at once would each make a root key for the epoch, and one of them wrap under a lost one.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        epoch, root = _month(at) * EPOCHS_A_MONTH + number, settings.ROOT_KEY
        found = EpochKey.objects.filter(epoch=epoch).first()
        if found is not None:
            return found
        _, wrapped = keys.new_epoch_key(provider(root), org=settings.ORGANISATION, epoch=epoch)
        return EpochKey.objects.create(epoch=epoch, root=root, wrapped=wrapped, created_at=at)


def _month(at: datetime) -> int:
    return int(at.astimezone(ZoneInfo("Europe/Stockholm")).strftime("%Y%m"))
