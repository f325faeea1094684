"""Let a case rest, take it up again, say that it has broken off; leave the joint programme with the police."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction

from audit.events import Actor
from avhopp.sealed.base import SealedModel
from cases import events
from cases.access import Opened
from cases.actions.clocks import leave_to_others
from cases.actions.writing import change_row, lock_case, new_row, tell
from cases.models import Case, LeavingReason, ProgrammePeriod, StandingChange
from cases.policies import Question
from cases.queries.stage_rules import open_period
from cases.workflow import STANDING_WAYS, Standing


class NoSuchStanding(Exception):
    """The case is not where it was when the page was shown, and from there that is no way; read it again."""


class NotInProgramme(Exception):
    """The case is not in the joint programme any more; read it again."""


@transaction.atomic
def change_standing(
    *, opened: Opened, to: Standing, reason: str, version: int, by: Actor, now: datetime
) -> StandingChange:
    """Let the case rest, break off or go on, which stops no clock of the law's; or leave it to another municipality."""
    opened.demand(Question.TRANSFER if to == Standing.TRANSFERRED else Question.PAUSE)
    if lock_case(opened).version != version:
        raise NoSuchStanding
    change, *others = turn(opened=opened, to=to, reason=reason, by=by, now=now)
    tell(event=events.STANDING_CHANGED, opened=opened, rows=[change, *others], by=by, now=now)
    return cast(StandingChange, change)


def turn(*, opened: Opened, to: Standing, reason: str, by: Actor, now: datetime) -> list[SealedModel]:
    """Change the standing; part of another action. Returns what was written for its leaf, the change first."""
    case = lock_case(opened)
    if (Standing(case.standing), to) not in STANDING_WAYS:
        raise NoSuchStanding
    change = new_row(
        StandingChange,
        opened=opened,
        values={"before": case.standing, "after": to, "reason": reason},
        by=by,
        now=now,
    )
    case.standing = to
    case.version += 1
    case.save()
    clocks = leave_to_others(case=case, by=by, now=now) if to == Standing.TRANSFERRED else []
    return [change, case, *clocks]


@transaction.atomic
def leave(*, opened: Opened, because: LeavingReason, by: Actor, now: datetime) -> ProgrammePeriod:
    """End the joint programme; support goes on as it was decided."""
    opened.demand(Question.EDIT_CASE)
    ended = end_period(case=lock_case(opened), because=because, by=by, now=now)
    if not ended:
        raise NotInProgramme
    tell(event=events.PROGRAMME_LEFT, opened=opened, rows=ended, by=by, now=now)
    return ended[0]


def end_period(*, case: Case, because: LeavingReason, by: Actor, now: datetime) -> list[ProgrammePeriod]:
    """End the open period, if there is one; part of another action, returned for its leaf."""
    period = open_period(case)
    if period is None:
        return []
    return [change_row(period, values={"ended_at": now, "ended_because": because}, by=by, now=now)]
