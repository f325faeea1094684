"""What happens in the demo, case by case and contact by contact. Each story is a generator for `clock.tell`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from avhopp.demo.clock import STOCKHOLM, Story, office_hour
from avhopp.demo.colleagues import CO_WORKER, SECOND_WORKER, SUPERVISOR, UNIT, WORKER, YOUTH_SUPERVISOR
from avhopp.demo.people import new_person
from avhopp.demo.plans import FIRST_DAY, Last, Plan
from avhopp.demo.texts import (
    DRAFT,
    ENQUIRIES,
    GOAL_COMMENTS,
    HOW_IT_WENT,
    NEEDS,
    NOTES,
    REASONS,
    RETURNED,
    TASKS,
    WAITING,
    NoteText,
)
from avhopp.demo.work import Contact, Office
from cases.models.enquiry import Channel, Outcome, Source, Urgency
from cases.models.follow_up import Point
from cases.workflow import Stage, Track, first_stage, is_ended, next_stages

SOURCES = {
    Track.EXIT: (Source.SELF, Source.POLICE, Source.PROBATION, Source.FAMILY, Source.CIVIL_SOCIETY),
    Track.PREVENTION: (Source.SCHOOL, Source.SOCIAL_SERVICES, Source.POLICE, Source.FAMILY),
    Track.SECONDARY: (Source.FAMILY, Source.SELF, Source.HEALTH),
}
DAYS_BETWEEN_ENQUIRIES = 75
# Where the file holds more than notes.
FILLED = {Stage.ACUTE, Stage.STABILISING, Stage.ESTABLISHING, Stage.SUPPORT}
# From where on there is a plan to follow up.
PLANNED = {Stage.STABILISING, Stage.ESTABLISHING, Stage.AFTERCARE, Stage.SUPPORT}


class CaseStory:
    """One case, from the first contact to where it stands."""

    def __init__(self, *, office: Office, plan: Plan, random: Random, now: datetime) -> None:
        self._office = office
        self._plan = plan
        self._random = random
        self._now = now
        self._worker = plan.worker
        self._supervisor = SUPERVISOR if plan.worker.unit == UNIT else YOUTH_SUPERVISOR
        self._at = office_hour(plan.opened, random=random)
        self._stage = first_stage(plan.track)
        self._case = UUID(int=0)

    def tell(self) -> Story:
        """Act, yielding before each act the time it is done at."""
        yield from self._opening()
        for target, days in zip(self._plan.path, self._plan.gaps, strict=True):
            if target == Stage.FOLLOWED_UP:
                yield from self._following_up()
            yield from self._step(target, days)
        if self._plan.deadline is not None:
            yield from self._standing(self._plan.deadline)
        elif self._stage == Stage.CLOSED and Stage.INQUIRY in self._plan.path:
            yield from self._following_up()

    def _opening(self) -> Story:
        plan, need = self._plan, NEEDS[self._plan.track][self._plan.number % len(NEEDS[self._plan.track])]
        source = self._random.choice(SOURCES[plan.track])
        person = new_person(random=self._random, track=plan.track, opened=plan.opened, number=plan.number)
        enquiry = None
        yield self._at
        if plan.track != Track.PREVENTION:
            contact = Contact(
                self._random.choice(list(Channel)), self._random.choice(list(Urgency)), source, need
            )
            enquiry = self._office.register(who=self._worker, contact=contact, at=self._at)
            yield self._later(days=self._random.randint(0, 4))
        self._case = self._office.open_case(
            who=self._worker,
            track=plan.track,
            person=person,
            source=source,
            need=need,
            enquiry=enquiry,
            at=self._at,
        )

    def _step(self, target: Stage, days: int) -> Story:
        if self._plan.deadline is not None and self._stage in PLANNED:
            yield self._later(days=1)
            self._rate(-1)
        yield self._later(days=max(1, days - 2))
        self._ask(target, first=self._notes_before(target))
        yield self._later(days=self._random.randint(0, 2))
        self._office.approve(who=self._supervisor, case=self._case, at=self._at)
        self._stage = target

    def _notes_before(self, target: Stage) -> tuple[NoteText, ...]:
        if is_ended(self._stage):
            return ()
        if target == Stage.CLOSED:
            return NOTES[Stage.CLOSED]
        # The journal of a case at work is whole; of an ended one the demo keeps the beginning and the end.
        is_kept = self._plan.deadline is not None or self._stage == first_stage(self._plan.track)
        return NOTES[self._stage] if is_kept else ()

    def _rate(self, first: int) -> None:
        """Rate the goals: the first ones are the furthest behind."""
        ratings = [(min(2, first + place), GOAL_COMMENTS[first + place]) for place in range(3)]
        next_on = self._at.date() + timedelta(days=90)
        self._office.follow_up_plan(
            who=self._worker, case=self._case, ratings=ratings, next_on=next_on, at=self._at
        )

    def _standing(self, deadline: int) -> Story:
        yield self._later(days=1)
        if self._stage in FILLED:
            self._office.fill(who=self._worker, case=self._case, at=self._at)
        if self._stage in PLANNED:
            self._rate(0 if self._stage != Stage.SUPPORT else -1)
        text = NOTES[self._stage][0]
        note = self._office.write(who=self._worker, case=self._case, text=text, at=self._at)
        yield self._later(days=0)
        day = self._now.astimezone(STOCKHOLM).date() + timedelta(days=deadline)
        todo = TASKS[self._plan.number % len(TASKS)]
        self._office.remind(who=self._worker, case=self._case, todo=todo, due_on=day, at=self._at)
        happens: dict[Last, Callable[[], Story]] = {
            Last.PENDING: self._asks,
            Last.RETURNED: self._is_sent_back,
            Last.VOIDED: self._changes_what_was_asked_for,
            Last.DRAFT: self._leaves_a_draft,
            Last.CORRECTED: lambda: self._corrects(note),
            Last.CO_WORKER: self._gets_help,
        }
        if self._plan.last in happens:
            yield self._later(days=1)
            yield from happens[self._plan.last]()

    def _following_up(self) -> Story:
        closed = self._at
        for point in Point:
            self._at = closed + timedelta(days=30 * point + self._random.randint(0, 12))
            yield self._at
            answers = {name: self._random.choice(codes) for name, codes in HOW_IT_WENT.items()}
            values = {**answers, "happened_on": self._at.astimezone(STOCKHOLM).date()}
            self._office.follow_up(who=self._worker, case=self._case, point=point, values=values, at=self._at)

    def _asks(self) -> Story:
        self._ask(next_stages(track=self._plan.track, stage=self._stage)[0], first=())
        yield from ()

    def _is_sent_back(self) -> Story:
        yield from self._asks()
        yield self._later(days=1)
        comment = RETURNED[self._plan.number % len(RETURNED)]
        self._office.send_back(who=self._supervisor, case=self._case, comment=comment, at=self._at)

    def _changes_what_was_asked_for(self) -> Story:
        yield from self._asks()
        yield self._later(days=0)
        need = NEEDS[self._plan.track][self._plan.number % len(NEEDS[self._plan.track])]
        self._change({"need": f"{need} Behöver också hjälp med tandvård."})

    def _leaves_a_draft(self) -> Story:
        self._office.draft(who=self._worker, case=self._case, text=DRAFT, at=self._at)
        yield from ()

    def _corrects(self, note: UUID) -> Story:
        text = NOTES[self._stage][0].facts.replace("veckan", "veckan, på tisdagar")
        self._office.correct(
            who=self._worker,
            case=self._case,
            note=note,
            text=f"{text} Mötet hölls på eftermiddagen.",
            reason="Tiden för mötet hade fallit bort.",
            at=self._at,
        )
        yield from ()

    def _gets_help(self) -> Story:
        ended = self._at + timedelta(hours=30)
        # The first help has run out by now, which the clock's worker writes down; the second goes on.
        helpers = (SECOND_WORKER if self._worker is WORKER else WORKER, ended), (CO_WORKER, None)
        for colleague, until in helpers:
            self._office.give_access(
                who=self._supervisor, case=self._case, to=colleague, until=until, at=self._at
            )
        yield self._later(days=0)
        self._office.write(who=CO_WORKER, case=self._case, text=NOTES[self._stage][-1], at=self._at)

    def _ask(self, target: Stage, *, first: tuple[NoteText, ...]) -> None:
        self._office.ask(
            who=self._worker,
            case=self._case,
            first=first,
            to=target,
            reason=REASONS[target],
            closure_reason=self._plan.closure_reason,
            at=self._at,
        )

    def _change(self, changes: dict[str, str]) -> None:
        self._office.change(who=self._worker, case=self._case, changes=changes, at=self._at)

    def _later(self, *, days: int) -> datetime:
        at = office_hour(self._at.date() + timedelta(days=days), random=self._random)
        self._at = max(self._at + timedelta(minutes=25), at)
        return self._at


def enquiry_stories(*, office: Office, random: Random, now: datetime) -> list[Story]:
    """Tell of the contacts that led to advice alone, and of those that wait."""
    days = (now.astimezone(STOCKHOLM).date() - FIRST_DAY).days - 14
    ended = [
        _ended_enquiry(office, number, FIRST_DAY + timedelta(days=day), random.random())
        for number, day in enumerate(range(20, days, DAYS_BETWEEN_ENQUIRIES))
    ]
    return ended + [_waiting_enquiry(office, contact, hours, now) for contact, hours in _waiting()]


def _waiting() -> Iterator[tuple[Contact, int]]:
    for source, urgency, hours, text in WAITING:
        anonymous = source == "self"
        callback = "" if anonymous else "Ring växeln mellan nio och tio och be att få bli uppringd."
        yield Contact(Channel.PHONE, Urgency(urgency), Source(source), text, anonymous, callback), hours


def _ended_enquiry(office: Office, number: int, day: date, seed: float) -> Story:
    random = Random(seed)
    at = office_hour(day, random=random)
    yield at
    contact = Contact(
        random.choice(list(Channel)),
        random.choice(list(Urgency)),
        random.choice(list(Source)),
        ENQUIRIES[number % len(ENQUIRIES)],
        is_anonymous=number % 3 == 0,
    )
    enquiry = office.register(who=WORKER, contact=contact, at=at)
    later = at + timedelta(days=random.randint(0, 5), hours=1)
    yield later
    outcome = random.choice([Outcome.ADVICE, Outcome.ADVICE, Outcome.REFERRED, Outcome.DECLINED])
    office.end_enquiry(who=WORKER, enquiry=enquiry, outcome=outcome, at=later)


def _waiting_enquiry(office: Office, contact: Contact, hours: int, now: datetime) -> Story:
    at = now - timedelta(hours=hours)
    yield at
    office.register(who=WORKER, contact=contact, at=at)
