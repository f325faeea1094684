"""A drawing of values over time: even time, the scale's whole height, and words only where there is room."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cases.trend import FIRST, FLOOR, LAST, LEAST_BETWEEN_WORDS, TOP, WIDTH, Value, draw

SCALE = [(-2, "−2"), (0, "0"), (2, "+2")]
START = date(2026, 1, 1)


def value(days: int, number: int) -> Value:
    return Value(START + timedelta(days=days), number, str(number))


def test_lowest_stands_on_the_floor_and_highest_at_the_top():
    drawn = draw(values=[value(0, -2), value(10, 2)], scale=SCALE)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(FIRST, FLOOR), (LAST, TOP)]
    assert [line.text for line in drawn.lines] == ["−2", "0", "+2"]
    assert drawn.path == f"{FIRST},{FLOOR} {LAST},{TOP}"


def test_time_runs_evenly():
    first, middle, last = draw(values=[value(0, 0), value(5, 0), value(10, 0)], scale=SCALE).marks
    assert middle.x - first.x == last.x - middle.x


def test_one_day_alone_stands_in_the_middle():
    (mark,) = draw(values=[value(3, 1)], scale=SCALE).marks
    assert FIRST < mark.x < LAST


def test_nothing_measured_is_an_empty_drawing():
    drawn = draw(values=[], scale=SCALE)
    assert (drawn.marks, drawn.path) == ([], "")


def test_newest_keeps_its_words_when_days_stand_close():
    marks = draw(values=[value(0, 0), value(99, 1), value(100, 2)], scale=SCALE).marks
    assert [mark.is_written for mark in marks] == [True, False, True]


@given(st.lists(st.builds(value, st.integers(0, 3000), st.integers(-2, 2)), min_size=1, max_size=30))
def test_everything_stays_inside_and_written_days_never_touch(values):
    drawn = draw(values=values, scale=SCALE)
    assert len(drawn.marks) == len(values)
    assert all(0 < mark.x < WIDTH and TOP <= mark.y <= FLOOR for mark in drawn.marks)
    written = [mark.x for mark in drawn.marks if mark.is_written]
    assert written
    assert all(b - a >= LEAST_BETWEEN_WORDS for a, b in pairwise(written))
