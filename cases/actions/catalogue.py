"""Keep the catalogue of provisions and deadlines: nothing is edited, a change is a new row from its day.

Decisions and clocks go on pointing to the wording that they were made under.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from avhopp.accounts.roles import Right
from cases import events
from cases.actions.once import AlreadyDone
from cases.actions.writing import demand_right, tell_organisation
from cases.models import DeadlineRule, LegalBasis
from cases.models.dated import DatedModel

W = TypeVar("W", LegalBasis, DeadlineRule)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)


class StartsTooEarly(Exception):
    """A new wording begins after the latest one did; choose a later day, or take the coming one back first."""


class EndsTooEarly(Exception):
    """A wording is in force for at least a day; one that has not come into force is taken back instead."""


class NotTheLatest(Exception):
    """The wording has a later one, or has ended; read it again."""


class InForceAlready(Exception):
    """Only a wording that has not come into force can be taken back; this one is replaced by a new one."""


@transaction.atomic
def add(*, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> LegalBasis:
    """Write a provision into the catalogue; `values` are its columns but for the code."""
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    row = _new(LegalBasis, {**values, "code": f"own_{uuid4().hex[:12]}"}, new_id)
    tell_organisation(event=events.CATALOGUE_ADDED, rows=[row], by=by, now=now)
    return row


@transaction.atomic
def reword(*, row: W, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None) -> W:
    """Give a provision or a deadline a new wording from a day, past or coming; the one before ends the day before.

    `values` are what differs from `row`, and always `valid_from`.
    """
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    latest = _latest(row)
    if values["valid_from"] <= latest.valid_from:
        raise StartsTooEarly
    kept = {field.name: getattr(latest, field.name) for field in latest._meta.concrete_fields}
    made = _new(type(latest), {**kept, **values, "id": None, "valid_to": None}, new_id)
    _end(latest, values["valid_from"] - DAY)
    tell_organisation(event=events.CATALOGUE_REWORDED, rows=[latest, made], by=by, now=now)
    return made


@transaction.atomic
def end(*, row: W, on: date, by: Actor, now: datetime) -> W:
    """Let something be in force for the last time on a day, without another in its place."""
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    latest = _latest(row)
    if on < latest.valid_from:
        raise EndsTooEarly
    _end(latest, on)
    tell_organisation(event=events.CATALOGUE_ENDED, rows=[latest], by=by, now=now)
    return latest


@transaction.atomic
def take_back(*, row: W, by: Actor, now: datetime) -> W:
    """Take back a wording that has not come into force; the one before goes on as if nothing had been written."""
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    latest = _latest(row)
    if latest.valid_from <= now.astimezone(STOCKHOLM).date():
        raise InForceAlready
    _end(latest, latest.valid_from - DAY)
    written: list[DatedModel] = [latest]
    for earlier in _standing(row):
        if earlier.valid_to == latest.valid_from - DAY:
            _end(earlier, None)
            written.append(earlier)
    tell_organisation(event=events.CATALOGUE_TAKEN_BACK, rows=written, by=by, now=now)
    return latest


@transaction.atomic
def resume(*, row: W, by: Actor, now: datetime) -> W:
    """Let something that was ended, or is to end, go on without a gap; for an end that was a mistake."""
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    standing = _standing(row)
    if not standing or standing[0].pk != row.pk or standing[0].valid_to is None:
        raise NotTheLatest
    _end(standing[0], None)
    tell_organisation(event=events.CATALOGUE_RESUMED, rows=[standing[0]], by=by, now=now)
    return standing[0]


def _new(model: type[W], values: Mapping[str, Any], new_id: UUID | None) -> W:
    if new_id is not None and model._default_manager.filter(pk=new_id).exists():
        raise AlreadyDone
    row = model(**{**values, "id": new_id or uuid4()})
    row.save(force_insert=True)
    return row


def _latest(row: W) -> W:
    """The last wording of it, locked; raises `NotTheLatest` unless that is the one that was seen and goes on."""
    standing = _standing(row)
    if not standing or standing[0].pk != row.pk or standing[0].valid_to is not None:
        raise NotTheLatest
    return standing[0]


def _standing(row: W) -> list[W]:
    """What it stands for or has stood for, the newest first; who write in it take turns."""
    found = (
        type(row)._default_manager.select_for_update().filter(code=row.code).order_by("-valid_from", "-id")
    )
    return [each for each in found if not each.was_taken_back]


def _end(row: DatedModel, on: date | None) -> None:
    row.valid_to = on
    row.save(update_fields=["valid_to"])
