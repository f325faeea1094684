"""Clocks start and stop by what happens to the case, and each is in the leaf of what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit.models import Leaf, LeafSubject
from cases.deadlines import FOLLOW_UPS
from cases.models import Task
from tests.integration.clocks.conftest import noon

pytestmark = pytest.mark.django_db
YOUNG, GROWN = date(2012, 9, 14), date(1990, 6, 7)


def told(event: str) -> set:
    """The rows that the last leaf of an event names."""
    leaf = Leaf.objects.filter(event=event).latest("id")
    return set(LeafSubject.objects.filter(leaf=leaf.pk).values_list("row", flat=True))


def test_a_report_starts_its_two_clocks_from_the_day_it_was_received(begin):
    life = begin(date(2027, 3, 12), track="prevention", birth_date=GROWN)
    # Fourteen days from that Friday is Good Friday.
    assert life.open_clocks() == {
        "protection_assessment": date(2027, 3, 12),
        "preliminary": date(2027, 3, 30),
    }
    assert {task.pk for task in life.tasks()} <= told("case.opened")


def test_an_enquiry_before_it_gives_the_day(begin, cast):
    from cases.actions import cases, enquiries
    from cases.models import Case
    from cases.models.enquiry import Source
    from cases.workflow import Track
    from tests.cast import acting, person_data
    from tests.universe.enquiries import contact

    received, opened = noon(date(2027, 3, 1)), noon(date(2027, 3, 5))
    with acting(cast.worker, at=received) as actor:
        enquiry = enquiries.register(**contact(received_at=received), by=actor, now=received)
    with acting(cast.worker, at=opened) as actor:
        made = cases.open_case(
            track=Track.PREVENTION,
            person=person_data(birth_date=GROWN),
            source=Source.SCHOOL,
            need="Oro.",
            enquiry=enquiry,
            responsible=cast.worker,
            by=actor,
            now=opened,
        )
    assert Task.objects.get(case=made, rule="preliminary").due_on == date(2027, 3, 15)
    assert Case.objects.get(pk=made.pk).next_deadline == date(2027, 3, 1)


def test_received_day_of_the_form_goes_before_that_of_the_enquiry(cast):
    from cases.actions import cases
    from cases.models.enquiry import Source
    from cases.workflow import Track
    from tests.cast import acting, person_data

    now = noon(date(2027, 3, 5))
    with acting(cast.worker, at=now) as actor:
        made = cases.open_case(
            track=Track.PREVENTION,
            person=person_data(birth_date=GROWN),
            source=Source.SCHOOL,
            need="Oro.",
            enquiry=None,
            responsible=cast.worker,
            by=actor,
            now=now,
            received_on=date(2027, 3, 2),
        )
    assert Task.objects.get(case=made, rule="preliminary").due_on == date(2027, 3, 16)


@pytest.mark.parametrize(("born", "runs"), [(YOUNG, True), (GROWN, False)])
def test_four_months_run_for_a_child_and_not_for_a_grown_up(begin, born, runs):
    life = begin(date(2027, 3, 1), birth_date=born)
    life.day = date(2027, 10, 29)
    life.move("inquiry")
    clocks = life.open_clocks()
    assert ("inquiry_child" in clocks) is runs
    if runs:
        assert clocks["inquiry_child"] == date(2028, 2, 29)
        assert Task.objects.get(rule="inquiry_child").pk in told("stage.approved")


def test_acute_protection_leaves_the_inquiry_running_and_asks_for_its_completion(begin):
    life = begin(date(2027, 3, 1), birth_date=YOUNG)
    life.move("inquiry")
    before = life.open_clocks()["inquiry_child"]
    life.day = date(2027, 3, 8)
    life.move("acute")
    assert life.open_clocks()["acute_complete"] == date(2027, 3, 22)
    life.day = date(2027, 3, 15)
    life.move("inquiry")
    assert life.open_clocks()["inquiry_child"] == before
    assert len(life.tasks(rule="inquiry_child")) == 1
    life.move("agreement")
    assert {"inquiry_child", "acute_complete"} & set(life.open_clocks()) == set()
    assert {task.ended for task in life.tasks(rule="inquiry_child")} == {"done"}


def test_closure_ends_what_waits_and_starts_the_follow_ups(begin):
    life = begin(date(2027, 8, 31), birth_date=GROWN)
    for stage in ("inquiry", "agreement"):
        life.move(stage)
    with life.opened() as verb:
        from cases.actions import tasks
        from cases.models.task import TaskKind

        tasks.add(
            kind=TaskKind.CALL, text="x", due_on=date(2028, 1, 1), assigned_to=life.cast.worker.pk, **verb
        )
    life.move("closed", closure_reason="own_request")
    assert life.open_clocks() == {
        "follow_up_6": date(2028, 2, 29),
        "follow_up_12": date(2028, 8, 31),
        "follow_up_24": date(2029, 8, 31),
    }
    assert [task.ended for task in life.tasks(rule="")] == ["passed"]


def test_a_childs_inquiry_goes_on_after_a_move(begin):
    life = begin(date(2027, 3, 1), birth_date=YOUNG)
    life.move("inquiry")
    life.move("closed", closure_reason="moved")
    assert "inquiry_child" in life.open_clocks()
    life.day += timedelta(days=30)
    life.move("followed_up")
    assert set(life.open_clocks()) == {"inquiry_child", *FOLLOW_UPS.values()}


def test_case_called_followed_up_still_waits_for_the_follow_ups_that_are_left(begin):
    from cases.actions import follow_ups
    from cases.models.follow_up import Point
    from tests.universe.follow_ups import HOW_IT_WENT

    life = begin(date(2027, 8, 31), birth_date=GROWN)
    for stage in ("inquiry", "agreement"):
        life.move(stage)
    life.move("closed", closure_reason="own_request")
    life.day = date(2028, 2, 28)
    with life.opened() as verb:
        follow_ups.note(point=Point.SIX, values={**HOW_IT_WENT, "happened_on": life.day}, **verb)
    life.move("followed_up")
    assert life.open_clocks() == {"follow_up_12": date(2028, 8, 31), "follow_up_24": date(2029, 8, 31)}
    life.day = date(2028, 8, 30)
    with life.opened() as verb:
        follow_ups.note(point=Point.TWELVE, values={**HOW_IT_WENT, "happened_on": life.day}, **verb)
    assert set(life.open_clocks()) == {"follow_up_24"}


def test_next_deadline_is_the_nearest_clock_and_never_a_birthday(begin):
    from cases.models import Case

    life = begin(date(2027, 3, 1), track="prevention", birth_date=date(2012, 3, 20))
    assert Case.objects.get(pk=life.case).next_deadline == date(2027, 3, 1)
    life.move("preliminary")
    assert Case.objects.get(pk=life.case).next_deadline == date(2027, 3, 15)
    life.move("inquiry")
    life.move("agreement")
    assert "age_15" in life.open_clocks()
    assert Case.objects.get(pk=life.case).next_deadline == date(2027, 3, 8)
