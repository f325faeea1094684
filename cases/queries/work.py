"""What a person has to do, and the lists of what she may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases.access import grants_in_force, open_list, visible_cases
from cases.enquiry_access import open_enquiries, visible_enquiries
from cases.models import Case, CaseGrant, Disposal, Enquiry, Note, RequestState, StageRequest
from cases.models.enquiry import Outcome, Urgency
from cases.policies import Permission
from cases.queries.disposals import waiting_disposals
from cases.queries.listed import CappedPaginator, in_order, shown, where_responsible
from cases.queries.todo import Waiting, near_tasks
from cases.workflow import Stage

PAGE = 25
STOCKHOLM = ZoneInfo("Europe/Stockholm")
RECENT = timedelta(days=91)
DAYS_TO_FIRST_MEETING = {Urgency.NOW: 0, Urgency.DAYS: 3, Urgency.WEEK: 7}


@dataclass(frozen=True, slots=True)
class Beside:
    """What waits without being a task. Nothing in it is opened; a case is named by number."""

    drafts: list[Note]
    approvals: list[StageRequest]
    disposals: list[Disposal]
    returned: list[StageRequest]
    enquiries: list[Enquiry]
    left_behind: list[Case]


@dataclass(frozen=True, slots=True)
class Work:
    """The start page: the nearest tasks, what waits beside them, and how much there is of each."""

    tasks: list[Waiting]
    beside: Beside
    case_count: int
    approval_count: int
    enquiry_count: int


def work_of(*, actor: Actor, at: datetime, today: date) -> Work:
    """Collect what waits for the actor."""
    at_work = visible_cases(actor=actor, at=at).exclude(stage__in=[Stage.CLOSED, Stage.FOLLOWED_UP])
    return Work(
        tasks=near_tasks(actor=actor, at=at, today=today),
        beside=beside_of(actor=actor, at=at),
        case_count=at_work.count(),
        approval_count=waiting_approvals(actor=actor, at=at).count(),
        enquiry_count=waiting_enquiries(actor=actor).count(),
    )


def beside_of(*, actor: Actor, at: datetime) -> Beside:
    """Collect what waits for the actor beside her tasks."""
    mine = visible_cases(actor=actor, at=at)
    drafts = Note.objects.filter(author_id=actor.user, signed_at=None, case__in=mine)
    returned = StageRequest.objects.filter(
        requested_by_id=actor.user,
        state__in=[RequestState.RETURNED, RequestState.VOID],
        from_stage=F("case__stage"),
        case__in=mine,
    ).exclude(case__stage_requests__requested_at__gt=F("requested_at"))
    return Beside(
        drafts=list(drafts.select_related("case").order_by("-updated_at")[:PAGE]),
        approvals=list(waiting_approvals(actor=actor, at=at)[:PAGE]),
        disposals=list(waiting_disposals(actor=actor, at=at)[:PAGE]),
        returned=list(returned.select_related("case").order_by("-decided_at")[:PAGE]),
        enquiries=list(waiting_enquiries(actor=actor)[:PAGE]),
        left_behind=left_behind(actor=actor, at=at),
    )


def left_behind(*, actor: Actor, at: datetime) -> list[Case]:
    """The cases at work that the actor leads and whose responsible worker has no access any more."""
    if not may_try(role=actor.role, right=Right.GRANT_ACCESS):
        return []
    led = grants_in_force(actor=actor, at=at).filter(permission__codename=Permission.SUPERVISE)
    held = CaseGrant.objects.filter(
        content_object=OuterRef("pk"), user=OuterRef("responsible"), starts_at__lte=at, expires_at__gt=at
    )
    found = Case.objects.filter(pk__in=led.values("content_object")).filter(~Exists(held))
    return list(found.exclude(stage__in=[Stage.CLOSED, Stage.FOLLOWED_UP]).order_by("number")[:PAGE])


def waiting_approvals(*, actor: Actor, at: datetime) -> QuerySet[StageRequest]:
    """The requests that the actor may decide about, oldest first; never her own."""
    if not may_try(role=actor.role, right=Right.APPROVE_STAGES):
        return StageRequest.objects.none()
    supervised = grants_in_force(actor=actor, at=at).filter(permission__codename=Permission.SUPERVISE)
    return (
        StageRequest.objects.filter(state=RequestState.PENDING, case__in=supervised.values("content_object"))
        .exclude(requested_by_id=actor.user)
        .select_related("case", "requested_by")
        .order_by("requested_at", "id")
    )


def approval_page(*, actor: Actor, at: datetime, number: str) -> Page[StageRequest]:
    """One page of what waits for the actor's approval, unopened."""
    return Paginator(waiting_approvals(actor=actor, at=at), PAGE).get_page(number)


def waiting_enquiries(*, actor: Actor) -> QuerySet[Enquiry]:
    """The unit's enquiries without an outcome, oldest first."""
    return visible_enquiries(actor=actor).filter(outcome=Outcome.OPEN).order_by("received_at", "id")


class Listed(StrEnum):
    """Which of her cases a person wants to see; the only choices there are (F637 15 §)."""

    OPEN = "pagaende"
    OWN = "egna"
    ENDED = "avslutade"


def case_page(*, actor: Actor, at: datetime, number: str, listed: Listed) -> Page[Case]:
    """One page of the actor's cases by deadline, opened for showing the names, with one leaf for the page."""
    ids = (
        where_responsible(actor=actor, at=at)
        if listed == Listed.OWN
        else in_order(actor=actor, at=at, ended=listed == Listed.ENDED)
    )
    page = CappedPaginator(ids, PAGE).get_page(number)
    page.object_list = open_list(actor=actor, at=at, cases=shown(cast(Any, page.object_list)))
    return page


def visible_case(*, actor: Actor, at: datetime, case: UUID | None) -> Case | None:
    """The case, unopened, if the actor sees it; for saying where a link may lead."""
    return visible_cases(actor=actor, at=at).filter(pk=case).first() if case else None


def possible_responsible(*, actor: Actor) -> list[User]:
    """Those in the actor's unit who may be made responsible for a case, by name."""
    if actor.unit is None:
        return []
    unit = User.objects.filter(unit_id=actor.unit, is_active=True).order_by("name", "id")
    return [user for user in unit if may_try(role=user.role, right=Right.REQUEST_STAGES)]


def enquiry_page(*, actor: Actor, at: datetime, number: str, ended: bool) -> Page[Enquiry]:
    """One page of the unit's enquiries, opened, with one leaf for the page."""
    enquiries = visible_enquiries(actor=actor).select_related("registered_by")
    enquiries = enquiries.exclude(outcome=Outcome.OPEN) if ended else enquiries.filter(outcome=Outcome.OPEN)
    page = Paginator(enquiries.order_by("-received_at" if ended else "received_at", "id"), PAGE).get_page(
        number
    )
    page.object_list = open_enquiries(actor=actor, at=at, enquiries=page.object_list)
    return page


@dataclass(frozen=True, slots=True)
class Meetings:
    """How soon people were met: first meetings held, and how many of them within the days that were promised."""

    held: int
    in_time: int


def recent_meetings(*, actor: Actor, today: date) -> Meetings:
    """The first meetings that the unit has held in the last three months; reads nothing that is sealed."""
    met = visible_enquiries(actor=actor).filter(first_meeting_on__gt=today - RECENT)
    told = met.only("received_at", "urgency", "first_meeting_on")
    in_time = sum(days_late(enquiry) <= 0 for enquiry in told)
    return Meetings(held=len(told), in_time=in_time)


def days_waited(enquiry: Enquiry) -> int | None:
    """How many days the person waited for the first meeting; none if they have not met."""
    if enquiry.first_meeting_on is None:
        return None
    return (enquiry.first_meeting_on - enquiry.received_at.astimezone(STOCKHOLM).date()).days


def days_late(enquiry: Enquiry) -> int:
    """How many days after the promised one they met; zero or less if in time."""
    assert enquiry.first_meeting_on is not None
    return (enquiry.first_meeting_on - first_meeting_due(enquiry)).days


def first_meeting_due(enquiry: Enquiry) -> date:
    """The day by which the first meeting should have been held."""
    return enquiry.received_at.astimezone(STOCKHOLM).date() + timedelta(
        days=DAYS_TO_FIRST_MEETING[Urgency(enquiry.urgency)]
    )
