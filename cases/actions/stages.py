"""Ask for the next stage, approve it, return it, withdraw it.

The request is bound by a digest to what was asked for and what it rests on; approver and requester are never the
same person, which the database says once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.digest import row_digest
from audit.events import Actor
from avhopp.sealed.base import SealedModel
from cases import events, figures
from cases.access import Opened, Refused
from cases.actions.clocks import enter_stage
from cases.actions.programme import end_period
from cases.actions.writing import lock_case, new_row, tell
from cases.catalogue.stage_rules import Item
from cases.models import (
    Case,
    LeavingReason,
    Person,
    ProgrammePeriod,
    RequestState,
    StageRequest,
    StageRule,
)
from cases.policies import Question, Refusal, Verdict, decide_approval
from cases.queries.stage_rules import rule_for, rule_of, targets_of
from cases.queries.standing import missing_requirements
from cases.workflow import CLOSURE_REASONS, Gate, Requirement, Stage, Standing, Target, is_ended

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class NoSuchWay(Exception):
    """The workflow has no way from this stage to that one; choose one of `workflow.next_stages`."""


class ChecklistIncomplete(Exception):
    """Lines of the checklist are not ticked; do them, or write in the reason why not and tick."""

    def __init__(self, missing: Collection[Item]) -> None:
        super().__init__("checklist incomplete")
        self.missing = tuple(missing)


class RequirementMissing(Exception):
    """Something that the target rests on does not stand in the case; write it down first, or choose another way."""

    def __init__(self, missing: Collection[Requirement]) -> None:
        super().__init__("requirement missing")
        self.missing = tuple(missing)


class AlreadyPending(Exception):
    """Another request waits for the case; withdraw it or let it be decided first."""


class NotPending(Exception):
    """The request has been decided, withdrawn or become void; read the case again."""


class ReasonMissing(Exception):
    """Write a reason: why the stage is asked for, why it is returned, why the case is closed."""


@transaction.atomic
def request_stage(
    *,
    opened: Opened,
    to_stage: Target,
    reason: str,
    ticked: Collection[str],
    closure_reason: str,
    by: Actor,
    now: datetime,
) -> StageRequest:
    """Ask that the case goes on to `to_stage`, or through a gate."""
    opened.demand(Question.REQUEST_STAGE)
    case = lock_case(opened)
    if to_stage not in targets_of(case):
        raise NoSuchWay
    rule = rule_of(case=case, target=to_stage)
    if by.role not in rule.may_ask:
        raise Refused(Verdict(Refusal.NOT_ASKER))
    if not reason.strip() or (to_stage == Stage.CLOSED) != (closure_reason in CLOSURE_REASONS):
        raise ReasonMissing
    if missing := rule.missing(set(ticked)):
        raise ChecklistIncomplete(missing)
    _require(opened, rule, now)
    if case.stage_requests.filter(state=RequestState.PENDING).exists():
        raise AlreadyPending
    request = StageRequest(
        id=uuid4(),
        case=case,
        from_stage=case.stage,
        to_stage=to_stage,
        workflow_id=case.workflow_id,
        reason=reason,
        checklist=sorted(ticked),
        closure_reason=closure_reason,
        requested_by_id=by.person,
        requested_at=now,
        digest=b"",
    )
    request.save(force_insert=True)
    request.digest = content_digest(request=request, case=case)
    request.save(update_fields=["digest"])
    tell(
        event=events.STAGE_REQUESTED,
        opened=opened,
        rows=[request],
        by=by,
        now=now,
        detail={"from": request.from_stage, "to": request.to_stage},
    )
    return request


@transaction.atomic
def approve(
    *, opened: Opened, request: StageRequest, seen: bytes, comment: str, by: Actor, now: datetime
) -> StageRequest:
    """Approve what was seen: `seen` is the digest that the approver's page showed.

    Raises `NotPending` when anything that the request rests on is no longer as it was, and `RequirementMissing` when
    what the stage needs has fallen since it was asked for.
    """
    case, locked, rule = _to_decide(opened, request, by)
    if locked.digest != seen or content_digest(request=locked, case=case) != bytes(locked.digest):
        raise NotPending
    _require(opened, rule, now)
    _decide(locked, RequestState.APPROVED, comment, by, now)
    if isinstance(rule.leads_to, Gate):
        period = new_row(ProgrammePeriod, opened=opened, values={}, by=by, now=now)
        tell(event=events.STAGE_APPROVED, opened=opened, rows=[locked, period], by=by, now=now)
        return locked
    rows = _go_on(case, locked, rule.leads_to, by, now)
    tell(event=events.STAGE_APPROVED, opened=opened, rows=[locked, *rows], by=by, now=now)
    return locked


@transaction.atomic
def send_back(
    *, opened: Opened, request: StageRequest, comment: str, by: Actor, now: datetime
) -> StageRequest:
    """Return the request with a reason; the case stays where it is."""
    _, locked, _ = _to_decide(opened, request, by)
    if not comment.strip():
        raise ReasonMissing
    _decide(locked, RequestState.RETURNED, comment, by, now)
    tell(event=events.STAGE_RETURNED, opened=opened, rows=[locked], by=by, now=now)
    return locked


@transaction.atomic
def withdraw(*, opened: Opened, request: StageRequest, by: Actor, now: datetime) -> StageRequest:
    """Take one's request back."""
    opened.demand(Question.REQUEST_STAGE)
    case = lock_case(opened)
    locked = _pending(case, request)
    locked.state = RequestState.WITHDRAWN
    locked.decided_at = now
    locked.save()
    tell(event=events.STAGE_WITHDRAWN, opened=opened, rows=[locked], by=by, now=now)
    return locked


def void_pending(*, case: Case, now: datetime) -> list[StageRequest]:
    """Let a waiting request fall because the case or the person was changed; part of the action that changed it.

    Returns what was written, for the record of that action.
    """
    fallen = list(case.stage_requests.select_for_update().filter(state=RequestState.PENDING))
    for request in fallen:
        request.state = RequestState.VOID
        request.decided_at = now
        request.save()
    return fallen


def content_digest(*, request: StageRequest, case: Case) -> bytes:
    """SHA-256 (32 bytes) over the stored bytes of the request, the case and the person that it is about.

    The ciphertexts of unchanged values keep their bytes, so one changed letter anywhere changes the digest.
    """
    asked = StageRequest(
        id=request.id,
        case_id=request.case_id,
        from_stage=request.from_stage,
        to_stage=request.to_stage,
        workflow_id=request.workflow_id,
        requested_by_id=request.requested_by_id,
        requested_at=request.requested_at,
        digest=b"",
    )
    for name in ("reason", "checklist", "closure_reason", "comment"):
        asked.__dict__[name] = request.__dict__[name]
    asked.__dict__["comment"] = None
    person = Person.objects.get(pk=case.person_id)
    parts = [row_digest(asked), row_digest(case), row_digest(person)]
    return hashlib.sha256(b"".join(parts)).digest()


def _go_on(case: Case, request: StageRequest, stage: Stage, by: Actor, now: datetime) -> list[SealedModel]:
    """Take the case to its new stage, with its clocks; an ended one leaves the programme and rests no longer."""
    case.stage = stage
    case.version += 1
    if stage == Stage.CLOSED:
        case.closed_on = now.astimezone(STOCKHOLM).date()
        case.closure_reason = request.closure_reason
        case.standing = Standing.ACTIVE
    case.save()
    left = end_period(case=case, because=LeavingReason.CLOSED, by=by, now=now) if is_ended(stage) else []
    clocks = enter_stage(case=case, origin=Stage(request.from_stage), by=by, now=now)
    known = {figures.Known.CLOSURE: request.closure_reason}
    counted = figures.tell(of=case.id, known=known, now=now) if stage == Stage.CLOSED else []
    return [case, *left, *clocks, *counted]


def _require(opened: Opened, rule: StageRule, now: datetime) -> None:
    today = now.astimezone(STOCKHOLM).date()
    if missing := missing_requirements(opened=opened, wanted=rule.requirements, on=today):
        raise RequirementMissing(missing)


def _to_decide(opened: Opened, request: StageRequest, by: Actor) -> tuple[Case, StageRequest, StageRule]:
    case = lock_case(opened)
    rule = rule_for(request)
    verdict = decide_approval(
        role=by.role,
        permissions=opened.permissions,
        stage=Stage(case.stage),
        standing=Standing(case.standing),
        approvers=rule.may_approve,
        approver=by.user,
        requester=request.requested_by_id,
    )
    if not verdict:
        raise Refused(verdict)
    return case, _pending(case, request), rule


def _pending(case: Case, request: StageRequest) -> StageRequest:
    found = StageRequest.objects.select_for_update().filter(pk=request.pk, case=case).first()
    if found is None or found.state != RequestState.PENDING or found.from_stage != case.stage:
        raise NotPending
    return found


def _decide(request: StageRequest, state: RequestState, comment: str, by: Actor, now: datetime) -> None:
    request.state = state
    request.comment = comment
    request.decided_by_id = by.person
    request.decided_at = now
    request.save()
