"""What the verbs share: one writer at a time, a guard against two tabs, and the one leaf.

Verbs on the organisation's own rows have no case; their guard is the role's right, and their leaf `tell_organisation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from django.db import models

from audit import log
from audit.events import Actor, Event
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed.base import OrganisationModel, SealedModel
from cases.access import NotVisible, Opened, Refused
from cases.actions.once import AlreadyDone
from cases.models import Case
from cases.models.row import CaseRow, PersonRow, Row
from cases.policies import Refusal, Verdict

R = TypeVar("R", bound=Row)


class Stopped(Exception):
    """The act is not allowed to happen, and that somebody tried is put into the record: name the event."""

    event: Event

    def __init__(self, *, opened: Opened, instead: Iterable[str] = ()) -> None:
        super().__init__(self.event.code)
        self.opened = opened
        # What may be done instead, in words that the catalogue has.
        self.instead = tuple(instead)


class Conflict(Exception):
    """Somebody else saved first; show both versions and let the person choose."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("saved by somebody else")
        self.current = current


def lock_case(opened: Opened) -> Case:
    """The case as it is now, held until the transaction ends, so that those who write in it take turns."""
    found = Case.objects.select_for_update().filter(pk=opened.case.pk).first()
    if found is None:
        # It was destroyed while we waited for it.
        raise NotVisible
    return found


def new_row(
    model: type[R],
    *,
    opened: Opened,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> R:
    """Save a new row of the case or its person; raises `AlreadyDone` when the form of `new_id` was sent before."""
    lock_case(opened)
    if new_id is not None and model._default_manager.filter(pk=new_id).exists():
        raise AlreadyDone
    row = model(
        id=new_id or uuid4(),
        **_owner(model, opened),
        created_at=now,
        created_by_id=by.person,
        updated_at=now,
        updated_by_id=by.person,
        **values,
    )
    row.save(force_insert=True)
    return row


def locked_row(model: type[R], *, opened: Opened, row: R, version: int | None) -> R:
    """A row of this case as it is now, locked; raises `NotVisible`, and `Conflict` when another version was seen."""
    lock_case(opened)
    found = model._default_manager.select_for_update().filter(pk=row.pk, **_owner(model, opened)).first()
    if found is None:
        raise NotVisible
    if version is not None and cast(R, found).version != version:
        raise Conflict(found)
    return cast(R, found)


def change_row(row: R, *, values: Mapping[str, Any], by: Actor, now: datetime) -> R:
    """Save a locked row with new values, as its next version."""
    for name, value in {**values, "updated_at": now, "updated_by_id": by.person}.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def tell(
    *,
    event: Event,
    opened: Opened,
    rows: Iterable[SealedModel],
    by: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write the action's one leaf, with the digest of every row that it wrote."""
    subjects = [log.written(row) for row in rows]
    log.record(event=event, actor=by, at=now, basis=opened.basis, subjects=subjects, detail=detail)


def demand_right(*, by: Actor, right: Right) -> None:
    """Raise `Refused` unless the role may try it; for verbs that concern no case."""
    if not may_try(role=by.role, right=right):
        raise Refused(Verdict(Refusal.ROLE))


def tell_organisation(
    *, event: Event, rows: Iterable[OrganisationModel], by: Actor, now: datetime, about: UUID | None = None
) -> None:
    """Write the one leaf of a verb on the organisation's rows; `about` is the colleague that it concerns."""
    subjects = [log.written(row) for row in rows]
    log.record(event=event, actor=by, at=now, basis="role", subjects=subjects, about=about)


def _owner(model: type[Row], opened: Opened) -> dict[str, Any]:
    if issubclass(model, CaseRow):
        return {"case_id": opened.case.pk}
    assert issubclass(model, PersonRow)
    return {"person_id": opened.case.person_id}
