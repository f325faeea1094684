"""What changing a case and changing its person share: the case's version guards both, and what waited falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from audit.events import Actor, Event
from avhopp.sealed.base import SealedModel
from cases.access import Opened
from cases.actions.stages import void_pending
from cases.actions.writing import Conflict, lock_case, tell
from cases.models import Case, Person


def locked_at(opened: Opened, *, version: int) -> Case:
    """The case, held until the transaction ends; raises `Conflict` when another version was seen."""
    case = lock_case(opened)
    if case.version != version:
        raise Conflict(case)
    return case


def apply_changes(*, case: Case, row: Case | Person, changes: Mapping[str, Any]) -> None:
    """Save the case or its person with new values, as the case's next version."""
    for name, value in changes.items():
        setattr(row, name, value)
    case.version += 1
    row.save()
    if row is not case:
        case.save(update_fields=["version"])


def tell_changed(
    *,
    opened: Opened,
    case: Case,
    rows: Iterable[SealedModel],
    changes: Mapping[str, Any],
    event: Event,
    by: Actor,
    now: datetime,
) -> None:
    """Let what waited for approval on the old text fall, and tell the change with every row that it wrote."""
    fallen = void_pending(case=case, now=now)
    tell(
        event=event,
        opened=opened,
        rows=[*rows, *fallen],
        by=by,
        now=now,
        detail={"fields": sorted(changes)},
    )
