"""Map a person's needs: a draft of every area, signed, and put right by a new mapping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from audit import log
from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions import drafts
from cases.actions.writing import tell
from cases.models import NeedsMapping
from cases.policies import Question
from cases.queries import mappings


@transaction.atomic
def start(*, opened: Opened, by: Actor, now: datetime) -> NeedsMapping:
    """Begin a mapping with the goals and priorities of the last one; every area is scored anew."""
    opened.demand(Question.EDIT_CASE)
    last = mappings.latest_of(opened)
    values = {
        "mapped_on": now.astimezone(drafts.STOCKHOLM).date(),
        "areas": _kept(last) if last else {},
    }
    mapping = drafts.begin(NeedsMapping, opened=opened, values=values, by=by, now=now)
    tell(event=events.MAPPING_STARTED, opened=opened, rows=[mapping], by=by, now=now)
    return mapping


@transaction.atomic
def save_draft(
    *,
    opened: Opened,
    mapping: NeedsMapping,
    content: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> NeedsMapping:
    """Save a draft; raises `DraftConflict` when somebody saved since `version` was shown."""
    drafts.demand_writing(opened=opened, row=mapping)
    saved = drafts.save(
        NeedsMapping, opened=opened, row=mapping, content=content, version=version, by=by, now=now
    )
    tell(event=events.MAPPING_SAVED, opened=opened, rows=[saved], by=by, now=now)
    return saved


@transaction.atomic
def sign(*, opened: Opened, mapping: NeedsMapping, version: int, by: Actor, now: datetime) -> NeedsMapping:
    """Sign what was saved; it becomes the picture that the next one is compared with."""
    drafts.demand_writing(opened=opened, row=mapping)
    signed = drafts.sign(NeedsMapping, opened=opened, row=mapping, version=version, by=by, now=now)
    tell(event=events.MAPPING_SIGNED, opened=opened, rows=[signed], by=by, now=now)
    return signed


@transaction.atomic
def discard(*, opened: Opened, mapping: NeedsMapping, version: int, by: Actor, now: datetime) -> None:
    """Throw away a draft of one's own."""
    drafts.demand_writing(opened=opened, row=mapping)
    gone = drafts.discard(NeedsMapping, opened=opened, row=mapping, version=version, by=by)
    log.record(event=events.MAPPING_DISCARDED, actor=by, at=now, basis=opened.basis, subjects=[gone])


@transaction.atomic
def correct(*, opened: Opened, mapping: NeedsMapping, by: Actor, now: datetime) -> NeedsMapping:
    """Begin a correction of a signed mapping."""
    opened.demand(Question.CORRECT_NOTE)
    correction = drafts.begin_correction(NeedsMapping, opened=opened, row=mapping, by=by, now=now)
    tell(event=events.MAPPING_CORRECTED, opened=opened, rows=[correction], by=by, now=now)
    return correction


def _kept(last: NeedsMapping) -> dict[str, dict[str, str]]:
    return {
        area: {"goal": said.get("goal", ""), "priority": said.get("priority", "")}
        for area, said in last.areas.items()
    }
