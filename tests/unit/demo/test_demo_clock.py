"""Stories of the demo take turns in the order of time, and nothing happens after now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from avhopp.demo.clock import office_hour, tell

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@given(st.lists(st.lists(st.integers(-500, 500), max_size=6).map(sorted), max_size=6))
def test_acts_come_in_the_order_of_time_and_none_after_now(stories):
    done = []

    def story(hours):
        for hour in hours:
            at = NOW + timedelta(hours=hour)
            yield at
            done.append(at)

    tell([story(hours) for hours in stories], until=NOW)
    assert done == sorted(done)
    assert len(done) == sum(hour <= 0 for hours in stories for hour in hours)


@given(st.dates(date(2023, 1, 1), date(2030, 12, 31)), st.integers())
def test_work_is_done_on_weekdays_in_office_hours(day, seed):
    at = office_hour(day, random=Random(seed))
    assert at.weekday() < 5
    assert 8 <= at.hour < 16
    assert timedelta(0) <= day - at.date() <= timedelta(2)
