"""Write the next version of what stages need, and move a case to it. A version is never edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from audit.events import Actor
from avhopp.accounts.roles import Right
from cases import events
from cases.access import Opened
from cases.actions.stages import void_pending
from cases.actions.writing import demand_right, lock_case, tell, tell_organisation
from cases.catalogue.stage_rules import ALWAYS, APPROVERS, ASKERS
from cases.models import Case, StageRule, Workflow
from cases.policies import Question
from cases.queries.stage_rules import current_version
from cases.workflow import Requirement


class NotTheNewest(Exception):
    """Somebody has written a version since the page was shown; read it and change that one."""


class LeavesOutTheLaw(Exception):
    """The joint work with the police rests on consent, agreement and decision; no version may leave them out."""


class NobodyLeft(Exception):
    """Somebody must be able to ask for the stage, and somebody to approve it."""


class NothingNewer(Exception):
    """The case is worked under the newest version already."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a stage needs from now on; a checklist line that is kept keeps its code."""

    lines: Sequence[str]
    requires: Collection[Requirement]
    may_ask: Collection[str]
    may_approve: Collection[str]


@transaction.atomic
def write_version(
    *, rule: StageRule, change: Change, valid_from: date, note: str, by: Actor, now: datetime
) -> Workflow:
    """Write a version that differs from the newest in one stage of one track."""
    demand_right(by=by, right=Right.MANAGE_CATALOGUE)
    newest = Workflow.objects.select_for_update().order_by("-number")[0]
    if rule.workflow_id != newest.pk:
        raise NotTheNewest
    if not set(change.requires) >= ALWAYS.get(rule.leads_to, frozenset()):
        raise LeavesOutTheLaw
    if not set(change.may_ask) & set(ASKERS) or not set(change.may_approve) & set(APPROVERS):
        raise NobodyLeft
    version = Workflow(id=uuid4(), number=newest.number + 1, valid_from=valid_from, note=note)
    version.save(force_insert=True)
    rules = [_copy(each, version, change if each.pk == rule.pk else None) for each in newest.rules.all()]
    for each in rules:
        each.save(force_insert=True)
    tell_organisation(event=events.WORKFLOW_WRITTEN, rows=[version, *rules], by=by, now=now)
    return version


@transaction.atomic
def move_case(*, opened: Opened, on: date, by: Actor, now: datetime) -> Case:
    """Work a case under the newest version from now on; what was decided under the old one stays as it was."""
    opened.demand(Question.EDIT_CASE)
    case = lock_case(opened)
    newest = current_version(on=on)
    if case.workflow_id == newest.pk:
        raise NothingNewer
    case.workflow = newest
    case.version += 1
    case.save()
    fallen = void_pending(case=case, now=now)
    tell(event=events.WORKFLOW_MOVED, opened=opened, rows=[case, *fallen], by=by, now=now)
    return case


def _copy(rule: StageRule, version: Workflow, change: Change | None) -> StageRule:
    values: dict[str, Any] = {
        "checklist": rule.checklist,
        "requires": rule.requires,
        "may_ask": rule.may_ask,
        "may_approve": rule.may_approve,
    }
    if change is not None:
        values = {
            "checklist": _checklist(rule, change.lines),
            "requires": sorted(change.requires),
            "may_ask": sorted(set(change.may_ask) & set(ASKERS)),
            "may_approve": sorted(set(change.may_approve) & set(APPROVERS)),
        }
    return StageRule(id=uuid4(), workflow=version, track=rule.track, target=rule.target, **values)


def _checklist(rule: StageRule, lines: Sequence[str]) -> list[dict[str, str]]:
    codes = {item.text: item.code for item in rule.items}
    wanted = dict.fromkeys(" ".join(line.split()) for line in lines if line.strip())
    return [{"code": codes.get(text, f"own_{uuid4().hex[:12]}"), "text": text} for text in wanted]
