"""Write a letter to the person, and note that she was called, written to or met. Every contact passes the one rule.

`demand_usable` is the only door to a way: whatever comes later and would reach the person (a message, a reminder, a
summons) goes through it. Letters are made here and printed by the worker; nothing is sent by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from audit.events import Actor
from cases import events
from cases.access import NotVisible, Opened
from cases.actions.writing import new_row, tell
from cases.models import Contact, ContactChannel
from cases.models.contact import ChannelKind, ContactKind, ContactResult
from cases.policies import Question
from cases.safe_contact import Obstacle, Way, obstacle

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class NotUsable(Exception):
    """The way may not be used; show `obstacle`, which says what to do, and record the refusal."""

    def __init__(self, found: Obstacle) -> None:
        super().__init__(found)
        self.obstacle = found


class NotAnAddress(Exception):
    """A letter goes to a postal address; choose one of those."""


@transaction.atomic
def write_letter(
    *,
    opened: Opened,
    channel: ContactChannel,
    recipient: str,
    sender: str,
    text: str,
    reason: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Contact:
    """Write a letter that the worker prints, to the address of a way as it is now."""
    opened.demand(Question.EDIT_CASE)
    today = now.astimezone(STOCKHOLM).date()
    if channel.kind != ChannelKind.POST:
        raise NotAnAddress
    way = demand_usable(opened=opened, channel=channel, reason=reason, on=today)
    values = {
        "channel": way,
        "kind": ContactKind.LETTER,
        "happened_on": today,
        "address": way.value,
        "recipient": recipient,
        "sender": sender,
        "text": text,
        "reason": reason,
    }
    letter = new_row(Contact, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.CONTACT_MADE, opened=opened, rows=[letter], by=by, now=now)
    return letter


@transaction.atomic
def note_contact(
    *,
    opened: Opened,
    channel: ContactChannel,
    kind: ContactKind,
    on: date,
    result: ContactResult,
    text: str,
    reason: str,
    by: Actor,
    now: datetime,
    new_id: UUID | None = None,
) -> Contact:
    """Note a call, message or visit on a way that may be used."""
    opened.demand(Question.EDIT_CASE)
    way = demand_usable(opened=opened, channel=channel, reason=reason, on=on)
    values = {
        "channel": way,
        "kind": kind,
        "happened_on": on,
        "address": way.value,
        "text": text,
        "result": result,
        "reason": reason,
    }
    contact = new_row(Contact, opened=opened, values=values, by=by, now=now, new_id=new_id)
    tell(event=events.CONTACT_MADE, opened=opened, rows=[contact], by=by, now=now)
    return contact


def demand_usable(*, opened: Opened, channel: ContactChannel, reason: str, on: date) -> ContactChannel:
    """The way of this case's person as it is now; raises `NotUsable` when the rule says no."""
    found = ContactChannel.objects.filter(pk=channel.pk, person=opened.case.person_id).first()
    if found is None:
        raise NotVisible
    person = opened.case.person
    way = Way(is_safe=found.is_safe, ended_on=found.ended_on)
    stands_in_the_way = obstacle(way=way, reason=reason, deceased_on=person.deceased_on, on=on)
    if stands_in_the_way is not None:
        raise NotUsable(stands_in_the_way)
    return found
