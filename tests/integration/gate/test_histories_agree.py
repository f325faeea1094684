"""Random histories of access: the gate, the backend, the database and the replay of the record agree at every instant.

What a history does goes through the verbs, refusals among it. `HISTORIES=10000` in the environment plays that many.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.verification.replay import access_at
from avhopp.accounts import actions as accounts
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.roles import Role
from cases.access import NotVisible, Refused, get_case, visible_cases
from cases.actions import emergencies, grants, recusals, restrictions
from cases.backends import GrantBackend
from cases.models import Basis, Case, CaseGrant
from cases.policies import Permission
from cases.queries.listed import in_order
from tests.cast import NOW, acting, actor_for
from tests.universe.emergencies import WHY, number_of

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
PEOPLE = ("worker", "colleague", "co_worker", "supervisor", "stranger")
REFUSALS = (
    NotVisible,
    Refused,
    NotAllowed,
    *(
        error
        for module in (emergencies, grants, recusals, restrictions)
        for error in vars(module).values()
        if isinstance(error, type) and issubclass(error, Exception)
    ),
)

people = st.sampled_from(PEOPLE)
minutes = st.integers(1, 90)
STEPS = st.one_of(
    st.tuples(
        st.just("give"), people, people, st.sampled_from([Basis.CO_WORKER, Basis.DEPUTY]), st.none() | minutes
    ),
    st.tuples(st.just("assign"), people, people),
    st.tuples(st.just("end"), people, people),
    st.tuples(st.just("recuse"), people, people, people),
    st.tuples(st.just("emergency"), people),
    st.tuples(st.just("restrict"), people, st.lists(people, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("close"), people),
    st.tuples(st.just("role"), people, st.sampled_from([Role.CASE_WORKER, Role.SUPERVISOR, Role.AUDITOR])),
)


class Story:
    """Plays the steps of a history, each some minutes after the one before."""

    def __init__(self, cast, case) -> None:
        self.cast, self.case, self.number = cast, case, number_of(case)
        self.now, self.instants = NOW, {NOW}

    def play(self, step, wait) -> None:
        self.now += wait * MINUTE
        self.instants |= {self.now - SECOND, self.now}
        name, who, *rest = step
        try:
            with transaction.atomic():
                getattr(self, f"_{name}")(self._person(who), *rest)
        except REFUSALS:
            pass

    def _person(self, name):
        user = getattr(self.cast, name)
        user.refresh_from_db()
        return user

    def _case(self, user, act) -> None:
        with acting(user, at=self.now) as actor:
            act(get_case(actor=actor, case=self.case, at=self.now), {"by": actor, "now": self.now})

    def _give(self, user, other, basis, minutes) -> None:
        ends = self.now + minutes * MINUTE if minutes else None
        self.instants |= {ends - SECOND, ends} if ends else set()
        other = self._person(other)
        self._case(
            user, lambda case, who: grants.give(opened=case, user=other, basis=basis, expires_at=ends, **who)
        )

    def _assign(self, user, other) -> None:
        other = self._person(other)
        self._case(user, lambda case, who: grants.assign(opened=case, user=other, **who))

    def _end(self, user, other) -> None:
        other = self._person(other)
        held = CaseGrant.objects.filter(user=other, content_object=self.case, expires_at__gt=self.now)
        grant = held.order_by("id").first()
        if grant:
            self._case(user, lambda case, who: grants.end(opened=case, grant=grant, **who))

    def _recuse(self, user, other, third) -> None:
        other, third = self._person(other), self._person(third)
        values = {"ground": "relative", "text": ""}
        self._case(
            user,
            lambda case, who: recusals.recuse(opened=case, user=other, values=values, successor=third, **who),
        )

    def _emergency(self, user) -> None:
        self.instants |= {self.now + 60 * MINUTE - SECOND, self.now + 60 * MINUTE}
        with acting(user, at=self.now) as actor:
            emergencies.take(number=self.number, **WHY, by=actor, now=self.now)

    def _restrict(self, user, named) -> None:
        named = [self._person(name) for name in named]
        values = {"ground": "staff", "text": ""}
        self._case(
            user, lambda case, who: restrictions.restrict(opened=case, named=named, values=values, **who)
        )

    def _close(self, user) -> None:
        with acting(self.cast.administrator, at=self.now) as actor:
            accounts.close_account(account=user.pk, by=actor, now=self.now)

    def _role(self, user, role) -> None:
        with acting(self.cast.officer, at=self.now) as actor:
            accounts.change_role(account=user.pk, role=role, by=actor, now=self.now)


@pytest.mark.slow
@settings(
    max_examples=int(os.environ.get("HISTORIES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 100)), min_size=1, max_size=8))
def test_gate_backend_database_and_replay_agree_at_every_instant(cast, case, steps):
    with transaction.atomic():
        story = Story(cast, case)
        for step, wait in steps:
            story.play(step, wait)
        # What an account is now decides for the gate; what it was then, for the replay.
        for at in sorted(moment for moment in story.instants if moment >= story.now):
            compare(cast, case, at)
        transaction.set_rollback(True)


def compare(cast, case, at) -> None:
    replayed = access_at(scope=case, at=at)
    assert replayed.agrees
    by_record = {each.user for each in replayed.held}
    found = Case.objects.get(pk=case)
    for name in PEOPLE:
        user = getattr(cast, name)
        user.refresh_from_db()
        listed = visible_cases(actor=actor_for(user), at=at).filter(pk=case).exists()
        actor = actor_for(user)
        in_its_place = [pk for ended in (True, False) for pk in in_order(actor=actor, at=at, ended=ended)]
        with acting(user, at=at):
            by_database = Case.objects.filter(pk=case).exists()
        with time_machine.travel(at, tick=False):
            by_backend = any(GrantBackend().has_perm(user, f"cases.{code}", found) for code in Permission)
        assert in_its_place == [case] * listed, (name, at)
        assert {listed, by_database, by_backend, user.pk in by_record} == {listed}, (name, at)
