"""Plans: whole before they are signed, locked after, superseded by the next, followed up goal by goal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from cases.access import NotVisible, Refused, get_case
from cases.actions import drafts, plan_follow_ups
from cases.actions.writing import Conflict
from cases.models import Plan, PlanFollowUp, Task
from cases.queries import plans as found
from cases.queries.plans import has_agreed_plan
from tests.cast import NOW, acting, make_case
from tests.universe import World, providers
from tests.universe import plans as made

TODAY = NOW.date()


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def with_provider(provider, **intervention):
    each = {**made.INTERVENTION, "provider": str(provider.pk), "provider_name": provider.name, **intervention}
    return [{**made.CONTENT["goals"][0], "interventions": [each]}]


def waiting():
    return dict(Task.objects.filter(rule="plan_followup", ended="").values_list("about", "due_on"))


def agreed(world, on=TODAY) -> bool:
    with world.opened(world.cast.worker) as (opened, _):
        return has_agreed_plan(opened, on)


@pytest.mark.parametrize("statement", ["UPDATE {} SET version = 9", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_database_refuses_every_change_of_a_signed_plan(world, statement):
    made.sign(world)
    with pytest.raises(Exception, match=r"signed|permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement.format("cases_plan"))


@pytest.mark.parametrize(
    "missing",
    [
        {"goals": []},
        {"goals": [{**made.CONTENT["goals"][0], "text": " "}]},
        {"goals": [{**made.CONTENT["goals"][0], "interventions": [{**made.INTERVENTION, "what": ""}]}]},
        {"client_agrees": ""},
        {"client_view": " "},
        {"follow_up_on": None},
        {"follow_up_on": made.CONTENT["agreed_on"]},
        {"agreed_on": TODAY + timedelta(days=1)},
    ],
)
def test_plan_that_lacks_something_is_not_signed(world, missing):
    with pytest.raises(drafts.NotReadyToSign):
        made.sign(world, **missing)
    assert Plan.objects.get().signed_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"contract_to": TODAY - timedelta(days=1)},
        {"contract_from": TODAY + timedelta(days=10)},
        {"permit_number": ""},
        {"permit_until": TODAY - timedelta(days=1)},
        {"checked_on": None},
    ],
)
def test_placement_with_a_provider_that_does_not_hold_is_refused_also_with_a_reason(world, wrong):
    provider = providers.register(world, **wrong)
    with pytest.raises(drafts.NotReadyToSign):
        made.sign(world, goals=with_provider(provider, reason="Finns ingen annan."))


def test_contract_that_ends_before_the_intervention_begins_stops_it(world):
    provider = providers.register(world, contract_to=TODAY + timedelta(days=5))
    begins = f"{TODAY + timedelta(days=6)}"
    with pytest.raises(drafts.NotReadyToSign):
        made.sign(world, goals=with_provider(provider, starts_on=begins))


def test_open_intervention_with_such_a_provider_needs_a_reason(world):
    provider = providers.register(world, kind="open_care", checked_on=None)
    with pytest.raises(drafts.NotReadyToSign):
        made.sign(world, goals=with_provider(provider))
    assert made.sign(world, goals=with_provider(provider, reason="Påbörjad förra året.")).is_signed


def test_what_has_ended_may_stand_in_a_plan_whoever_provided_it(world):
    provider = providers.register(world, contract_to=TODAY - timedelta(days=1))
    ended = with_provider(provider, ends_on=f"{TODAY - timedelta(days=2)}")
    assert made.sign(world, goals=ended).is_signed


def test_next_plan_begins_with_the_goals_and_takes_the_place_of_the_last(world):
    first = made.sign(world)
    draft = made.start(world)
    with world.opened(world.cast.worker):
        assert draft.goals == first.goals
    saved = world.call(
        world.cast.worker,
        "plans.save_draft",
        plan=draft,
        content={**made.CONTENT, "agreed_on": TODAY, "client_agrees": "no"},
        version=1,
    )
    assert agreed(world)
    second = world.call(world.cast.worker, "plans.sign", plan=saved, version=2)
    assert not agreed(world)
    assert waiting() == {second.pk: made.CONTENT["follow_up_on"]}
    with world.opened(world.cast.worker) as (opened, _):
        every = found.plans_of(opened)
        assert [plan.pk for plan in found.in_force(every)] == [second.pk]
        assert {plan.pk for plan in every} == {first.pk, second.pk}


def test_what_has_ended_is_not_taken_into_the_next_plan(world):
    ended = {**made.INTERVENTION, "what": "Klart.", "ends_on": f"{TODAY - timedelta(days=1)}"}
    goal = {**made.CONTENT["goals"][0], "interventions": [ended, made.INTERVENTION]}
    made.sign(world, goals=[goal])
    draft = made.start(world)
    with world.opened(world.cast.worker):
        assert [each["what"] for each in draft.goals[0]["interventions"]] == [made.INTERVENTION["what"]]


def test_plans_of_both_kinds_hold_beside_each_other(world):
    own = made.sign(world)
    joint = made.sign(world, kind="commitment")
    with world.opened(world.cast.worker) as (opened, _):
        assert {plan.pk for plan in found.in_force(found.plans_of(opened))} == {own.pk, joint.pk}
    assert set(waiting()) == {own.pk, joint.pk}


@pytest.mark.parametrize(("answer", "counts"), [("yes", True), ("partly", True), ("no", False)])
def test_plan_is_agreed_when_the_person_is_in_on_it(world, answer, counts):
    made.sign(world, client_agrees=answer)
    assert agreed(world) is counts


def test_draft_is_no_plan_and_tomorrows_is_none_today(world):
    made.save(world)
    assert not agreed(world)


def test_corrected_plan_replaces_the_wrong_one_and_its_clock(world):
    wrong = made.sign(world)
    draft = world.call(world.cast.worker, "plans.correct", plan=wrong)
    saved = world.call(
        world.cast.worker,
        "plans.save_draft",
        plan=draft,
        content={**made.CONTENT, "follow_up_on": date(2026, 5, 1), "correction_reason": "Fel dag."},
        version=1,
    )
    right = world.call(world.cast.worker, "plans.sign", plan=saved, version=2)
    assert waiting() == {right.pk: date(2026, 5, 1)}


def test_follow_up_ends_its_clock_and_starts_the_next(world):
    noted = made.follow_up(world)
    assert waiting() == {noted.plan_id: made.RATED["next_on"]}


def test_follow_up_without_a_next_day_leaves_no_clock(world):
    made.follow_up(world, next_on=None)
    assert waiting() == {}


def test_draft_is_not_followed_up(world):
    draft = made.save(world)
    with pytest.raises(NotVisible):
        world.call(world.cast.worker, "plan_follow_ups.note", plan=draft, values=made.RATED)


def test_plan_of_another_case_is_not_followed_up_here(world, cast):
    signed = made.sign(world)
    beside = make_case(worker=cast.worker)
    with acting(cast.worker) as actor:
        opened = get_case(actor=actor, case=beside, at=NOW)
        with pytest.raises(NotVisible):
            plan_follow_ups.note(opened=opened, plan=signed, values=made.RATED, by=actor, now=NOW)
    assert not PlanFollowUp.objects.exists()


def test_two_tabs_on_one_follow_up_meet(world):
    noted = made.follow_up(world)
    change = {"follow_up": noted, "values": {**made.RATED, "summary": "Annat."}, "version": 1}
    world.call(world.cast.worker, "plan_follow_ups.change", **change)
    with pytest.raises(Conflict):
        world.call(world.cast.worker, "plan_follow_ups.change", **change)


@pytest.mark.parametrize("verb", ["plans.start", "plan_follow_ups.note"])
def test_ended_case_gets_no_new_plan_and_no_follow_up(world, verb):
    from tests.universe.follow_ups import end_case

    signed = made.sign(world)
    end_case(world)
    given = {} if verb == "plans.start" else {"plan": signed, "values": made.RATED}
    with pytest.raises(Refused):
        world.call(world.cast.worker, verb, **given)
