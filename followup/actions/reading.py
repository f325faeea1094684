"""Read what the follow-up holds; each reading leaves its leaf, and a proposal is opened only for those it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from followup import events
from followup.disclosure.release import Release as File
from followup.disclosure.release import read_release
from followup.models import Agreement, Release
from followup.policies import NotAllowed, demand_approving
from followup.queries import agreements, ledger
from followup.recording import note
from followup.steps import Step

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class NotThere(Exception):
    """There is no such thing in the follow-up."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A proposal as far as the actor may see it."""

    release: Release
    file: File | None
    reach: list[tuple[str, int, int]]
    reason: str
    may_withdraw: bool
    may_approve: bool


@transaction.atomic
def read(*, agreement: UUID | None, by: Actor, now: datetime) -> Agreement | None:
    """Give an agreement, or the one in force, and record who read the follow-up."""
    found = agreements.one(agreement) if agreement else agreements.in_force(today_at(now))
    if agreement and found is None:
        raise NotThere
    note(event=events.READ, purpose="followup", by=by, now=now)
    return found


@transaction.atomic
def open_release(*, release: UUID, by: Actor, now: datetime) -> Opened:
    """Open a release: what is not published to those who prepare or approve, a refusal's reason to the former."""
    found = ledger.release(release)
    if found is None:
        raise NotThere
    prepares = may_try(role=by.role, right=Right.PREPARE_FOLLOWUP)
    step = Step(found.step)
    if step == Step.PUBLISHED:
        note(event=events.READ, purpose="release", by=by, now=now, number=found.number)
        return Opened(found, read_release(data=found.content.encode()), [], "", False, False)
    if not prepares and step not in {Step.AUDITED, Step.APPROVED}:
        raise NotThere
    may_approve = step == Step.AUDITED and _may_approve(found, by)
    log.record(
        event=events.RELEASE_READ,
        actor=by,
        at=now,
        basis="role",
        purpose="release",
        subjects=[log.read(found)],
    )
    scopes.current().admit([found.id], basis="role")
    file = read_release(data=found.draft.encode()) if found.draft else None
    reach = [(name, low, high) for name, low, high in found.reach]
    return Opened(
        release=found,
        file=file if step in {Step.AUDITED, Step.APPROVED} else None,
        reach=reach,
        reason=found.reason if prepares else "",
        may_withdraw=prepares and step in {Step.WAITING, Step.COUNTING, Step.AUDITED},
        may_approve=may_approve,
    )


@transaction.atomic
def export(*, agreement: Agreement, what: str, by: Actor, now: datetime) -> None:
    """Record that a report leaves the system, in which form."""
    last = ledger.published(agreement)
    note(
        event=events.EXPORTED,
        purpose="export",
        by=by,
        now=now,
        form=what,
        agreement=agreement.pk,
        releases=len(last),
        sha256=last[-1].sha256 if last else "",
    )


def today_at(now: datetime) -> date:
    """The day in Stockholm."""
    return now.astimezone(STOCKHOLM).date()


def _may_approve(release: Release, by: Actor) -> bool:
    try:
        demand_approving(actor=by, proposed_by=release.proposed_by_id)
    except NotAllowed:
        return False
    return True
