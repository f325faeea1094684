"""How the keys stand: the epochs, the data keys by state, the latest work, and what to do next. Opens nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Q

from avhopp.sealed.keeping.retire import LATE_WRITERS, due_epochs, replaced
from avhopp.sealed.models import EpochKey, KeyRun, KeyState, ScopeKey, Work

LATEST_RUNS = 5
# A piece of work tells how far it has come with every batch; one that is silent for longer has been killed.
SILENCE = timedelta(minutes=5)


class Next(StrEnum):
    """What the keeper ought to do, the most pressing only."""

    GO_ON = "go_on"
    REWRAP = "rewrap"
    RETIRE = "retire"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch, and how many keys it wraps."""

    number: int
    root: str
    keys: int
    emptied_at: datetime | None
    destroyed_at: datetime | None
    destroy_from: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that is told of the keys. `at_work` is what goes on now."""

    epochs: Sequence[Epoch]
    data_keys: dict[KeyState, int]
    runs: Sequence[KeyRun]
    at_work: KeyRun | None
    next: Next


def standing(*, at: datetime) -> Standing:
    """Ask the tables; the oldest epoch first, the latest work first."""
    living = Count("scopekey", filter=Q(scopekey__wrapped__isnull=False))
    epochs = [_epoch(row) for row in EpochKey.objects.annotate(living=living).order_by("epoch")]
    states = ScopeKey.objects.values_list("state").annotate(Count("id")).order_by("state")
    runs = list(KeyRun.objects.order_by("-started_at")[:LATEST_RUNS])
    return Standing(
        epochs=epochs,
        data_keys={KeyState(state): number for state, number in states},
        runs=runs,
        at_work=work_going_on(at=at),
        next=_next(epochs, runs, at),
    )


def work_going_on(*, at: datetime) -> KeyRun | None:
    """The piece of work that is being done now, if any."""
    return KeyRun.objects.filter(ended_at=None, heard_at__gt=at - SILENCE).order_by("-started_at").first()


def _next(epochs: Sequence[Epoch], runs: Sequence[KeyRun], at: datetime) -> Next:
    if runs and runs[0].ended_at is None and runs[0].heard_at <= at - SILENCE:
        return Next.GO_ON
    if any(epoch.keys for epoch in epochs[:-1]):
        return Next.REWRAP
    if due_epochs(at=at) or _has_waited(at):
        return Next.RETIRE
    return Next.NOTHING


def _has_waited(at: datetime) -> bool:
    """Whether replaced data keys are left that no run has looked at since it could have retired them."""
    last = KeyRun.objects.filter(work=Work.RETIRE, ended_at__isnull=False).order_by("-started_at").first()
    found = replaced(at=at)
    if last is not None:
        found = found.filter(superseded_at__gt=last.started_at - LATE_WRITERS)
    return found.exists()


def _epoch(row: EpochKey) -> Epoch:
    days = timedelta(days=settings.BACKUP_DAYS)
    return Epoch(
        number=row.epoch,
        root=row.root,
        keys=row.living,  # type: ignore[attr-defined]
        emptied_at=row.emptied_at,
        destroyed_at=row.destroyed_at,
        destroy_from=row.emptied_at + days if row.emptied_at and not row.destroyed_at else None,
    )
