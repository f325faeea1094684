"""New epochs, new data keys, and old data keys wrapped by the new epoch. The values stay as they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from avhopp.crypto import keys
from avhopp.sealed import keyring
from avhopp.sealed.keeping import events
from avhopp.sealed.keeping.runs import Clock, Tell, working
from avhopp.sealed.models import EpochKey, IndexRoot, KeyState, ScopeKey, Work

BATCH = 5000
SAMPLE = 20
_UPDATE = """
    UPDATE sealed_scopekey AS k SET wrapped = new.wrapped, epoch_id = %s
    FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, wrapped) WHERE k.id = new.id
"""
_EMPTIED = """
    UPDATE sealed_epochkey AS e SET emptied_at = CASE WHEN used.is THEN NULL ELSE coalesce(e.emptied_at, %s) END
    FROM (SELECT x.id, EXISTS (SELECT FROM sealed_scopekey AS k
                               WHERE k.epoch_id = x.id AND k.wrapped IS NOT NULL) AS is
          FROM sealed_epochkey AS x) AS used
    WHERE used.id = e.id AND e.id <> %s AND e.wrapped IS NOT NULL AND used.is = (e.emptied_at IS NOT NULL)
"""


def rotate_epoch(*, clock: Clock, tell: Tell) -> EpochKey:
    """Make a new epoch, which wraps every data key made from now on."""
    with working(work=Work.ROTATE_EPOCH, total=1, clock=clock, tell=tell) as run, transaction.atomic():
        epoch = keyring.new_epoch(at=clock())
        run.advance(1, event=events.EPOCH_MADE, said=f"epoch={epoch.epoch}")
        return epoch


def rotate_data(*, made_before: datetime, clock: Clock, tell: Tell) -> int:
    """Give every scope whose key is older than that a new one; the old ones go on opening what they sealed."""
    wanted = ScopeKey.objects.filter(state=KeyState.ACTIVE, created_at__lt=made_before)
    number = 0
    with working(work=Work.ROTATE_DATA, total=wanted.count(), clock=clock, tell=tell) as run:
        while True:
            with transaction.atomic():
                old = list(wanted.select_for_update().order_by("id")[:BATCH])
                if not old:
                    return number
                _give_new(old, at=clock())
                run.advance(len(old), event=events.DATA_KEYS_MADE, said="step=rotate")
            number += len(old)


def rewrap(*, clock: Clock, tell: Tell) -> int:
    """Wrap every living data key by the latest epoch, so that the older ones open nothing any more, and the root of
    the blind index by the root key that the settings name now."""
    target = keyring.epoch_at(clock())
    wanted = ScopeKey.objects.filter(wrapped__isnull=False).exclude(epoch=target)
    elsewhere = IndexRoot.objects.exclude(root=settings.ROOT_KEY)
    number, total = 0, wanted.count() + elsewhere.count()
    with working(work=Work.REWRAP, total=total, clock=clock, tell=tell) as run:
        for index_root in elsewhere:
            with transaction.atomic():
                _move_index_root(index_root)
                run.advance(1, event=events.REWRAPPED, said=f"index={index_root.version}")
        while True:
            with transaction.atomic():
                rows = list(
                    wanted.select_related("epoch").select_for_update(of=("self",)).order_by("id")[:BATCH]
                )
                if not rows:
                    note_emptied(current=target, at=clock())
                    return number
                _move(rows, target)
                run.advance(len(rows), event=events.REWRAPPED, said=f"epoch={target.epoch}")
            number += len(rows)


def note_emptied(*, current: EpochKey, at: datetime) -> None:
    """Write down since when each older epoch opens nothing; not so any more for one that does after all."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTIED, [at, current.id])


def open_sample() -> int:
    """Unwrap some keys of every state, as the work would; raises `CannotOpen` or `KeyDestroyed`."""
    rows = ScopeKey.objects.filter(wrapped__isnull=False).select_related("epoch").order_by("?")[:SAMPLE]
    return sum(1 for row in rows if keyring.unwrapped(row))


def _give_new(old: list[ScopeKey], *, at: datetime) -> None:
    epoch = keyring.epoch_at(at)
    ScopeKey.objects.filter(pk__in=[row.pk for row in old]).update(state=KeyState.DECRYPT, superseded_at=at)
    ScopeKey.objects.bulk_create(_new(row.scope, row.kind, epoch, at) for row in old)


def _new(scope: UUID, kind: str, epoch: EpochKey, at: datetime) -> ScopeKey:
    key_id, raw = uuid4(), keys.new_data_key()
    wrapped = keys.wrap(
        keyring.epoch_key(epoch),
        raw,
        org=settings.ORGANISATION,
        scope=scope,
        key_id=key_id,
        epoch=epoch.epoch,
    )
    return ScopeKey(id=key_id, scope=scope, kind=kind, epoch=epoch, wrapped=wrapped, created_at=at)


def _move(rows: list[ScopeKey], target: EpochKey) -> None:
    new = keyring.epoch_key(target)
    wrapped = [
        keys.rewrap(
            keyring.epoch_key(row.epoch),
            new,
            bytes(row.wrapped or b""),
            scope=row.scope,
            key_id=row.id,
            use=keyring.use_of(row.state),
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [target.id, [row.id for row in rows], wrapped])


def _move_index_root(row: IndexRoot) -> None:
    org = settings.ORGANISATION
    raw = keyring.provider(row.root).unwrap_index_root(bytes(row.wrapped), org=org, version=row.version)
    row.root = settings.ROOT_KEY
    row.wrapped = keyring.provider(row.root).wrap_index_root(raw, org=org, version=row.version)
    row.save(update_fields=["root", "wrapped"])
