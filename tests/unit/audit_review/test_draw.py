"""The draw: everybody within the year, nobody twice before everybody once, the same seed the same draw."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.review.draw import WrongSeed, check, commitment_to, draw, how_many, seed_of
from audit.review.months import Month, ended_months, midnight

ROOT = bytes(range(32))
YEAR = 2026
MONTHS = [Month(YEAR, number) for number in range(1, 13)]


def people(number: int) -> list[UUID]:
    return [UUID(int=place + 1) for place in range(number)]


def days_up_to(month: Month, *, everyone, random: Random) -> dict[UUID, set[date]]:
    """Each person's days so far: a handful a month, and none at all for some in some months."""
    first, last = date(YEAR, 1, 1), month.next.first_day
    span = (last - first).days
    return {
        person: {first + timedelta(days=random.randrange(span)) for _ in range(random.randint(0, 5))}
        for person in everyone
    }


def a_year(*, number: int, root: bytes = ROOT, every_day: bool = True) -> dict[Month, list[UUID]]:
    drawn: Counter[UUID] = Counter()
    found = {}
    for month in MONTHS:
        active = {person: {month.first_day} for person in people(number)}
        found[month] = [
            one.person
            for one in draw(
                seed=seed_of(root=root, month=month), month=month, active=active, drawn_before=drawn
            )
        ]
        drawn.update(found[month])
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 7, 10, 11, 12, 13, 25, 60, 240])
def test_everybody_is_drawn_within_the_year(number):
    drawn = {person for month in a_year(number=number).values() for person in month}
    assert drawn == set(people(number))


@pytest.mark.parametrize("number", [3, 25, 60])
def test_nobody_is_drawn_twice_before_everybody_has_been_drawn_once(number):
    seen: set[UUID] = set()
    for month in a_year(number=number).values():
        again = set(month) & seen
        assert not again or seen | set(month) == set(people(number))
        seen |= set(month)


def test_each_month_draws_at_least_a_tenth():
    assert all(len(month) >= 6 for month in a_year(number=60).values())


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_whoever_acted_at_any_time_of_the_year_is_drawn_when_people_come_and_go(data):
    random = Random(data.draw(st.integers(0, 2**32)))
    everyone = people(data.draw(st.integers(1, 30)))
    drawn: Counter[UUID] = Counter()
    all_days: dict[UUID, set[date]] = {person: set() for person in everyone}
    for month in MONTHS:
        for person in everyone:
            if random.random() < 0.3:
                all_days[person].add(month.first_day + timedelta(days=random.randrange(28)))
        seed = seed_of(root=ROOT, month=month)
        now = draw(seed=seed, month=month, active=all_days, drawn_before=drawn)
        drawn.update(one.person for one in now)
    assert set(drawn) == {person for person, days in all_days.items() if days}


def test_same_seed_gives_the_same_draw_and_another_seed_another():
    assert a_year(number=60) == a_year(number=60)
    assert a_year(number=60) != a_year(number=60, root=bytes(32))


def test_draw_does_not_depend_on_the_order_in_which_people_are_given():
    month, seed = MONTHS[4], seed_of(root=ROOT, month=MONTHS[4])
    active = days_up_to(month, everyone=people(40), random=Random(1))
    backwards = dict(reversed(active.items()))
    assert draw(seed=seed, month=month, active=active, drawn_before={}) == draw(
        seed=seed, month=month, active=backwards, drawn_before={}
    )


def test_window_is_a_whole_day_on_which_the_person_acted_in_the_month():
    month = MONTHS[4]
    days = {date(YEAR, 5, 11), date(YEAR, 5, 20), date(YEAR, 2, 3)}
    (one,) = draw(
        seed=seed_of(root=ROOT, month=month), month=month, active={UUID(int=1): days}, drawn_before={}
    )
    assert one.starts_at.date() in {date(YEAR, 5, 11), date(YEAR, 5, 20)}
    assert one.starts_at == midnight(one.starts_at.date())


def test_whoever_was_away_in_the_month_is_read_on_a_day_before_it():
    month = MONTHS[4]
    (one,) = draw(
        seed=seed_of(root=ROOT, month=month),
        month=month,
        active={UUID(int=1): {date(YEAR, 2, 3)}},
        drawn_before={},
    )
    assert one.starts_at.date() == date(YEAR, 2, 3)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 24), (date(2026, 10, 25), 25), (date(2026, 5, 11), 24)]
)
def test_window_has_at_least_24_hours_also_when_the_clocks_change(day, hours):
    month = Month.of(day)
    (one,) = draw(
        seed=seed_of(root=ROOT, month=month), month=month, active={UUID(int=1): {day}}, drawn_before={}
    )
    assert one.ends_at.timestamp() - one.starts_at.timestamp() == hours * 3600


def test_nobody_who_has_done_nothing_is_drawn():
    assert draw(seed=ROOT, month=MONTHS[0], active={UUID(int=1): set()}, drawn_before={}) == []


def test_all_who_are_left_are_drawn_in_december():
    assert how_many(people=30, undrawn=9, month=MONTHS[11]) == 9
    assert how_many(people=30, undrawn=0, month=MONTHS[11]) == 3
    assert how_many(people=30, undrawn=30, month=MONTHS[0]) == 3


@pytest.mark.parametrize("month", MONTHS, ids=lambda month: month.code)
def test_seed_leads_back_to_what_was_committed_to(month):
    check(seed=seed_of(root=ROOT, month=month), month=month, commitment=commitment_to(ROOT))


def test_seed_of_a_month_tells_the_earlier_ones_and_none_of_the_later():
    seeds = [seed_of(root=ROOT, month=month) for month in MONTHS]
    assert all(sha256(later).digest() == earlier for earlier, later in pairwise(seeds))


@pytest.mark.parametrize("seed", [bytes(32), b"", seed_of(root=ROOT, month=MONTHS[5])])
def test_another_seed_is_refused(seed):
    with pytest.raises(WrongSeed):
        check(seed=seed, month=MONTHS[4], commitment=commitment_to(ROOT))


def test_months_end_in_stockholm_and_are_due_three_weeks_later():
    march = Month(2026, 3)
    assert march.ends_at.isoformat() == "2026-04-01T00:00:00+02:00"
    assert march.starts_at.isoformat() == "2026-03-01T00:00:00+01:00"
    assert march.due_on == date(2026, 4, 21)
    assert ended_months(since=march.starts_at, now=march.ends_at) == [march]
    assert ended_months(since=march.starts_at, now=march.ends_at - timedelta(seconds=1)) == []
    assert Month(2026, 12).next == Month(2027, 1)
