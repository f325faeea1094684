"""Write down what somebody asks for, and decide what is given: all, a part or nothing, on a consent or a provision.

Nothing is given unless the decision says so; the system sends nothing itself. What rests on a consent that does not
reach is stopped and put into the record, with the provisions named on which it may be tried instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import Opened
from cases.actions.clocks import happened
from cases.actions.writing import Conflict, Stopped, change_row, locked_row, new_row, tell
from cases.deadlines import Happening
from cases.disclosure_rules import CONTACT_DUTY
from cases.models import Consent, Delegation, Disclosure, Document, LegalBasis, Note
from cases.models.disclosure import GIVING, Answer, Initiative, Verification
from cases.policies import Question
from cases.queries.delegations import delegation_on
from cases.queries.disclosures import named, provisions_for

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class AlreadyDecided(Exception):
    """It is decided and locked; what comes after is a new request."""


class NotVerified(Exception):
    """Nothing is given to somebody whose identity is not checked; call back through the authority's switchboard."""


class NoGround(Exception):
    """Nothing is given without a consent or a provision; choose one."""


class GroundDoesNotApply(Exception):
    """The provision does not hold for this receiver, for what is asked or for the person's age; choose another."""


class NotDelegated(Exception):
    """The actor may not decide under the provision; let a colleague who has it delegated do so."""


class SpecialReasons(Exception):
    """It is not answered that there are no special reasons (synnerliga skäl) against giving contact data."""


class NothingToGive(Exception):
    """The decision is to give, but not what: choose a document or a note, or write the text, and the day."""


class ReasonsMissing(Exception):
    """A decision needs its balance, and a refusal of a request also how it is appealed."""


class ConsentDoesNotReach(Stopped):
    """The consent does not let this be given; choose a provision, or ask for a new consent."""

    event = events.DISCLOSURE_STOPPED


class ConsentWithdrawn(ConsentDoesNotReach):
    """It has been withdrawn."""


class ConsentNotInForce(ConsentDoesNotReach):
    """It had not begun, or has run out."""


class ConsentForOthers(ConsentDoesNotReach):
    """It does not name this receiver."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about a request, as the one who decides gives it.

    One of `consent` and `provision` is the ground when something is given. `documents` and `notes` are of the case.
    """

    answer: Answer
    verification: Verification
    verified_how: str = ""
    consent: Consent | None = None
    provision: LegalBasis | None = None
    special_reasons: bool | None = None
    balance: str = ""
    sent_text: str = ""
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    sent_on: date | None = None
    sent_how: str = ""
    appeal: str = field(default="")

    @property
    def gives(self) -> bool:
        return self.answer in GIVING


@transaction.atomic
def register(
    *, opened: Opened, values: Mapping[str, Any], by: Actor, now: datetime, new_id: UUID | None = None
) -> Disclosure:
    """Write down who asks for what, or what we mean to share with whom; a request starts its clock."""
    opened.demand(Question.DISCLOSE)
    disclosure = new_row(Disclosure, opened=opened, values=values, by=by, now=now, new_id=new_id)
    clocks = []
    if disclosure.initiative == Initiative.REQUEST:
        clocks = happened(
            case=opened.case,
            what=Happening.DISCLOSURE_ASKED,
            about=disclosure.pk,
            on=_today(now),
            by=by,
            now=now,
        )
    tell(event=events.DISCLOSURE_ASKED, opened=opened, rows=[disclosure, *clocks], by=by, now=now)
    return disclosure


@transaction.atomic
def decide(
    *, opened: Opened, disclosure: Disclosure, version: int, verdict: Verdict, by: Actor, now: datetime
) -> Disclosure:
    """Decide; from here on the database refuses every change."""
    opened.demand(Question.DISCLOSE)
    locked = locked_row(Disclosure, opened=opened, row=disclosure, version=None)
    if locked.is_decided:
        raise AlreadyDecided
    if locked.version != version:
        raise Conflict(locked)
    delegation = None
    if verdict.gives:
        delegation = _demand_leave_to_give(opened, locked, verdict, by, _today(now))
    elif verdict.answer == Answer.NONE:
        _demand_reasons(locked, verdict)
    values = {**_decided(verdict), "decided_at": now, "decided_by_id": by.person}
    values["delegation_row"] = str(delegation.pk) if delegation else ""
    change_row(locked, values=values, by=by, now=now)
    clocks = happened(
        case=opened.case, what=Happening.DISCLOSURE_DECIDED, about=locked.pk, on=_today(now), by=by, now=now
    )
    tell(event=events.DISCLOSURE_DECIDED, opened=opened, rows=[locked, *clocks], by=by, now=now)
    return locked


def _demand_leave_to_give(
    opened: Opened, disclosure: Disclosure, verdict: Verdict, by: Actor, today: date
) -> Delegation | None:
    if verdict.verification == Verification.NOT_DONE:
        raise NotVerified
    if not (verdict.sent_text.strip() or verdict.documents or verdict.notes) or verdict.sent_on is None:
        raise NothingToGive
    _demand_reasons(disclosure, verdict)
    if verdict.consent is not None:
        _demand_reach(opened, disclosure, verdict.consent, verdict.sent_on, today)
        return None
    if verdict.provision is None:
        raise NoGround
    return _demand_provision(opened, disclosure, verdict, verdict.provision, by, today)


def _demand_reach(
    opened: Opened, disclosure: Disclosure, consent: Consent, sent_on: date, today: date
) -> None:
    if consent.case_id != opened.case.pk:
        raise NoGround
    stops: type[ConsentDoesNotReach] | None = None
    # Both days: what is given today on a consent that ended yesterday is not helped by an earlier date.
    if consent.withdrawn_on is not None and consent.withdrawn_on <= today:
        stops = ConsentWithdrawn
    elif not (consent.is_in_force(sent_on) and consent.is_in_force(today)):
        stops = ConsentNotInForce
    elif disclosure.receiver not in consent.receivers:
        stops = ConsentForOthers
    if stops is not None:
        instead = [named(provision) for provision in provisions_for(opened, disclosure, on=today)]
        raise stops(opened=opened, instead=instead)


def _demand_provision(
    opened: Opened, disclosure: Disclosure, verdict: Verdict, provision: LegalBasis, by: Actor, today: date
) -> Delegation:
    if provision not in provisions_for(opened, disclosure, on=today):
        raise GroundDoesNotApply
    if provision.code == CONTACT_DUTY and verdict.special_reasons is not False:
        raise SpecialReasons
    delegation = delegation_on(today, person=by.person, code=provision.code)
    if delegation is None:
        raise NotDelegated
    return delegation


def _demand_reasons(disclosure: Disclosure, verdict: Verdict) -> None:
    is_refusal = verdict.answer in {Answer.NONE, Answer.PART} and disclosure.initiative == Initiative.REQUEST
    if not verdict.balance.strip() or (is_refusal and not verdict.appeal.strip()):
        raise ReasonsMissing


def _decided(verdict: Verdict) -> dict[str, Any]:
    ground = verdict.consent or verdict.provision
    values: dict[str, Any] = {
        "answer": verdict.answer,
        "verification": verdict.verification,
        "verified_how": verdict.verified_how,
        "ground": named(ground) if ground else "",
        "ground_row": str(ground.pk) if ground else "",
        "special_reasons": verdict.special_reasons,
        "balance": verdict.balance,
        "appeal": verdict.appeal,
    }
    if verdict.gives:
        values |= {
            "sent_text": verdict.sent_text,
            "sent_rows": [_sent("document", row) for row in verdict.documents]
            + [_sent("note", row) for row in verdict.notes],
            "sent_on": verdict.sent_on,
            "sent_how": verdict.sent_how,
        }
    return values


def _sent(kind: str, row: Document | Note) -> dict[str, Any]:
    # The version or digest says exactly which text went out, whatever happens to the row later.
    mark = bytes(row.digest).hex() if isinstance(row, Document) else str(row.version)
    return {"kind": kind, "id": str(row.pk), "mark": mark}


def _today(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
