"""Proposals to destroy a file, the ended cases that a person sees with when each goes, and the certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from cases.access import NotVisible, Opened, grants_in_force, open_list, visible_cases
from cases.models import Case, Disposal, DisposalCertificate, DisposalState
from cases.models.disposal import STANDING_STATES
from cases.policies import Permission
from cases.queries.retention import retentions_of
from cases.retention import Retention
from cases.workflow import Stage, is_ended

PAGE = 25
_ENDED = [stage.value for stage in Stage if is_ended(stage)]


@dataclass(frozen=True, slots=True)
class Due:
    """An ended case, opened, and what becomes of its file."""

    case: Case
    retention: Retention
    is_due: bool
    state: DisposalState | None


def waiting_disposals(*, actor: Actor, at: datetime) -> QuerySet[Disposal]:
    """The proposals that the actor may approve, oldest first, unopened; never her own."""
    if not may_try(role=actor.role, right=Right.APPROVE_STAGES):
        return Disposal.objects.none()
    led = grants_in_force(actor=actor, at=at).filter(permission__codename=Permission.SUPERVISE)
    return (
        Disposal.objects.filter(state=DisposalState.PROPOSED, case__in=led.values("content_object"))
        .exclude(created_by_id=actor.user)
        .select_related("case", "created_by")
        .order_by("created_at", "id")
    )


def disposals_of(opened: Opened) -> list[Disposal]:
    """Every proposal to destroy the file, the newest first."""
    found = Disposal.objects.filter(case=opened.case).select_related("created_by", "decided_by")
    return list(found.order_by("-created_at", "id"))


def disposal_of(opened: Opened, disposal: UUID) -> Disposal:
    """One of them; raises `NotVisible`."""
    found = Disposal.objects.select_related("created_by").filter(pk=disposal, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def due_page(*, actor: Actor, at: datetime, today: date, number: str) -> tuple[Page[Case], list[Due]]:
    """One page of the ended cases that the actor sees, those that ended first before the others."""
    ended = visible_cases(actor=actor, at=at).filter(stage__in=_ENDED).select_related("person")
    page = Paginator(ended.order_by("closed_on", "number"), PAGE).get_page(number)
    opened = open_list(actor=actor, at=at, cases=page.object_list)
    kept = retentions_of(opened)
    standing = Disposal.objects.filter(case__in=opened, state__in=STANDING_STATES)
    states = dict(standing.values_list("case_id", "state"))
    return page, [
        Due(
            case,
            kept[case.pk],
            kept[case.pk].is_due(today),
            DisposalState(states[case.pk]) if case.pk in states else None,
        )
        for case in opened
    ]


def certificate_page(*, actor: Actor, number: str) -> Page[DisposalCertificate]:
    """One page of the certificates of the actor's unit, the newest first."""
    return Paginator(_certificates(actor).order_by("-destroyed_at", "pk"), PAGE).get_page(number)


def certificate_of(*, actor: Actor, certificate: UUID) -> DisposalCertificate:
    """One of them; raises `NotVisible`."""
    found = _certificates(actor).filter(pk=certificate).first()
    if found is None:
        raise NotVisible
    return found


def _certificates(actor: Actor) -> QuerySet[DisposalCertificate]:
    if actor.user is None or not may_try(role=actor.role, right=Right.APPROVE_STAGES):
        return DisposalCertificate.objects.none()
    staff = User.objects.filter(pk=actor.user, is_active=True, role=actor.role, unit=OuterRef("unit"))
    return DisposalCertificate.objects.filter(Exists(staff))
