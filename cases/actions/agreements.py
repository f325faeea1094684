"""Write down an agreement, its signatures and its end; an agreement that ends leaves the case and its decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.writing import change_row, locked_row, new_row, tell
from cases.models import Agreement, AgreementSignature
from cases.models.agreement import Signed
from cases.policies import Question


class AgreementFixed(Exception):
    """Somebody has signed, so the conditions stand; end the agreement and write a new one."""


class NotASigner(Exception):
    """That is not to be signed here, or has been signed already; read the agreement again."""


class AgreementOver(Exception):
    """The agreement has ended already."""


class EndedBeforeItBegan(Exception):
    """An agreement cannot end before it began; check the day."""


@transaction.atomic
def write(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> Agreement:
    """Write down what is agreed; it counts when everybody has signed."""
    opened.demand(Question.EDIT_CASE)
    agreement = new_row(Agreement, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.AGREEMENT_WRITTEN, opened=opened, rows=[agreement], by=by, now=now)
    return agreement


@transaction.atomic
def change(
    *,
    opened: Opened,
    agreement: Agreement,
    values: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
) -> Agreement:
    """Change the conditions, as long as nobody has signed."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Agreement, opened=opened, row=agreement, version=version)
    if locked.fixed_at is not None:
        raise AgreementFixed
    change_row(locked, values=values, by=by, now=now)
    tell(event=events.AGREEMENT_CHANGED, opened=opened, rows=[locked], by=by, now=now)
    return locked


@transaction.atomic
def sign(
    *,
    opened: Opened,
    agreement: Agreement,
    what: Signed,
    on: date,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> AgreementSignature:
    """Write down a signature; from the first one on the conditions are locked."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Agreement, opened=opened, row=agreement, version=None)
    if locked.ended_on is not None:
        raise AgreementOver
    values = {"agreement": locked, "what": what, "signed_on": on}
    signature = new_row(AgreementSignature, opened=opened, values=values, by=by, now=now, new_id=new_id)
    earlier = [row.what for row in locked.signatures.exclude(pk=signature.pk)]
    if what not in locked.signers or what in earlier:
        raise NotASigner
    rows: list[Any] = [signature]
    if locked.fixed_at is None:
        rows.append(change_row(locked, values={"fixed_at": now}, by=by, now=now))
    tell(event=events.AGREEMENT_SIGNED, opened=opened, rows=rows, by=by, now=now)
    return signature


@transaction.atomic
def end(
    *, opened: Opened, agreement: Agreement, on: date, why: str, version: int, by: Actor, now: datetime
) -> Agreement:
    """End an agreement from a day; the case goes on, and what has been decided stands."""
    opened.demand(Question.EDIT_CASE)
    locked = locked_row(Agreement, opened=opened, row=agreement, version=version)
    end_part(locked, on=on, why=why, by=by, now=now)
    tell(event=events.AGREEMENT_ENDED, opened=opened, rows=[locked], by=by, now=now)
    return locked


def end_part(locked: Agreement, *, on: date, why: str, by: Actor, now: datetime) -> Agreement:
    """End a locked agreement; part of another action, returned for its leaf."""
    if locked.ended_on is not None:
        raise AgreementOver
    if on < locked.starts_on:
        raise EndedBeforeItBegan
    return change_row(locked, values={"ended_on": on, "ending": why}, by=by, now=now)
