"""What a colleague of the demo does: each method is one visit, in a scope of its own, through the actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.demo.colleagues import Colleague
from avhopp.demo.files import fill
from avhopp.demo.requirements import meet
from avhopp.demo.texts import NoteText, Todo
from avhopp.sealed.scope import CryptoScope
from cases.access import Opened, get_case
from cases.actions import cases, enquiries, follow_ups, grants, notes, plan_follow_ups, stages, tasks
from cases.actions.people import PersonData
from cases.enquiry_access import get_enquiry
from cases.models import Basis
from cases.models.enquiry import Channel, Outcome, Source, Urgency
from cases.models.follow_up import Point
from cases.queries.file import note_of, requests_of
from cases.queries.plans import latest_of
from cases.queries.stage_rules import rule_of
from cases.workflow import Stage, Track

PURPOSE = "demo"


@dataclass(frozen=True, slots=True)
class Contact:
    """A first contact as it is told."""

    channel: Channel
    urgency: Urgency
    source: Source
    need: str
    is_anonymous: bool = False
    callback: str = ""


class Office:
    """The colleagues, by key."""

    def __init__(self, users: Mapping[str, User]) -> None:
        self._users = users

    def actor(self, who: Colleague) -> Actor:
        """The colleague as the record names her."""
        user = self._users[who.key]
        return Actor(user=user.pk, role=user.role, unit=user.unit_id, address="127.0.0.1", methods=("demo",))

    def user(self, who: Colleague) -> User:
        """The colleague's account."""
        return self._users[who.key]

    @contextmanager
    def acting(self, who: Colleague, at: datetime) -> Iterator[dict[str, Any]]:
        """What every verb outside the cases takes."""
        with self._scope(who, at) as actor:
            yield {"by": actor, "now": at}

    def fill(self, *, who: Colleague, case: UUID, at: datetime) -> None:
        """Write down what a case of its stage holds beside notes."""
        with self._case(who, case, at) as (opened, actor):
            fill(opened=opened, by=actor, at=at)

    def register(self, *, who: Colleague, contact: Contact, at: datetime) -> UUID:
        """Register a first contact."""
        with self._scope(who, at) as actor:
            return enquiries.register(
                received_at=at,
                channel=contact.channel,
                urgency=contact.urgency,
                is_anonymous=contact.is_anonymous,
                source=contact.source,
                need=contact.need,
                callback=contact.callback,
                by=actor,
                now=at,
            ).id

    def end_enquiry(self, *, who: Colleague, enquiry: UUID, outcome: Outcome, at: datetime) -> None:
        """Say what a contact led to."""
        with self._scope(who, at) as actor:
            found = get_enquiry(actor=actor, enquiry=enquiry, at=at)
            enquiries.end(enquiry=found, outcome=outcome, by=actor, now=at)

    def open_case(
        self,
        *,
        who: Colleague,
        track: Track,
        person: PersonData,
        source: Source,
        need: str,
        enquiry: UUID | None,
        at: datetime,
    ) -> UUID:
        """Open a case of one's own, after the first meeting if there was an enquiry."""
        with self._scope(who, at) as actor:
            found = get_enquiry(actor=actor, enquiry=enquiry, at=at) if enquiry else None
            if found:
                found = enquiries.note_first_meeting(enquiry=found, on=at.date(), by=actor, now=at)
            return cases.open_case(
                track=track,
                person=person,
                source=source,
                need=need,
                enquiry=found,
                responsible=self._users[who.key],
                by=actor,
                now=at,
            ).id

    def read(self, *, who: Colleague, case: UUID, at: datetime) -> None:
        """Open a case and do nothing in it."""
        with self._case(who, case, at):
            pass

    def change(self, *, who: Colleague, case: UUID, changes: Mapping[str, Any], at: datetime) -> None:
        """Change what the case says."""
        with self._case(who, case, at) as (opened, actor):
            cases.edit_case(opened=opened, changes=changes, version=opened.case.version, by=actor, now=at)

    def remind(self, *, who: Colleague, case: UUID, todo: Todo, due_on: date, at: datetime) -> None:
        """Write down something of one's own to do."""
        with self._case(who, case, at) as (opened, actor):
            tasks.add(
                opened=opened,
                kind=todo.kind,
                text=todo.text,
                due_on=due_on,
                assigned_to=actor.person,
                by=actor,
                now=at,
            )

    def follow_up(
        self, *, who: Colleague, case: UUID, point: Point, values: Mapping[str, Any], at: datetime
    ) -> None:
        """Write down how it went after closure."""
        with self._case(who, case, at) as (opened, actor):
            follow_ups.note(opened=opened, point=point, values=values, by=actor, now=at)

    def follow_up_plan(
        self, *, who: Colleague, case: UUID, ratings: Sequence[tuple[int, str]], next_on: date, at: datetime
    ) -> None:
        """Rate the goals of the plan, in their order."""
        with self._case(who, case, at) as (opened, actor):
            plan = latest_of(opened)
            if plan is None:
                return
            values = {
                "happened_on": at.date(),
                "ratings": {
                    goal["code"]: {"rating": rating, "comment": comment}
                    for goal, (rating, comment) in zip(plan.goals, ratings, strict=False)
                },
                "client_view": "",
                "summary": "",
                "next_on": next_on,
            }
            plan_follow_ups.note(opened=opened, plan=plan, values=values, by=actor, now=at)

    def draft(self, *, who: Colleague, case: UUID, text: NoteText, at: datetime) -> None:
        """Leave a note half written."""
        with self._case(who, case, at) as (opened, actor):
            note = notes.start(opened=opened, by=actor, now=at)
            notes.save_draft(
                opened=opened, note=note, content=_content(text), version=note.version, by=actor, now=at
            )

    def write(self, *, who: Colleague, case: UUID, text: NoteText, at: datetime) -> UUID:
        """Write and sign a note."""
        with self._case(who, case, at) as (opened, actor):
            return _signed(opened, text, actor, at)

    def correct(
        self, *, who: Colleague, case: UUID, note: UUID, text: str, reason: str, at: datetime
    ) -> None:
        """Correct a signed note; the original stays."""
        with self._case(who, case, at) as (opened, actor):
            correction = notes.correct(opened=opened, note=note_of(opened, note), by=actor, now=at)
            content = {"facts": text, "correction_reason": reason}
            notes.sign(
                opened=opened, note=correction, content=content, version=correction.version, by=actor, now=at
            )

    def ask(
        self,
        *,
        who: Colleague,
        case: UUID,
        first: Sequence[NoteText],
        to: Stage,
        reason: str,
        closure_reason: str,
        at: datetime,
    ) -> None:
        """Sign the notes that the request rests on, then ask for the next stage with its checklist done."""
        with self._case(who, case, at) as (opened, actor):
            for number, text in enumerate(first):
                _signed(opened, text, actor, at + timedelta(minutes=number))
            rule = rule_of(case=opened.case, target=to)
            meet(opened=opened, rule=rule, by=actor, at=at)
            stages.request_stage(
                opened=opened,
                to_stage=to,
                reason=reason,
                ticked=[item.code for item in rule.items],
                closure_reason=closure_reason if to == Stage.CLOSED else "",
                by=actor,
                now=at + timedelta(minutes=len(first)),
            )

    def approve(self, *, who: Colleague, case: UUID, at: datetime) -> None:
        """Approve what waits."""
        with self._case(who, case, at) as (opened, actor):
            request = requests_of(opened)[0]
            stages.approve(
                opened=opened, request=request, seen=bytes(request.digest), comment="", by=actor, now=at
            )

    def send_back(self, *, who: Colleague, case: UUID, comment: str, at: datetime) -> None:
        """Return what waits, with a reason."""
        with self._case(who, case, at) as (opened, actor):
            stages.send_back(opened=opened, request=requests_of(opened)[0], comment=comment, by=actor, now=at)

    def give_access(
        self, *, who: Colleague, case: UUID, to: Colleague, until: datetime | None, at: datetime
    ) -> None:
        """Let a colleague work in the case."""
        with self._case(who, case, at) as (opened, actor):
            grants.give(
                opened=opened,
                user=self._users[to.key],
                basis=Basis.CO_WORKER,
                expires_at=until,
                by=actor,
                now=at,
            )

    @contextmanager
    def _scope(self, who: Colleague, at: datetime) -> Iterator[Actor]:
        actor = self.actor(who)
        with CryptoScope(actor=actor, purpose=PURPOSE, at=at):
            yield actor

    @contextmanager
    def _case(self, who: Colleague, case: UUID, at: datetime) -> Iterator[tuple[Opened, Actor]]:
        with self._scope(who, at) as actor:
            yield get_case(actor=actor, case=case, at=at), actor


def _signed(opened: Opened, text: NoteText, actor: Actor, at: datetime) -> UUID:
    note = notes.start(opened=opened, by=actor, now=at)
    content = _content(text)
    return notes.sign(opened=opened, note=note, content=content, version=note.version, by=actor, now=at).id


def _content(text: NoteText) -> dict[str, str]:
    return {"kind": text.kind, "source": text.source, "facts": text.facts, "assessment": text.assessment}
