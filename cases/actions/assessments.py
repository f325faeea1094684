"""Assess risk and threat: a draft, signed, and put right by a new one. A clock reminds of the next assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from cases import events, figures
from cases.access import Opened
from cases.actions import drafts
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import tell
from cases.models import Assessment, Task
from cases.models.task import TaskEnd
from cases.policies import Question
from cases.queries import assessments
from cases.workflow import Stage, is_ended

REVIEW = "assessment_review"


@transaction.atomic
def start(*, opened: Opened, by: Actor, now: datetime) -> Assessment:
    """Begin an assessment of today's, by the actor."""
    opened.demand(Question.EDIT_CASE)
    writer = User.objects.get(pk=by.person)
    values = {
        "assessed_on": now.astimezone(drafts.STOCKHOLM).date(),
        "assessor": f"{writer.name}, {writer.title}" if writer.title else writer.name,
    }
    assessment = drafts.begin(Assessment, opened=opened, values=values, by=by, now=now)
    tell(event=events.ASSESSMENT_STARTED, opened=opened, rows=[assessment], by=by, now=now)
    return assessment


@transaction.atomic
def save_draft(
    *,
    opened: Opened,
    assessment: Assessment,
    content: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> Assessment:
    """Save a draft; raises `DraftConflict` when somebody saved since `version` was shown."""
    drafts.demand_writing(opened=opened, row=assessment)
    saved = drafts.save(
        Assessment, opened=opened, row=assessment, content=content, version=version, by=by, now=now
    )
    tell(event=events.ASSESSMENT_SAVED, opened=opened, rows=[saved], by=by, now=now)
    return saved


@transaction.atomic
def sign(*, opened: Opened, assessment: Assessment, version: int, by: Actor, now: datetime) -> Assessment:
    """Sign what was saved. The clock of the next review starts, and those that this one answers stop."""
    drafts.demand_writing(opened=opened, row=assessment)
    signed = drafts.sign(Assessment, opened=opened, row=assessment, version=version, by=by, now=now)
    clocks = _review_clocks(opened, signed, by, now)
    counted = figures.tell(of=opened.case.pk, known={figures.Known.ASSESSED: signed.kind}, now=now)
    tell(event=events.ASSESSMENT_SIGNED, opened=opened, rows=[signed, *clocks, *counted], by=by, now=now)
    return signed


@transaction.atomic
def discard(*, opened: Opened, assessment: Assessment, version: int, by: Actor, now: datetime) -> None:
    """Throw away a draft of one's own."""
    drafts.demand_writing(opened=opened, row=assessment)
    gone = drafts.discard(Assessment, opened=opened, row=assessment, version=version, by=by)
    log.record(event=events.ASSESSMENT_DISCARDED, actor=by, at=now, basis=opened.basis, subjects=[gone])


@transaction.atomic
def correct(*, opened: Opened, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Begin a correction of a signed assessment."""
    opened.demand(Question.CORRECT_NOTE)
    correction = drafts.begin_correction(Assessment, opened=opened, row=assessment, by=by, now=now)
    tell(event=events.ASSESSMENT_CORRECTED, opened=opened, rows=[correction], by=by, now=now)
    return correction


def _review_clocks(opened: Opened, signed: Assessment, by: Actor, now: datetime) -> list[Task]:
    """Let the newest assessment of a kind, and it alone, wait for its review; an older one put right moves nothing."""
    same_kind = [each for each in assessments.signed_of(opened) if each.kind == signed.kind]
    is_newest = same_kind[0].pk == signed.pk
    answered = [each.pk for each in same_kind[1:]] if is_newest else []
    if signed.corrects_id:
        answered.append(signed.corrects_id)
    clocks = [
        task
        for earlier in answered
        for task in stop_clocks(
            case=opened.case, rules={REVIEW}, about=earlier, how=TaskEnd.DONE, by=by, now=now
        )
    ]
    if is_newest and not is_ended(Stage(opened.case.stage)):
        days = {"starts_on": signed.assessed_on, "due_on": signed.review_on}
        clocks.append(start_clock(case=opened.case, rule=REVIEW, about=signed.pk, **days, by=by, now=now))
    return clocks
