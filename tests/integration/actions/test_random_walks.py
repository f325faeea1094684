"""A thousand random walks through the work: no impossible state, no lost note, no gate passed without what it rests on.

Each step is tried as somebody at work would try it, and is refused or done; after each the case is compared with a
plain model of what may have happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avhopp.demo.requirements import WRITERS
from cases.access import NotVisible, Refused, get_case
from cases.actions import consents, notes, programme, stages
from cases.models import Case, Consent, LeavingReason, Note, ProgrammePeriod, StageRequest
from cases.models.consent import Receiver
from cases.queries.stage_rules import rule_of, targets_of
from cases.workflow import ORDER, STANDING_WAYS, WAYS, Gate, Requirement, Stage, Standing, Track, Way
from tests.cast import NOW, acting, make_case
from tests.universe.consents import CONSENT

REFUSALS = (
    Refused,
    NotVisible,
    stages.NoSuchWay,
    stages.RequirementMissing,
    stages.ChecklistIncomplete,
    stages.AlreadyPending,
    stages.NotPending,
    stages.ReasonMissing,
    programme.NoSuchStanding,
    programme.NotInProgramme,
    consents.AlreadyWithdrawn,
)
# What stages rest on beside consents; it holds for longer than a walk.
WRITTEN = (Requirement.DECISION_IN_FORCE, Requirement.THREAT_ASSESSED, Requirement.PLAN_AGREED)
RESTS_ON = {
    Stage.ACUTE: {Requirement.DECISION_IN_FORCE},
    Stage.STABILISING: {Requirement.THREAT_ASSESSED, Requirement.PLAN_AGREED},
    Stage.ESTABLISHING: {Requirement.DECISION_IN_FORCE, Requirement.PLAN_AGREED},
    Stage.SUPPORT: {Requirement.PLAN_AGREED},
}
STEPS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from([*Stage, *Gate])),
    st.tuples(st.just("ask_next"), st.booleans()),
    st.tuples(st.just("go"), st.sampled_from([False, False, True])),
    st.tuples(st.just("approve"), st.sampled_from(["supervisor", "worker", "co_worker"])),
    st.tuples(st.just("send_back"), st.none()),
    st.tuples(st.just("withdraw_request"), st.none()),
    st.tuples(st.just("note"), st.sampled_from(["worker", "co_worker", "supervisor"])),
    st.tuples(st.just("consent"), st.sampled_from([Receiver.POLICE, Receiver.SCHOOL])),
    st.tuples(st.just("withdraw_consent"), st.none()),
    st.tuples(st.just("write"), st.sampled_from(WRITTEN)),
    st.tuples(st.just("write"), st.sampled_from(WRITTEN)),
    st.tuples(st.just("stand"), st.sampled_from(list(Standing))),
    st.tuples(st.just("leave"), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


@dataclass
class Walk:
    """The model: where the case must be, and what must still be there."""

    cast: object
    case: object
    stage: Stage
    standing: Standing = Standing.ACTIVE
    notes: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)
    days: int = 0

    @property
    def now(self):
        return NOW + timedelta(days=self.days)

    def step(self, kind, value):
        try:
            with transaction.atomic():
                getattr(self, kind)(value)
        except REFUSALS:
            return

    def acting(self, who):
        return acting(getattr(self.cast, who), at=self.now)

    def verb(self, actor):
        opened = get_case(actor=actor, case=self.case, at=self.now)
        return {"opened": opened, "by": actor, "now": self.now}

    def ask(self, target):
        with self.acting("worker") as actor:
            given = self.verb(actor)
            offered = target in targets_of(given["opened"].case)
            rule = rule_of(case=given["opened"].case, target=target) if offered else None
            stages.request_stage(
                to_stage=target,
                reason="Dags.",
                ticked={item.code for item in rule.items} if rule else set(),
                closure_reason="own_request" if target == Stage.CLOSED else "",
                **given,
            )

    def ask_next(self, last):
        offered = targets_of(Case.objects.get(pk=self.case))
        if offered:
            self.ask(offered[-1 if last else 0])

    def go(self, last):
        self.ask_next(last)
        self.approve("supervisor")

    def approve(self, who):
        request = StageRequest.objects.filter(case=self.case, state="pending").first()
        if request is None:
            return
        needs_police = request.to_stage in {Stage.ASSESSMENT, Gate.JOINT_PROGRAMME}
        with self.acting(who) as actor:
            stages.approve(request=request, seen=bytes(request.digest), comment="", **self.verb(actor))
        assert who == "supervisor"
        assert not needs_police or self.has_police()
        assert all(self.holds(each) for each in RESTS_ON.get(request.to_stage, ()))
        if request.to_stage in set(Gate):
            raise AssertionError("passed without an agreement, of which there is none here")
        assert Way(Track(self.track), self.stage, Stage(request.to_stage)) in WAYS
        assert self.standing == Standing.ACTIVE or request.to_stage == Stage.CLOSED
        self.stage = Stage(request.to_stage)
        if self.stage == Stage.CLOSED:
            self.standing = Standing.ACTIVE

    def has_police(self):
        with self.acting("worker") as actor:
            self.verb(actor)
            on = self.now.date()
            found = Consent.objects.filter(case=self.case)
            return any(each.is_in_force(on) and Receiver.POLICE in each.receivers for each in found)

    def send_back(self, _):
        request = StageRequest.objects.filter(case=self.case, state="pending").first()
        if request:
            with self.acting("supervisor") as actor:
                stages.send_back(request=request, comment="Mer.", **self.verb(actor))

    def withdraw_request(self, _):
        request = StageRequest.objects.filter(case=self.case, state="pending").first()
        if request:
            with self.acting("worker") as actor:
                stages.withdraw(request=request, **self.verb(actor))

    def note(self, who):
        text = f"Anteckning {len(self.notes)} av {who}."
        with self.acting(who) as actor:
            given = self.verb(actor)
            draft = notes.start(**given)
            content = {"kind": "contact", "event_date": NOW.date(), "facts": text}
            notes.sign(note=draft, content=content, version=draft.version, **given)
            self.notes[draft.pk] = text

    def consent(self, receiver):
        values = {**CONSENT, "receivers": [receiver]}
        with self.acting("worker") as actor:
            consents.give(values=values, **self.verb(actor))

    def withdraw_consent(self, _):
        with self.acting("worker") as actor:
            given = self.verb(actor)
            found = Consent.objects.filter(case=self.case).first()
            if found:
                consents.withdraw(
                    consent=found, version=found.version, on=self.now.date(), how="Sagt.", **given
                )

    def write(self, requirement):
        with self.acting("worker") as actor:
            given = self.verb(actor)
            WRITERS[requirement](given["opened"], actor, self.now)
            self.written[requirement] = self.days

    def holds(self, requirement):
        since = self.written.get(requirement)
        return since is not None and (requirement != Requirement.THREAT_ASSESSED or self.days - since <= 365)

    def stand(self, to):
        with self.acting("supervisor") as actor:
            given = self.verb(actor)
            programme.change_standing(
                to=to, reason="Så är det.", version=given["opened"].case.version, **given
            )
        assert (self.standing, to) in STANDING_WAYS
        self.standing = to

    def leave(self, _):
        with self.acting("worker") as actor:
            programme.leave(because=LeavingReason.OWN_REQUEST, **self.verb(actor))

    def wait(self, days):
        self.days += days

    @property
    def track(self):
        return Case.objects.values_list("track", flat=True).get(pk=self.case)

    def check(self):
        case = Case.objects.get(pk=self.case)
        assert (case.stage, case.standing) == (self.stage, self.standing)
        assert case.stage in ORDER[Track(case.track)]
        assert (case.closed_on is not None) == (case.stage in {Stage.CLOSED, Stage.FOLLOWED_UP})
        assert not ProgrammePeriod.objects.filter(case=case).exists()
        assert StageRequest.objects.filter(case=case, state="pending").count() <= 1

    def check_notes(self):
        with self.acting("worker") as actor:
            self.verb(actor)
            kept = {
                note.pk: note.facts for note in Note.objects.filter(case=self.case).exclude(signed_at=None)
            }
        assert kept == self.notes


@pytest.mark.slow
def test_thousand_random_walks(cast):
    from cases.actions import grants
    from cases.models import Basis

    cases = {track: make_case(worker=cast.worker, track=track) for track in Track}
    for case in cases.values():
        with acting(cast.supervisor) as actor:
            opened = get_case(actor=actor, case=case, at=NOW)
            grants.give(
                opened=opened, user=cast.co_worker, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=NOW
            )

    @settings(
        max_examples=1000,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(track=st.sampled_from(list(Track)), steps=st.lists(STEPS, min_size=3, max_size=10))
    def walk(track, steps):
        with transaction.atomic():
            here = Walk(cast, cases[track], ORDER[track][0])
            for kind, value in steps:
                here.step(kind, value)
                here.check()
            here.check_notes()
            transaction.set_rollback(True)

    walk()
