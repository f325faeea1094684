"""The invented municipality tells the same things every time, in order, about nobody who exists."""

from __future__ import annotations

import inspect
import itertools
import re
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from avhopp.demo import texts
from avhopp.demo.clock import tell
from avhopp.demo.people import FAMILY, PUBLISHED_TEST_NUMBERS
from avhopp.demo.plans import all_plans
from avhopp.demo.stories import CaseStory, enquiry_stories
from avhopp.demo.work import Office
from cases.identity import contains_identity_number, normalised
from cases.models.person import IdentityKind
from cases.workflow import CLOSURE_REASONS, ORDER, Stage, Track, is_way

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
FIRST_NAMES_ONLY_INVENTED = re.compile(r"^(Exempel|Prov|Låtsas|Påhitt|Fiktiv|Test|Sken|Attrapp|Modell|Mall)")


class Recorder:
    """An office that writes down what it is asked to do, and does nothing."""

    def __init__(self):
        self.done = []

    def __getattr__(self, name):
        assert inspect.isfunction(getattr(Office, name))

        def write_down(**arguments):
            self.done.append((name, arguments))
            return UUID(int=len(self.done))

        return write_down


def told(now=NOW):
    office, random = Recorder(), Random(1)
    plans = all_plans(today=now.date(), random=random)
    stories = [
        CaseStory(office=office, plan=plan, random=Random(plan.number), now=now).tell() for plan in plans
    ]
    tell(stories + enquiry_stories(office=office, random=random, now=now), until=now)
    return office.done


@pytest.fixture(scope="module")
def acts():
    return told()


def people(acts):
    return [arguments["person"] for name, arguments in acts if name == "open_case"]


def test_the_same_is_told_every_time(acts):
    assert told() == acts


def test_acts_come_in_order_and_none_is_in_the_future(acts):
    times = [arguments["at"] for _, arguments in acts]
    assert times == sorted(times)
    assert times[-1] <= NOW


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5, 6, 40, 400])
def test_whatever_day_it_is_every_case_at_work_is_told_to_its_end(acts, days):
    later = [name for name, _ in told(NOW + timedelta(days=days))]
    for act in ("draft", "correct", "send_back", "give_access", "change"):
        assert later.count(act) == [name for name, _ in acts].count(act)


def test_about_sixty_people(acts):
    assert 55 <= len(people(acts)) <= 65


def test_every_number_is_published_for_tests_or_cannot_be_anyones(acts):
    kinds = {person.identity_kind for person in people(acts)}
    assert kinds == {IdentityKind.PERSONNUMMER, IdentityKind.INTERIM, IdentityKind.UNKNOWN}
    for person in people(acts):
        if person.identity_kind == IdentityKind.PERSONNUMMER:
            assert person.birth_date == PUBLISHED_TEST_NUMBERS[person.identity_number]
        else:
            assert not contains_identity_number(person.identity_number)
        kept = normalised(kind=person.identity_kind, typed=person.identity_number, today=NOW.date())
        assert kept == person.identity_number


def test_every_family_name_says_that_it_is_invented():
    assert [name for name in FAMILY if not FIRST_NAMES_ONLY_INVENTED.match(name)] == []


def test_every_telephone_number_is_kept_for_fiction(acts):
    # PTS: 070-1740605 to 070-1740699 are never given to a subscriber.
    assert all(
        70 * 10**7 + 1740605 <= int(p.phone.replace("-", "")) <= 70 * 10**7 + 1740699 for p in people(acts)
    )


def test_every_stage_of_every_track_has_a_note_and_a_reason():
    for track, stages in ORDER.items():
        assert texts.NEEDS[track]
        for stage in stages:
            assert texts.NOTES[stage]
        for stage in stages[1:]:
            assert texts.REASONS[stage]


def test_every_planned_step_is_a_way_of_the_workflow():
    for plan in all_plans(today=NOW.date(), random=Random(1)):
        stages = (ORDER[plan.track][0], *plan.path)
        ways = itertools.pairwise(stages)
        assert all(is_way(track=plan.track, origin=origin, target=target) for origin, target in ways)
        assert (Stage.CLOSED in plan.path) == (plan.closure_reason in CLOSURE_REASONS)


def test_every_track_is_shown_at_work_and_ended():
    plans = all_plans(today=NOW.date(), random=Random(1))
    assert {(plan.track, plan.deadline is None) for plan in plans} == {
        (track, ended) for track in Track for ended in (True, False)
    }
