"""Follow-ups are written down in a case that has ended, and nothing else ends their clocks."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Leaf
from cases.access import Refused
from cases.actions import follow_ups, notes, tasks
from cases.models import FollowUp
from cases.models.follow_up import Point
from cases.models.task import TaskEnd
from tests.universe.follow_ups import HOW_IT_WENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(begin):
    """A case that was closed on the last of August."""
    life = begin(date(2027, 8, 31), birth_date=date(1990, 6, 7))
    for stage in ("inquiry", "agreement"):
        life.move(stage)
    life.move("closed", closure_reason="goals_met")
    return life


def test_each_follow_up_ends_its_own_clock(ended):
    for day, point in ((date(2028, 2, 28), 6), (date(2028, 9, 1), 12), (date(2029, 8, 1), 24)):
        ended.day = day
        before = ended.open_clocks()
        with ended.opened() as verb:
            follow_ups.note(point=Point(point), values={**HOW_IT_WENT, "happened_on": day}, **verb)
        assert set(before) - set(ended.open_clocks()) == {f"follow_up_{point}"}
    assert FollowUp.objects.filter(case=ended.case).count() == 3
    assert Leaf.objects.filter(event="follow_up.noted").count() == 3


def test_clock_of_a_follow_up_is_not_ticked_off(ended):
    with ended.opened() as verb, pytest.raises(tasks.EndsByItself):
        tasks.end(task=ended.tasks(rule="follow_up_6")[0], how=TaskEnd.DONE, **verb)


def test_ended_case_takes_a_follow_up_and_no_note(ended):
    with ended.opened() as verb:
        with pytest.raises(Refused):
            notes.start(**verb)
        assert follow_ups.note(point=Point.SIX, values=HOW_IT_WENT, **verb).months == 6


def test_same_follow_up_is_written_down_once(ended):
    with ended.opened() as verb:
        follow_ups.note(point=Point.SIX, values=HOW_IT_WENT, **verb)
        with pytest.raises(follow_ups.AlreadyNoted):
            follow_ups.note(point=Point.SIX, values=HOW_IT_WENT, **verb)


def test_case_at_work_is_not_followed_up(begin):
    life = begin(date(2027, 8, 31))
    with life.opened() as verb, pytest.raises(follow_ups.NotEndedYet):
        follow_ups.note(point=Point.SIX, values=HOW_IT_WENT, **verb)


def test_what_was_wrong_is_put_right_and_the_first_wording_stays(ended):
    with ended.opened() as verb:
        noted = follow_ups.note(point=Point.SIX, values=HOW_IT_WENT, **verb)
        follow_ups.change(follow_up=noted, values={**HOW_IT_WENT, "housing": "custody"}, version=1, **verb)
        versions = noted.history.order_by("history_date", "version").values_list("pk", flat=True)
        assert len(versions) == 2
        assert {row.housing for row in noted.history.all()} == {"own", "custody"}
        assert FollowUp.objects.get(pk=noted.pk).housing == "custody"


def test_first_meeting_of_an_enquiry_is_waited_for_in_the_case_that_it_became(cast):
    from cases.actions import cases as case_actions
    from cases.actions import enquiries
    from cases.models import Case, Task
    from cases.models.enquiry import Source
    from cases.workflow import Track
    from tests.cast import NOW, acting, person_data
    from tests.universe.enquiries import contact

    with acting(cast.worker) as actor:
        enquiry = enquiries.register(**contact(), by=actor, now=NOW)
        made = case_actions.open_case(
            track=Track.EXIT,
            person=person_data(),
            source=Source.SELF,
            need="x",
            enquiry=enquiry,
            responsible=cast.worker,
            by=actor,
            now=NOW,
        )
    task = Task.objects.get(case=made, rule="first_meeting")
    assert task.due_on == date(2026, 3, 5)
    # A colleague of the unit who has no access to the case handles its enquiry.
    with acting(cast.colleague) as actor:
        enquiries.note_first_meeting(enquiry=enquiry, on=date(2026, 3, 4), by=actor, now=NOW)
    assert Task.objects.get(pk=task.pk).ended == "done"
    assert Case.objects.get(pk=made.pk).next_deadline is None
