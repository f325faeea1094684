"""Ask another municipality to take a case over, write down its answer, ask IVO after a month, and hand over (SoL 29).

Only what is needed is sent, and exactly that is written down. A child's inquiry is finished here first (29:9); then the
case can only be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.clocks import happened
from cases.actions.programme import turn
from cases.actions.writing import change_row, lock_case, locked_row, new_row, tell
from cases.deadlines import Happening
from cases.models import Transfer
from cases.models.transfer import TransferAnswer
from cases.policies import Question
from cases.queries import transfers
from cases.workflow import Standing

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class AlreadyAsked(Exception):
    """A request waits already; let it be answered first."""


class TransferOver(Exception):
    """The request has been answered or the case handed over; read it again."""


class NotYetLate(Exception):
    """IVO is asked when the municipality has not answered in the time that the law gives it."""


class NotAccepted(Exception):
    """A case is handed over when the other municipality has said that it takes it."""


class InquiryMustBeFinished(Exception):
    """An inquiry about a child is finished here although the child moves (SoL 29:9); finish it first."""


@transaction.atomic
def ask(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> Transfer:
    """Write down a written request; the time for its answer starts."""
    opened.demand(Question.EDIT_CASE)
    lock_case(opened)
    waiting = Transfer.objects.filter(case=opened.case, ended_at=None)
    if waiting.exclude(pk=new_id or opened.case.pk).exists():
        raise AlreadyAsked
    transfer = new_row(Transfer, opened=opened, values=values, by=by, now=now, new_id=new_id)
    clocks = _clocks(opened, transfer, Happening.TRANSFER_ASKED, transfer.asked_on, by, now)
    tell(event=events.TRANSFER_ASKED, opened=opened, rows=[transfer, *clocks], by=by, now=now)
    return transfer


@transaction.atomic
def answer(
    *,
    opened: Opened,
    transfer: Transfer,
    answer: TransferAnswer,
    on: date,
    text: str,
    version: int,
    by: Actor,
    now: datetime,
) -> Transfer:
    """Write down what the other municipality says; a refusal ends the request."""
    opened.demand(Question.EDIT_CASE)
    locked = _waiting(opened, transfer, version)
    values = {"answer": answer, "answered_on": on, "answer_text": text}
    ended = {"ended_at": now} if answer == TransferAnswer.REFUSED else {}
    change_row(locked, values={**values, **ended}, by=by, now=now)
    clocks = _clocks(opened, locked, Happening.TRANSFER_ANSWERED, on, by, now)
    tell(event=events.TRANSFER_ANSWERED, opened=opened, rows=[locked, *clocks], by=by, now=now)
    return locked


@transaction.atomic
def refer(
    *, opened: Opened, transfer: Transfer, on: date, version: int, by: Actor, now: datetime
) -> Transfer:
    """Write down that IVO has been asked, because no answer came in time (SoL 29:11)."""
    opened.demand(Question.EDIT_CASE)
    locked = _waiting(opened, transfer, version)
    due = transfers.reply_due(opened, locked)
    if due is None or on <= due:
        raise NotYetLate
    change_row(locked, values={"referred_on": on}, by=by, now=now)
    clocks = _clocks(opened, locked, Happening.TRANSFER_ANSWERED, on, by, now)
    tell(event=events.TRANSFER_REFERRED, opened=opened, rows=[locked, *clocks], by=by, now=now)
    return locked


@transaction.atomic
def hand_over(
    *, opened: Opened, transfer: Transfer, sent: str, version: int, by: Actor, now: datetime
) -> Transfer:
    """Hand the case over with what is needed; from here on it can only be read."""
    opened.demand(Question.TRANSFER)
    locked = locked_row(Transfer, opened=opened, row=transfer, version=version)
    if locked.ended_at is not None:
        raise TransferOver
    if locked.answer != TransferAnswer.ACCEPTED:
        raise NotAccepted
    today = now.astimezone(STOCKHOLM).date()
    if transfers.has_childs_inquiry(opened, on=today):
        raise InquiryMustBeFinished
    change_row(locked, values={"sent": sent, "sent_on": today, "ended_at": now}, by=by, now=now)
    turned = turn(opened=opened, to=Standing.TRANSFERRED, reason=locked.request, by=by, now=now)
    tell(event=events.TRANSFER_DONE, opened=opened, rows=[locked, *turned], by=by, now=now)
    return locked


def _waiting(opened: Opened, transfer: Transfer, version: int) -> Transfer:
    locked = locked_row(Transfer, opened=opened, row=transfer, version=version)
    if locked.ended_at is not None or locked.answer:
        raise TransferOver
    return locked


def _clocks(
    opened: Opened, transfer: Transfer, what: Happening, on: date, by: Actor, now: datetime
) -> list[Any]:
    return happened(case=opened.case, what=what, about=transfer.pk, on=on, by=by, now=now)
