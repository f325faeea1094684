"""What the pages of one case show. Each takes a case that the gate has opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from audit.queries import Reading, readings_of
from avhopp.accounts.models import User
from cases.access import NotVisible, Opened
from cases.models import CaseGrant, Note, StageRequest
from cases.workflow import ORDER, STAGE_NAMES, Stage, Track


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the track, as the stepper shows it."""

    label: str
    state: str
    day: datetime | None


def steps(opened: Opened) -> list[Step]:
    """The stages of the case's track: done with its day, now, and what may come."""
    case = opened.case
    approved = {
        request.to_stage: request.decided_at
        for request in case.stage_requests.filter(state="approved").order_by("decided_at")
    }
    order = ORDER[Track(case.track)]
    here = order.index(Stage(case.stage))
    return [
        Step(
            STAGE_NAMES[stage],
            "now" if place == here else "done" if place < here and (stage in approved or place == 0) else
            "next" if place == here + 1 else "later",
            approved.get(stage),
        )
        for place, stage in enumerate(order)
    ]


def notes_of(opened: Opened) -> list[Note]:
    """The notes, newest event first, without originals that a signed correction has replaced."""
    notes = Note.objects.filter(case=opened.case).select_related(
        "author", "signed_by", "corrects", "corrects__author", "corrects__signed_by"
    )
    replaced = Q(correction__signed_at__isnull=False)
    return list(notes.exclude(replaced).order_by("-created_at", "-id"))


def note_of(opened: Opened, note: UUID) -> Note:
    """One note of the case; raises `NotVisible`, also for a note of another case."""
    found = Note.objects.select_related("author", "updated_by", "corrects").filter(pk=note, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


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
    found = CaseGrant.objects.filter(pk=grant, content_object=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def colleagues_of(opened: Opened) -> list[User]:
    """Those in the case's unit who may be given access."""
    return list(
        User.objects.filter(
            unit_id=opened.case.unit_id, is_active=True, role__in=["case_worker", "co_worker", "supervisor"]
        ).order_by("name")
    )


def readers_of(opened: Opened, *, limit: int = 100) -> list[Reading]:
    """Who has read the case, newest first."""
    return readings_of(scope=opened.case.id, limit=limit)
