"""Propose a release, take it back, approve it, return it. Counting and publishing are the worker's (`counting`)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from audit.events import Actor
from avhopp.sealed import scope as scopes
from followup import events, vault
from followup.models import Agreement, PublicationPlan, Release
from followup.policies import demand_approving, demand_preparing
from followup.queries import ledger
from followup.recording import note
from followup.steps import Step, is_way

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class NotReportable(Exception):
    """The period has not ended, lies outside the agreement or before what is released; choose another."""


class AlreadyOpen(Exception):
    """Another release of the series is under way; let it be decided, or take it back first."""


class NotCorrectable(Exception):
    """What should be corrected is not published, or is no longer the latest of its period."""


class NoSuchStep(Exception):
    """The release has gone on since the page was shown; read it again."""


class CommentMissing(Exception):
    """Write why the release is returned."""


@transaction.atomic
def propose(
    *,
    agreement: Agreement,
    plan: PublicationPlan,
    period: str,
    corrects: Release | None,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Release:
    """Ask that the state at the end of a half-year is released by a plan, or that a release of it is corrected."""
    demand_preparing(actor=by)
    _require_reportable(agreement, plan, period, corrects, now)
    release = Release(
        id=new_id or uuid4(),
        agreement=agreement,
        plan=plan,
        period=period,
        corrects=corrects,
        step=Step.WAITING,
        proposed_by_id=by.person,
        proposed_at=now,
        reach=[],
    )
    scopes.current().mint(release.id, kind=vault.RELEASE_KIND)
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyOpen from error
    note(
        event=events.RELEASE_PROPOSED,
        purpose="release",
        by=by,
        now=now,
        about=[release],
        plan=plan.code,
        period=period,
    )
    return release


@transaction.atomic
def withdraw(*, release: Release, by: Actor, now: datetime) -> Release:
    """Take a proposal back, also while it is counted."""
    demand_preparing(actor=by)
    locked = _locked(release, Step.WITHDRAWN)
    locked.ended_at = now
    locked.save()
    note(event=events.RELEASE_WITHDRAWN, purpose="release", by=by, now=now, about=[locked])
    return locked


@transaction.atomic
def approve(*, release: Release, seen: str, by: Actor, now: datetime) -> Release:
    """Approve the file that was seen, by its hash; the worker then publishes it."""
    demand_approving(actor=by, proposed_by=release.proposed_by_id)
    locked = _locked(release, Step.APPROVED)
    if not seen or locked.sha256 != seen:
        raise NoSuchStep
    locked.approved_by_id = by.person
    locked.save()
    note(
        event=events.RELEASE_APPROVED, purpose="release", by=by, now=now, about=[locked], sha256=locked.sha256
    )
    return locked


@transaction.atomic
def send_back(*, release: Release, comment: str, by: Actor, now: datetime) -> Release:
    """Return a proposal with a reason; it is proposed anew if it is still wanted."""
    demand_approving(actor=by, proposed_by=release.proposed_by_id)
    if not comment.strip():
        raise CommentMissing
    locked = _locked(release, Step.RETURNED)
    scopes.current().admit([locked.id], basis="role")
    locked.approved_by_id = by.person
    locked.reason = comment
    locked.ended_at = now
    locked.save()
    note(event=events.RELEASE_RETURNED, purpose="release", by=by, now=now, about=[locked])
    return locked


def _locked(release: Release, target: Step) -> Release:
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if not is_way(origin=Step(locked.step), target=target):
        raise NoSuchStep
    locked.step = target
    return locked


def _require_reportable(
    agreement: Agreement, plan: PublicationPlan, period: str, corrects: Release | None, now: datetime
) -> None:
    if plan.agreement_id != agreement.pk:
        raise NotReportable
    if corrects is not None:
        latest = [release for release in ledger.published(agreement) if release.period == period]
        if not latest or latest[-1].pk != corrects.pk:
            raise NotCorrectable
        return
    today = now.astimezone(STOCKHOLM).date()
    if period not in {p.code for p in ledger.next_periods(agreement=agreement, plan=plan, today=today)}:
        raise NotReportable
