"""Takes away what nothing needs: data keys whose every value has been sealed anew, and epochs whose backups are gone.

A retired data key leaves what opens the record's names and details. A destroyed epoch's root key is gone from where
it was kept, so that no copy of what it wrapped opens again, in backups either.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from avhopp.crypto import keys
from avhopp.crypto.seal import DataKey
from avhopp.sealed import keyring
from avhopp.sealed.keeping import events
from avhopp.sealed.keeping.rotation import note_emptied
from avhopp.sealed.keeping.runs import Clock, Run, Tell, working
from avhopp.sealed.keeping.tables import sealed_tables
from avhopp.sealed.models import EpochKey, KeyState, ScopeKey, Work

BATCH = 500
# A request or a job that fetched its keys before they were replaced may still seal with them.
LATE_WRITERS = timedelta(hours=24)
# Seeds of second factors are sealed under them outside the sealed fields.
ELSEWHERE = ("account",)


def due_data_keys(*, at: datetime) -> int:
    """How many data keys have been replaced for long enough; some may still be needed."""
    return replaced(at=at).count()


def due_epochs(*, at: datetime) -> list[EpochKey]:
    """The epochs that have opened nothing for as long as backups are kept."""
    before = at - timedelta(days=settings.BACKUP_DAYS)
    return list(EpochKey.objects.filter(wrapped__isnull=False, emptied_at__lte=before).order_by("epoch"))


def retire(*, clock: Clock, tell: Tell) -> tuple[int, int]:
    """Retire data keys and destroy epochs that nothing needs; returns how many of each."""
    now = clock()
    total = due_data_keys(at=now) + len(due_epochs(at=now))
    with working(work=Work.RETIRE, total=total, clock=clock, tell=tell) as run:
        note_emptied(current=keyring.epoch_at(now), at=now)
        return _retire_data_keys(run, now), sum(_destroy(epoch, run, clock) for epoch in due_epochs(at=now))


def replaced(*, at: datetime) -> QuerySet[ScopeKey]:
    """The data keys that were replaced long enough ago."""
    rows = ScopeKey.objects.filter(state=KeyState.DECRYPT, superseded_at__lte=at - LATE_WRITERS)
    return rows.exclude(kind__in=ELSEWHERE)


def _retire_data_keys(run: Run, now: datetime) -> int:
    number, last = 0, None
    while True:
        with transaction.atomic():
            rows = replaced(at=now).select_related("epoch").select_for_update(of=("self",)).order_by("id")
            batch = list(rows.filter(id__gt=last)[:BATCH] if last else rows[:BATCH])
            if not batch:
                return number
            last = batch[-1].id
            places = {row.id: row.scope for row in batch}
            used = {key for table in sealed_tables() for key in table.used(places)}
            unused = [row for row in batch if row.id not in used]
            for row in unused:
                _leave_the_record(row)
            if unused:
                run.advance(len(unused), event=events.DATA_KEYS_RETIRED, said="step=retire")
        number += len(unused)


def _leave_the_record(row: ScopeKey) -> None:
    left = DataKey(row.id, keyring.unwrapped(row)).record_key()
    row.wrapped = keys.wrap(
        keyring.epoch_key(row.epoch),
        left,
        org=settings.ORGANISATION,
        scope=row.scope,
        key_id=row.id,
        epoch=row.epoch.epoch,
        use=keys.Use.RECORD,
    )
    row.state = KeyState.RECORD
    row.save(update_fields=["wrapped", "state"])


def _destroy(epoch: EpochKey, run: Run, clock: Clock) -> bool:
    with transaction.atomic():
        # Waits for whoever is adding a key to this epoch, and is then seen by the count below.
        row = EpochKey.objects.select_for_update().get(pk=epoch.pk)
        if row.wrapped is None or ScopeKey.objects.filter(epoch=row, wrapped__isnull=False).exists():
            return False
        # First the root, then the row: being killed between the two leaves work that is done again, never a key.
        keyring.provider(row.root).destroy_epoch(org=settings.ORGANISATION, epoch=row.epoch)
        row.wrapped, row.destroyed_at = None, clock()
        row.save(update_fields=["wrapped", "destroyed_at"])
        run.advance(1, event=events.EPOCH_DESTROYED, said=f"epoch={row.epoch}")
    return True
