"""Write, sign and correct journal notes.

A draft may be edited by everybody who works in the case, guarded by its version; a signed note is locked by the
database, and a correction is a new note that points to the original (rättelse, domain.md §2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.drafts import AlreadyCorrected, AlreadySigned, DraftConflict, NotReadyToSign
from cases.actions.writing import lock_case, tell
from cases.models import Note
from cases.policies import Question

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CONTENT = ("kind", "event_date", "source", "facts", "assessment", "correction_reason")


@transaction.atomic
def start(*, opened: Opened, by: Actor, now: datetime) -> Note:
    """Begin a note: an empty draft of the actor's, or her empty draft from before."""
    opened.demand(Question.WRITE_NOTE)
    lock_case(opened)
    mine = Note.objects.filter(
        case=opened.case, author_id=by.person, signed_at=None, version=1, corrects=None
    ).first()
    if mine is None:
        mine = _new(opened, by, now, event_date=now.astimezone(STOCKHOLM).date())
    tell(event=events.NOTE_STARTED, opened=opened, rows=[mine], by=by, now=now)
    return mine


@transaction.atomic
def save_draft(
    *, opened: Opened, note: Note, content: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Note:
    """Save a draft; raises `DraftConflict` when somebody saved since `version` was shown."""
    opened.demand(Question.CORRECT_NOTE if note.corrects_id else Question.WRITE_NOTE)
    draft = _draft(opened, note, version)
    for name in CONTENT:
        if name in content:
            setattr(draft, name, content[name])
    _touch(draft, by, now)
    # Keystrokes are not versions: the history keeps what was signed and what was corrected.
    draft.save_without_historical_record()  # type: ignore[attr-defined]
    tell(event=events.NOTE_SAVED, opened=opened, rows=[draft], by=by, now=now)
    return draft


@transaction.atomic
def sign(
    *, opened: Opened, note: Note, content: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Note:
    """Sign what is given: from here on the database refuses every change."""
    opened.demand(Question.CORRECT_NOTE if note.corrects_id else Question.WRITE_NOTE)
    draft = _draft(opened, note, version)
    for name in CONTENT:
        if name in content:
            setattr(draft, name, content[name])
    today = now.astimezone(STOCKHOLM).date()
    if not _is_complete(draft, today):
        raise NotReadyToSign
    _touch(draft, by, now)
    draft.signed_at = now
    draft.signed_by_id = by.person
    draft.save()
    tell(event=events.NOTE_SIGNED, opened=opened, rows=[draft], by=by, now=now)
    return draft


@transaction.atomic
def discard(*, opened: Opened, note: Note, version: int, by: Actor, now: datetime) -> None:
    """Throw away a draft of one's own."""
    opened.demand(Question.CORRECT_NOTE if note.corrects_id else Question.WRITE_NOTE)
    draft = _draft(opened, note, version)
    if draft.author_id != by.user:
        raise NotVisible
    subject = log.read(draft)
    draft.delete()
    log.record(event=events.NOTE_DISCARDED, actor=by, at=now, basis=opened.basis, subjects=[subject])


@transaction.atomic
def correct(*, opened: Opened, note: Note, by: Actor, now: datetime) -> Note:
    """Begin a correction of a signed note; it starts with the original's text, which stays as it is."""
    opened.demand(Question.CORRECT_NOTE)
    lock_case(opened)
    original = Note.objects.filter(pk=note.pk, case=opened.case).first()
    if original is None or not original.is_signed:
        raise NotVisible
    if Note.objects.filter(corrects=original).exists():
        raise AlreadyCorrected
    values = {name: getattr(original, name) for name in CONTENT if name != "correction_reason"}
    correction = _new(opened, by, now, corrects=original, **values)
    tell(event=events.NOTE_CORRECTED, opened=opened, rows=[correction], by=by, now=now)
    return correction


def _new(opened: Opened, by: Actor, now: datetime, **values: Any) -> Note:
    note = Note(
        id=uuid4(),
        case=opened.case,
        author_id=by.person,
        updated_by_id=by.person,
        created_at=now,
        updated_at=now,
        **values,
    )
    note.save_without_historical_record()  # type: ignore[attr-defined]
    return note


def _draft(opened: Opened, note: Note, version: int) -> Note:
    found = Note.objects.select_for_update().filter(pk=note.pk, case=opened.case).first()
    if found is None:
        raise NotVisible
    if found.is_signed:
        raise AlreadySigned
    if found.version != version:
        raise DraftConflict(found)
    return found


def _touch(draft: Note, by: Actor, now: datetime) -> None:
    draft.version += 1
    draft.updated_at = now
    draft.updated_by_id = by.person


def _is_complete(draft: Note, today: date) -> bool:
    dated = draft.event_date is not None and draft.event_date <= today
    said = bool(draft.kind) and bool(draft.facts.strip() or draft.assessment.strip())
    return dated and said and (draft.corrects_id is None or bool(draft.correction_reason.strip()))
