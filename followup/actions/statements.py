"""Enter figures that are already known from elsewhere, so that every later release is judged together with them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.events import Actor
from followup import events
from followup.disclosure.plan import read_plan
from followup.models import Agreement, KnownElsewhere
from followup.personal import require_impersonal
from followup.policies import demand_preparing
from followup.queries import ledger
from followup.recording import note


class NoSuchCount(Exception):
    """No plan of the agreement counts that; choose one of the counts that the plans publish."""


@transaction.atomic
def enter_known(
    *,
    agreement: Agreement,
    period: str,
    cell: tuple[tuple[str, str], ...],
    low: int,
    high: int,
    source: str,
    by: Actor,
    now: datetime,
) -> KnownElsewhere:
    """Enter what is known of one count at the end of a half-year: it lies between low and high."""
    demand_preparing(actor=by)
    require_impersonal(texts=[source])
    if cell not in countable(agreement):
        raise NoSuchCount
    plan = read_plan(content=ledger.current_plans(agreement)[0].content)
    where = {name: list(values) for name, values in plan.set_of(labels=cell).items()}
    known = KnownElsewhere.objects.create(
        agreement=agreement,
        period=period,
        where=where,
        low=low,
        high=high,
        source=source,
        entered_by_id=by.person,
        entered_at=now,
    )
    note(event=events.KNOWN_ENTERED, purpose="known", by=by, now=now, period=period)
    return known


def countable(agreement: Agreement) -> list[tuple[tuple[str, str], ...]]:
    """The counts that the plans of an agreement publish, each once, in their order."""
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for plan in ledger.current_plans(agreement):
        for cell in read_plan(content=plan.content).cells():
            found[tuple((name, str(value)) for name, value in cell.labels)] = None
    return list(found)
