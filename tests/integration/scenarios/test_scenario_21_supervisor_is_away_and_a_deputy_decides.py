"""Scenario 21: the supervisor is away. A deputy with a valid ground sees what waits and approves it; the one who asked
cannot approve it herself, and a deputy whose time is over neither sees nor approves nor signs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from avhopp.accounts import second_person
from avhopp.accounts.actions import create_account
from avhopp.accounts.queries import waiting_requests
from avhopp.accounts.roles import Role
from cases.access import NotVisible, Refused
from cases.actions import decisions
from cases.policies import Refusal
from cases.queries.work import waiting_approvals
from tests.cast import NOW, actor_for
from tests.universe import World, stages
from tests.universe.decisions import draft, sign
from tests.universe.delegations import give

DAY = timedelta(days=1)


@pytest.fixture
def deputy(cast, case):
    """A supervisor who comes to the unit after the case was opened, and so has no access to it."""
    made = create_account(
        email="ersattare@example.invalid",
        name="Ersättare",
        title="",
        role=Role.SUPERVISOR,
        unit=cast.supervisor.unit,
        by=actor_for(cast.administrator),
        now=NOW,
    )
    [request] = waiting_requests(account=made.pk)
    return second_person.approve(request=request.pk, by=actor_for(cast.officer), now=NOW)


def lend(world, deputy, *, until):
    from cases.models import Basis

    return world.call(world.cast.supervisor, "grants.give", user=deputy, basis=Basis.DEPUTY, expires_at=until)


def test_scenario_21_supervisor_is_away_and_a_deputy_decides(cast, case, opened, deputy):
    world = World(cast, case, opened)
    request = stages.request(world)
    approval = {"request": request, "seen": bytes(request.digest), "comment": ""}
    with pytest.raises(Refused) as refusal:
        world.call(cast.worker, "stages.approve", **approval)
    assert refusal.value.verdict.refusal == Refusal.OWN_REQUEST
    assert list(waiting_approvals(actor=actor_for(deputy), at=NOW)) == []
    lend(world, deputy, until=NOW + DAY)
    assert list(waiting_approvals(actor=actor_for(deputy), at=NOW)) == [request]
    assert list(waiting_approvals(actor=actor_for(deputy), at=NOW + 2 * DAY)) == []
    with pytest.raises(NotVisible), opened(deputy, at=NOW + 2 * DAY):
        pass
    assert world.call(deputy, "stages.approve", **approval).state == "approved"


def test_scenario_21_deputy_signs_decisions_on_her_days_alone(cast, case, opened):
    world = World(cast, case, opened)
    today = NOW.date()
    row = draft(world)
    give(world, delegate=cast.colleague, deputy_for=cast.supervisor, starts_on=today, ends_on=today)
    world.call(
        cast.supervisor, "grants.give", user=cast.colleague, basis="co_worker", expires_at=NOW + 2 * DAY
    )
    with opened(cast.colleague, at=NOW + DAY) as (found, actor), pytest.raises(Refused) as refusal:
        decisions.sign(opened=found, decision=row, version=row.version, by=actor, now=NOW + DAY)
    assert refusal.value.verdict.refusal == Refusal.DELEGATION_EXPIRED
    assert sign(world, row, by=cast.colleague).signed_by_id == cast.colleague.pk
