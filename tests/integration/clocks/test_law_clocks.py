"""A law's clock is not moved by a form, a click or a helpful colleague."""

from __future__ import annotations

from datetime import date

import pytest

from cases.access import Refused
from cases.actions import law_clocks, tasks
from cases.actions.drafts import NotReadyToSign
from cases.catalogue.decision_kinds import DecisionKind
from cases.models import Case, DeadlineRule, Task
from cases.models.task import TaskEnd
from tests.cast import NOW
from tests.universe import World
from tests.universe.decisions import EXTENSION, draft
from tests.universe.law_clocks import clock, extend
from tests.universe.tasks import add

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 9, 1)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def test_a_signed_decision_gives_the_clock_its_new_day(world):
    task = clock(world)
    Task.objects.filter(pk=task.pk).update(escalated_at=NOW)
    decision = extend(world, task, until=UNTIL)
    extended = Task.objects.get(pk=task.pk)
    assert (extended.due_on, extended.extended_by, extended.escalated_at) == (UNTIL, decision.pk, None)
    assert Case.objects.get(pk=world.case_id).next_deadline == decision.decided_on


def test_a_draft_moves_nothing(world):
    task = clock(world)
    draft(world, kind=DecisionKind.EXTENSION, code="sol_19_inquiry", **EXTENSION, extends=task, ends_on=UNTIL)
    assert Task.objects.get(pk=task.pk).due_on == task.due_on


@pytest.mark.parametrize("flaw", [{"extends": None}, {"ends_on": None}], ids=["of no clock", "without a day"])
def test_a_decision_that_does_not_say_what_or_until_when_is_not_signed(world, flaw):
    with pytest.raises(NotReadyToSign):
        extend(world, clock(world), **{"until": UNTIL, **flaw})


def test_a_clock_of_another_case_is_not_lengthened_here(world, cast):
    from tests.cast import make_case

    other = World(cast, make_case(worker=cast.worker), world.opened)
    other.opened = lambda user: world.opened(user, which=other.case_id)
    with pytest.raises(law_clocks.CannotBeExtended):
        extend(other, clock(world), until=UNTIL)


def test_a_clock_that_has_ended_is_not_lengthened(world):
    task = clock(world)
    world.call(world.cast.supervisor, "law_clocks.drop", task=task, reason="Fel ålder.")
    with pytest.raises(law_clocks.CannotBeExtended):
        extend(world, Task.objects.get(pk=task.pk), until=UNTIL)


def test_fourteen_days_are_lengthened_for_special_reasons_alone(world):
    task = clock(world, rule="preliminary")
    given = {"until": UNTIL, "code": "sol_19_preliminary"}
    with pytest.raises(law_clocks.SpecialReasonsMissing):
        extend(world, task, **given)
    extend(world, task, has_special_reasons=True, **given)
    assert Task.objects.get(pk=task.pk).due_on == UNTIL


@pytest.mark.parametrize(("rule", "until"), [("transfer_reply", UNTIL), ("inquiry_child", date(2026, 7, 2))])
def test_what_the_law_never_lengthens_and_an_earlier_day_are_refused(world, rule, until):
    with pytest.raises(law_clocks.CannotBeExtended):
        extend(world, clock(world, rule=rule), until=until, has_special_reasons=True)


def test_a_task_of_ones_own_is_no_clock_to_lengthen(world):
    with pytest.raises(law_clocks.CannotBeExtended):
        extend(world, add(world), until=UNTIL)


def test_no_verb_takes_a_new_day_for_a_clock():
    import inspect

    from tests.universe import ACTIONS

    takes_day = {name for name, verb in ACTIONS.items() if "due_on" in inspect.signature(verb).parameters}
    assert takes_day == {"tasks.add"}


@pytest.mark.parametrize("how", list(TaskEnd))
def test_a_clock_that_ends_by_what_it_waits_for_cannot_be_ticked_off(world, how):
    with pytest.raises(tasks.EndsByItself):
        world.call(world.cast.worker, "tasks.end", task=clock(world), how=how)


def test_a_supervisor_drops_a_clock_with_a_reason_that_is_sealed_and_a_worker_does_not(world):
    task = clock(world)
    with pytest.raises(Refused):
        world.call(world.cast.worker, "law_clocks.drop", task=task, reason="Fel ålder.")
    dropped = world.call(world.cast.supervisor, "law_clocks.drop", task=task, reason="Fel ålder.")
    assert dropped.ended == "passed"
    with world.opened(world.cast.worker):
        assert Task.objects.get(pk=task.pk).end_reason == "Fel ålder."


def test_what_comes_round_again_starts_anew_when_it_is_done(world):
    task = clock(world, rule="placement_review")
    world.call(world.cast.worker, "tasks.end", task=task, how=TaskEnd.DONE)
    again = Task.objects.get(rule="placement_review", ended="")
    assert (again.starts_on, again.due_on) == (NOW.date(), date(2026, 9, 2))
    with pytest.raises(tasks.NotToBeReopened):
        world.call(world.cast.worker, "tasks.reopen", task=task)


def test_a_task_is_handed_to_a_colleague_with_access_and_to_nobody_else(world):
    task = add(world)
    with pytest.raises(tasks.NoAccess):
        world.call(world.cast.worker, "tasks.hand_over", task=task, to=world.cast.colleague.pk)
    with pytest.raises(tasks.NoAccess):
        world.call(world.cast.worker, "tasks.hand_over", task=task, to=world.cast.auditor.pk)
    handed = world.call(world.cast.worker, "tasks.hand_over", task=task, to=world.cast.supervisor.pk)
    assert handed.assigned_to_id == world.cast.supervisor.pk


def test_a_tick_is_taken_back_by_her_who_made_it_and_on_that_day(world):
    task = add(world)
    world.call(world.cast.worker, "tasks.end", task=task, how=TaskEnd.DONE)
    with pytest.raises(tasks.AlreadyEnded):
        world.call(world.cast.worker, "tasks.end", task=task, how=TaskEnd.DONE)
    with pytest.raises(tasks.NotToBeReopened):
        world.call(world.cast.supervisor, "tasks.reopen", task=task)
    assert world.call(world.cast.worker, "tasks.reopen", task=task).ended == ""


def test_a_change_of_law_is_a_new_row_and_counts_for_what_starts_after_it(world):
    """From 1 June ten days instead of fourteen; a clock that started before keeps its fourteen."""
    old = DeadlineRule.objects.get(code="preliminary")
    values = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.attname != "id"}
    DeadlineRule.objects.create(**{**values, "length": 10, "valid_from": date(2026, 6, 1)})
    with world.opened(world.cast.worker) as (found, actor):
        start = {"case": found.case, "rule": "preliminary", "by": actor, "now": NOW}
        before = tasks.start_clock(starts_on=date(2026, 5, 29), **start)
        after = tasks.start_clock(starts_on=date(2026, 6, 1), **start)
    assert (before.due_on, after.due_on) == (date(2026, 6, 12), date(2026, 6, 11))


def test_a_repealed_rule_starts_nothing_and_one_taken_back_never_counts(world):
    from cases.queries.rules import NoSuchRule, rule_on

    old = DeadlineRule.objects.get(code="preliminary")
    values = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.attname != "id"}
    taken_back = {"length": 99, "valid_from": date(2026, 6, 1), "valid_to": date(2026, 5, 31)}
    DeadlineRule.objects.create(**{**values, **taken_back})
    assert rule_on(date(2026, 7, 1), code="preliminary") == old
    assert rule_on(date(2001, 1, 1), code="preliminary") == old
    DeadlineRule.objects.filter(pk=old.pk).update(valid_to=date(2026, 5, 31))
    assert rule_on(date(2026, 5, 31), code="preliminary") == old
    with pytest.raises(NoSuchRule):
        rule_on(date(2026, 6, 1), code="preliminary")


def test_the_database_lets_nobody_edit_a_rule(world):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineRule.objects.filter(code="preliminary").update(length=99)
