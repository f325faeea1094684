"""Write a plan with its goals and interventions, sign it, and let the next one take its place."""

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
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import tell
from cases.catalogue.provider_rules import Answer
from cases.goals import still_to_come
from cases.models import Plan, Task
from cases.models.plan import PlanKind
from cases.models.task import TaskEnd
from cases.policies import Question
from cases.queries import plans
from cases.workflow import Stage, is_ended

FOLLOW_UP = "plan_followup"


@transaction.atomic
def start(*, opened: Opened, by: Actor, now: datetime) -> Plan:
    """Begin a plan of today's with the goals of the last one, and what of its interventions goes on."""
    opened.demand(Question.EDIT_CASE)
    today = now.astimezone(drafts.STOCKHOLM).date()
    last = plans.latest_of(opened)
    values = {
        "kind": last.kind if last else PlanKind.IMPLEMENTATION,
        "agreed_on": today,
        "goals": still_to_come(last.goals, on=today) if last else [],
    }
    plan = drafts.begin(Plan, opened=opened, values=values, by=by, now=now)
    tell(event=events.PLAN_STARTED, opened=opened, rows=[plan], by=by, now=now)
    return plan


@transaction.atomic
def save_draft(
    *, opened: Opened, plan: Plan, content: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Plan:
    """Save a draft; raises `DraftConflict` when somebody saved since `version` was shown."""
    drafts.demand_writing(opened=opened, row=plan)
    saved = drafts.save(Plan, opened=opened, row=plan, content=content, version=version, by=by, now=now)
    tell(event=events.PLAN_SAVED, opened=opened, rows=[saved], by=by, now=now)
    return saved


@transaction.atomic
def sign(*, opened: Opened, plan: Plan, version: int, by: Actor, now: datetime) -> Plan:
    """Sign what was saved; a provider whose contract or permit fails on this day stops it (`NotReadyToSign`)."""
    drafts.demand_writing(opened=opened, row=plan)
    signed = drafts.sign(Plan, opened=opened, row=plan, version=version, by=by, now=now)
    today = now.astimezone(drafts.STOCKHOLM).date()
    for intervention, _faults, strictest in plans.faults_of(opened, signed.goals, today=today):
        if strictest == Answer.BLOCK or not intervention["reason"].strip():
            raise drafts.NotReadyToSign
    clocks = _clocks(opened, signed, by, now)
    tell(event=events.PLAN_SIGNED, opened=opened, rows=[signed, *clocks], by=by, now=now)
    return signed


@transaction.atomic
def discard(*, opened: Opened, plan: Plan, version: int, by: Actor, now: datetime) -> None:
    """Throw away a draft of one's own."""
    drafts.demand_writing(opened=opened, row=plan)
    gone = drafts.discard(Plan, opened=opened, row=plan, version=version, by=by)
    log.record(event=events.PLAN_DISCARDED, actor=by, at=now, basis=opened.basis, subjects=[gone])


@transaction.atomic
def correct(*, opened: Opened, plan: Plan, by: Actor, now: datetime) -> Plan:
    """Begin a correction of a signed plan; what is new is a new plan."""
    opened.demand(Question.CORRECT_NOTE)
    correction = drafts.begin_correction(Plan, opened=opened, row=plan, by=by, now=now)
    tell(event=events.PLAN_CORRECTED, opened=opened, rows=[correction], by=by, now=now)
    return correction


def _clocks(opened: Opened, signed: Plan, by: Actor, now: datetime) -> list[Task]:
    """Let the newest plan of a kind, and it alone, wait for its follow-up; an older one put right moves nothing."""
    newest, *earlier = plans.signed_of_kind(opened, signed.kind)
    answered = [each.pk for each in earlier] if newest.pk == signed.pk else []
    if signed.corrects_id:
        answered.append(signed.corrects_id)
    given: dict[str, Any] = {"case": opened.case, "by": by, "now": now}
    clocks = [
        task
        for plan in answered
        for task in stop_clocks(rules={FOLLOW_UP}, about=plan, how=TaskEnd.DONE, **given)
    ]
    if newest.pk == signed.pk and not is_ended(Stage(opened.case.stage)):
        days: dict[str, Any] = {"starts_on": signed.agreed_on, "due_on": signed.follow_up_on}
        clocks.append(start_clock(rule=FOLLOW_UP, about=signed.pk, **days, **given))
    return clocks
