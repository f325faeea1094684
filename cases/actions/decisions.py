"""Decide: a draft, signed by one who has it delegated to her or for the committee, and followed by later ones.

What is checked stands in `queries.decisions`, which the page for signing shows before anybody presses the button; the
verb asks again, on the day of signing. A signed decision is locked by the database; a correction or a change (FL
36–37) and the end of what was given are decisions of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit import log
from audit.events import Actor
from cases import events, figures
from cases.access import NotVisible, Opened, Refused
from cases.actions import drafts
from cases.actions.clocks import end_inquiry, happened
from cases.actions.law_clocks import demand_extendable, lengthen
from cases.actions.once import AlreadyDone
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import change_row, lock_case, new_row, tell
from cases.ages import AgeVerdict
from cases.catalogue.decision_kinds import DecisionKind
from cases.deadlines import Happening
from cases.models import Case, Decision, Delegation, LegalBasis, Task
from cases.models.decision import Following
from cases.models.task import TaskEnd
from cases.naming import new_number
from cases.policies import Question
from cases.queries import decisions, delegations

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ACUTE = "acute_complete"
WAITING = {"decision_notify", "decision_execute"}


class ProvisionNotInForce(Exception):
    """The provision is not in force on the day of the decision; choose the wording that is."""


class WrongProvision(Exception):
    """The provision is not one that this kind of decision rests on; choose another."""


class AgeForbids(Exception):
    """The client's age asks for something more; `verdict` says what and on which provision."""

    def __init__(self, verdict: AgeVerdict) -> None:
        super().__init__("age")
        self.verdict = verdict


class NothingToEnd(Exception):
    """Only a signed decision that gives something is ended; correct or change the others."""


@transaction.atomic
def draft(
    *,
    opened: Opened,
    kind: DecisionKind,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Decision:
    """Begin a draft of a kind."""
    opened.demand(Question.DECIDE)
    made = new_row(Decision, opened=opened, values={"kind": kind}, by=by, now=now, new_id=new_id)
    tell(event=events.DECISION_DRAFTED, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def save_draft(
    *, opened: Opened, decision: Decision, content: Mapping[str, Any], version: int, by: Actor, now: datetime
) -> Decision:
    """Save a draft; raises `DraftConflict` when somebody saved since `version` was shown."""
    opened.demand(decisions.question(decision))
    saved = drafts.save(
        Decision, opened=opened, row=decision, content=content, version=version, by=by, now=now
    )
    tell(event=events.DECISION_SAVED, opened=opened, rows=[saved], by=by, now=now)
    return saved


@transaction.atomic
def discard(*, opened: Opened, decision: Decision, version: int, by: Actor, now: datetime) -> None:
    """Throw away a draft of one's own."""
    opened.demand(decisions.question(decision))
    gone = drafts.discard(Decision, opened=opened, row=decision, version=version, by=by)
    log.record(event=events.DECISION_DISCARDED, actor=by, at=now, basis=opened.basis, subjects=[gone])


@transaction.atomic
def sign(*, opened: Opened, decision: Decision, version: int, by: Actor, now: datetime) -> Decision:
    """Sign what was saved, on one's own delegation or with the committee's protocol; its clocks start.

    Raises `Refused` without authority that very day, `NotReadyToSign`, `ProvisionNotInForce` and `AgeForbids`.
    """
    row = drafts.draft_of(Decision, opened=opened, row=decision, version=version)
    day = demand_ready(opened=opened, decision=row, by=by, now=now)
    values = {
        "number": _free_number(day),
        "decided_on": day,
        "delegation": None if row.by_committee else _delegation(row, by, day),
        "signed_at": now,
        "signed_by_id": by.person,
    }
    signed = change_row(row, values=values, by=by, now=now)
    given = {figures.Known.MEASURE: signed.measure or "" if signed.rule.gives else ""}
    counted = figures.tell(of=opened.case.pk, known=given, now=now)
    rows = [signed, *_clocks(lock_case(opened), signed, day, by, now), *counted]
    tell(event=events.DECISION_SIGNED, opened=opened, rows=rows, by=by, now=now)
    return signed


@transaction.atomic
def follow(
    *,
    opened: Opened,
    decision: Decision,
    following: Following,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Decision:
    """Begin the draft that corrects, changes or ends a signed decision; that one stays as it is."""
    is_end = following == Following.ENDING
    opened.demand(Question.DECIDE if is_end else Question.FOLLOW_DECISION)
    lock_case(opened)
    earlier = Decision.objects.filter(pk=decision.pk, case=opened.case).first()
    if earlier is None or not earlier.is_signed:
        raise NotVisible
    later = decisions.correction_of(opened, earlier)
    if later is not None:
        raise AlreadyDone if later.pk == new_id else drafts.AlreadyCorrected
    if is_end and not earlier.rule.gives:
        raise NothingToEnd
    values: dict[str, Any] = {"legal_basis": earlier.legal_basis, "kind": DecisionKind.END}
    if not is_end:
        values = {name: getattr(earlier, name) for name in (*Decision.content, "kind")}
        # What the earlier decision says of itself the new one has to say anew.
        values |= {"correction_reason": "", "decided_on": None, "protocol": ""}
    values |= {"corrects": earlier, "following": following}
    made = new_row(Decision, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.DECISION_FOLLOWED, opened=opened, rows=[made], by=by, now=now)
    return made


def demand_ready(*, opened: Opened, decision: Decision, by: Actor, now: datetime) -> date:
    """Raise what stands in the way of signing a draft now; gives the day of the decision."""
    today = now.astimezone(STOCKHOLM).date()
    law = decision.legal_basis
    if law is None or not decision.is_complete(today):
        raise drafts.NotReadyToSign
    verdict = decisions.signing_verdict(opened, decision, law, person=by.person, today=today)
    if not verdict:
        raise Refused(verdict)
    day = decision.decided_on if decision.by_committee and decision.decided_on else today
    _demand_law(opened, decision, law, day)
    if decision.kind == DecisionKind.EXTENSION:
        demand_extendable(case=opened.case, decision=decision)
    return day


def _demand_law(opened: Opened, row: Decision, law: LegalBasis, day: date) -> None:
    if law.use != row.rule.uses:
        raise WrongProvision
    if not law.is_in_force(day):
        raise ProvisionNotInForce
    verdict = decisions.age_verdict(opened, row, day=day)
    if verdict is not None and not verdict:
        raise AgeForbids(verdict)


def _delegation(row: Decision, by: Actor, day: date) -> Delegation | None:
    assert row.legal_basis is not None
    return delegations.delegation_on(day, person=by.person, code=row.legal_basis.code)


def _free_number(day: date) -> str:
    """Draw until a number is free; the unique column is the guarantee if two draw the same at once."""
    while True:
        number = f"B{new_number(year=day.year)}"
        if not Decision.objects.filter(number=number).exists():
            return number


def _clocks(case: Case, signed: Decision, day: date, by: Actor, now: datetime) -> list[Task]:
    """Start what the decision starts, and stop what it answers."""
    given: dict[str, Any] = {"case": case, "about": signed.pk, "on": day, "by": by, "now": now}
    written = happened(what=Happening.DECIDED, **given)
    if signed.rule.gives:
        written += happened(what=Happening.GIVEN, **given)
    if signed.kind == DecisionKind.ACUTE:
        written += _to_complete(case, signed, day, by, now)
    if signed.kind == DecisionKind.EXTENSION:
        written.append(lengthen(case=case, decision=signed, by=by, now=now))
    if signed.ends_inquiry:
        written += end_inquiry(case=case, by=by, now=now)
    if signed.corrects_id:
        written += stop_clocks(
            case=case, rules=WAITING, about=signed.corrects_id, how=TaskEnd.PASSED, by=by, now=now
        )
    if signed.following == Following.ENDING:
        written += happened(what=Happening.PLACEMENT_ENDED, **{**given, "about": signed.corrects_id})
    return written


def _to_complete(case: Case, signed: Decision, day: date, by: Actor, now: datetime) -> list[Task]:
    """The inquiry is to be completed after protection that could not wait; one clock, whatever started it."""
    if Task.objects.filter(case=case, rule=ACUTE, ended="").exists():
        return []
    return [start_clock(case=case, rule=ACUTE, about=signed.pk, starts_on=day, by=by, now=now)]
