"""Write down what happens with a signed decision: that the client was told, an appeal, execution, a report to IVO."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.clocks import happened
from cases.actions.writing import new_row, tell
from cases.ages import is_child
from cases.catalogue.decision_kinds import Measure
from cases.deadlines import Happening
from cases.models import Decision, DecisionEvent, Task
from cases.models.decision_event import EventKind
from cases.policies import Question
from cases.queries import decisions

HAPPENINGS: dict[EventKind, Happening] = {
    EventKind.NOTIFIED: Happening.NOTIFIED,
    EventKind.EXECUTED: Happening.EXECUTED,
    EventKind.REPORTED: Happening.REPORTED,
}


class NotOfThisDecision(Exception):
    """That cannot happen with a decision of this kind, or not yet; read the decision again."""


class BeforeTheDecision(Exception):
    """It cannot have happened before the decision was made; check the day."""


@transaction.atomic
def note(
    *,
    opened: Opened,
    decision: Decision,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> DecisionEvent:
    """Write down what happened; the clock that waited for it stops."""
    opened.demand(Question.FOLLOW_DECISION)
    found = Decision.objects.filter(pk=decision.pk, case=opened.case).first()
    if found is None or not found.is_signed or found.decided_on is None:
        raise NotVisible
    kind = EventKind(values["kind"])
    if kind not in decisions.possible_events(opened, found):
        raise NotOfThisDecision
    if values["happened_on"] < found.decided_on:
        raise BeforeTheDecision
    event = new_row(
        DecisionEvent, opened=opened, values={**values, "decision": found}, by=by, now=now, new_id=new_id
    )
    clocks = _clocks(opened, found, event, by, now)
    tell(event=events.DECISION_EVENT_NOTED, opened=opened, rows=[event, *clocks], by=by, now=now)
    return event


def _clocks(opened: Opened, decision: Decision, event: DecisionEvent, by: Actor, now: datetime) -> list[Task]:
    given: dict[str, Any] = {
        "case": opened.case,
        "about": decision.pk,
        "on": event.happened_on,
        "by": by,
        "now": now,
    }
    what = HAPPENINGS.get(EventKind(event.kind))
    written = happened(what=what, **given) if what else []
    is_placed = event.kind == EventKind.EXECUTED and decision.measure == Measure.PLACEMENT
    if is_placed and is_child(born=opened.case.person.birth_date, day=event.happened_on):
        written += happened(what=Happening.PLACED, **given)
    return written
