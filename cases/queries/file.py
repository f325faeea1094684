"""What the pages of one case show. Each takes a case that the gate has opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import CaseGrant, Note, RequestState, StageRequest
from cases.policies import Verdict, decide_approval
from cases.queries.corrections import without_replaced
from cases.queries.stage_rules import rule_for
from cases.workflow import ORDER, STAGE_NAMES, Stage, Standing, Track, is_ended


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the track, as the stepper shows it."""

    label: str
    state: str
    day: date | datetime | None


def steps(opened: Opened) -> list[Step]:
    """The stages of the case's track: done with the day it was left, now with the day it began, and what may come.

    A stage that was passed over is left out once the case has ended; until then the case may still come back to it.
    """
    case = opened.case
    entered, left = {}, {}
    for request in case.stage_requests.filter(state=RequestState.APPROVED).order_by("decided_at"):
        entered[request.to_stage] = left[request.from_stage] = request.decided_at
    order = ORDER[Track(case.track)]
    here = order.index(Stage(case.stage))
    steps = []
    for place, stage in enumerate(order):
        if place == here:
            steps.append(Step(STAGE_NAMES[stage], "now", entered.get(stage, case.opened_on)))
        elif place < here and stage in left:
            steps.append(Step(STAGE_NAMES[stage], "done", left[stage]))
        elif place > here or not is_ended(Stage(case.stage)):
            steps.append(Step(STAGE_NAMES[stage], "next" if place == here + 1 else "later", None))
    return steps


def approval_verdict(opened: Opened, request: StageRequest) -> Verdict:
    """Whether the actor may decide about a request, and if not, why."""
    return decide_approval(
        role=opened.actor.role,
        permissions=opened.permissions,
        stage=Stage(opened.case.stage),
        standing=Standing(opened.case.standing),
        approvers=rule_for(request).may_approve,
        approver=opened.actor.user,
        requester=request.requested_by_id,
    )


def notes_of(opened: Opened) -> list[Note]:
    """The notes, last written first, without originals that a signed correction has replaced.

    Each correction holds what it corrects, however many times over, from one query: a correction is of the same case.
    """
    found = Note.objects.filter(case=opened.case).select_related("author", "signed_by")
    return without_replaced(found.order_by("-created_at", "-id"))


def note_of(opened: Opened, note: UUID) -> Note:
    """One note of the case; raises `NotVisible`, also for a note of another case."""
    found = (
        Note.objects.select_related("author", "updated_by", "corrects")
        .filter(pk=note, case=opened.case)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def correction_of(opened: Opened, note: Note) -> Note | None:
    """The correction of a note, if somebody has begun one."""
    return Note.objects.filter(corrects=note, case=opened.case).first()


def pending_of(opened: Opened) -> StageRequest | None:
    """The stage request that waits for a decision, if there is one."""
    waiting = StageRequest.objects.filter(case=opened.case, state=RequestState.PENDING)
    return waiting.select_related("requested_by").first()


def request_of(opened: Opened, request: UUID) -> StageRequest:
    """One stage request of the case; raises `NotVisible`."""
    found = (
        StageRequest.objects.select_related("requested_by", "decided_by")
        .filter(pk=request, case=opened.case)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def requests_of(opened: Opened) -> list[StageRequest]:
    """Every stage request of the case, newest first."""
    found = StageRequest.objects.filter(case=opened.case).select_related("requested_by", "decided_by")
    return list(found.order_by("-requested_at", "-id"))


def grants_of(opened: Opened) -> list[CaseGrant]:
    """Who has had access to the case and on which ground, those in force first."""
    found = CaseGrant.objects.filter(content_object=opened.case).select_related("user", "granted_by")
    return list(found.order_by("-expires_at", "starts_at", "id"))


def grant_of(opened: Opened, grant: UUID) -> CaseGrant:
    """One grant of the case; raises `NotVisible`."""
    found: CaseGrant | None = (
        CaseGrant.objects.select_related("user").filter(pk=grant, content_object=opened.case).first()
    )
    if found is None:
        raise NotVisible
    return found
