"""What the verbs on drafts share: begun once, saved by one at a time, signed when whole, put right by a new row.

These are parts of verbs, inside their transaction; each verb writes its own leaf and whatever else it sets going.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from django.db import models

from audit import log
from audit.events import Actor
from cases.access import NotVisible, Opened
from cases.actions.writing import change_row, lock_case, locked_row, new_row
from cases.models.signed import CorrectableRow, SignedRow
from cases.policies import Question

STOCKHOLM = ZoneInfo("Europe/Stockholm")
S = TypeVar("S", bound=SignedRow)
C = TypeVar("C", bound=CorrectableRow)


class DraftConflict(Exception):
    """A colleague saved the draft first; show both texts, nothing is lost."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("the draft was saved by somebody else")
        self.current = current


class AlreadySigned(Exception):
    """It is signed and locked; make a correction instead."""


class NotReadyToSign(Exception):
    """Something that a signed row must have is missing; the message of the form says what."""


class AlreadyCorrected(Exception):
    """It has a correction already; correct that one."""


def demand_writing(*, opened: Opened, row: CorrectableRow) -> None:
    """Raise `Refused` unless the actor may write the draft; a correction may be written in an ended case too."""
    opened.demand(Question.CORRECT_NOTE if row.corrects_id else Question.EDIT_CASE)


def begin(model: type[C], *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime) -> C:
    """An empty draft with the values to start from: a new one, or the actor's untouched one from before."""
    lock_case(opened)
    mine = model._default_manager.filter(
        case=opened.case, created_by_id=by.person, signed_at=None, version=1, corrects=None
    ).first()
    return cast(C, mine) if mine else new_row(model, opened=opened, values=values, by=by, now=now)


def draft_of(model: type[S], *, opened: Opened, row: S, version: int) -> S:
    """The draft as it is now, locked; raises `AlreadySigned` and `DraftConflict`."""
    draft = locked_row(model, opened=opened, row=row, version=None)
    if draft.is_signed:
        raise AlreadySigned
    if draft.version != version:
        raise DraftConflict(draft)
    return draft


def save(
    model: type[S],
    *,
    opened: Opened,
    row: S,
    content: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> S:
    """Save what is written in a draft."""
    draft = draft_of(model, opened=opened, row=row, version=version)
    written = {name: value for name, value in content.items() if name in model.content}
    return change_row(draft, values=written, by=by, now=now)


def sign(model: type[C], *, opened: Opened, row: C, version: int, by: Actor, now: datetime) -> C:
    """Sign what was saved: from here on the database refuses every change."""
    draft = draft_of(model, opened=opened, row=row, version=version)
    if not draft.is_complete(now.astimezone(STOCKHOLM).date()):
        raise NotReadyToSign
    return change_row(draft, values={"signed_at": now, "signed_by_id": by.person}, by=by, now=now)


def discard(model: type[S], *, opened: Opened, row: S, version: int, by: Actor) -> log.Subject:
    """Throw away a draft of the actor's own; gives what the leaf says about it."""
    draft = draft_of(model, opened=opened, row=row, version=version)
    if draft.created_by_id != by.user:
        raise NotVisible
    subject = log.read(draft)
    draft.delete()
    return subject


def begin_correction(model: type[C], *, opened: Opened, row: C, by: Actor, now: datetime) -> C:
    """A new draft with the signed row's text; the original stays as it is."""
    lock_case(opened)
    original = model._default_manager.filter(pk=row.pk, case=opened.case).first()
    if original is None or not original.is_signed:
        raise NotVisible
    if model._default_manager.filter(corrects=original).exists():
        raise AlreadyCorrected
    values = {name: getattr(original, name) for name in model.content if name != "correction_reason"}
    return new_row(model, opened=opened, values={**values, "corrects": original}, by=by, now=now)
