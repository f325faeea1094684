"""Every number stands where it belongs: its square, its bar, its words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from audit.pictures import CEILING, FLOOR, LEFT, SIDE_X, SIDE_Y, TOP, WIDTH, day_bars, heat_map
from audit.rhythm import LONGEST, Rhythm, stretch

MONDAY = date(2026, 3, 2)


def test_every_hour_of_the_week_has_its_square_and_number():
    counts = {(0, 9): 10, (6, 23): 1, (2, 0): 5}
    drawn = heat_map(counts=counts)
    assert len(drawn.squares) == 7 * 24
    at = {(square.x, square.y): square for square in drawn.squares}
    for (day, hour), number in counts.items():
        assert at[LEFT + hour * SIDE_X, TOP + day * SIDE_Y].number == number
    assert sum(square.number for square in drawn.squares) == 16
    assert {square.number: square.step for square in drawn.squares} == {0: 0, 1: 1, 5: 3, 10: 5}


def test_nothing_is_drawn_of_nothing_and_the_least_is_never_lost():
    assert {square.step for square in heat_map(counts={}).squares} == {0}
    drawn = day_bars(days=[(MONDAY, 1), (MONDAY + timedelta(days=1), 5000), (MONDAY + timedelta(days=2), 0)])
    assert [bar.height > 0 for bar in drawn.bars] == [True, True, False]


@pytest.mark.parametrize("highest", [0, 1, 3, 5, 7, 19, 20, 99, 100, 101, 54_321])
def test_bars_stay_below_the_highest_line_whatever_the_numbers(highest):
    drawn = day_bars(days=[(MONDAY + timedelta(days=n), highest * (n == 4)) for n in range(91)])
    assert min(y for y, _ in drawn.lines) == CEILING
    assert max(y for y, _ in drawn.lines) == FLOOR
    assert len(drawn.lines) <= 6
    assert all(CEILING <= bar.y <= FLOOR for bar in drawn.bars)
    assert max(bar.x for bar in drawn.bars) + drawn.bar <= WIDTH
    assert len({text for _, text in drawn.lines}) == len(drawn.lines)


def test_by_weekday_and_by_day_hold_the_same_readings():
    counts = Counter({(MONDAY, 9): 2, (MONDAY + timedelta(days=7), 9): 3, (MONDAY + timedelta(days=1), 0): 1})
    found = Rhythm(MONDAY, MONDAY + timedelta(days=8), counts)
    assert found.by_weekday() == {(0, 9): 5, (1, 0): 1}
    days = found.by_day()
    assert (len(days), sum(number for _, number in days)) == (9, 6)


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (None, None, -90, 0),
        (-10, None, -10, 0),
        (-400, -300, -390, -300),
        (-400, -395, -400, -395),
        (5, 30, -90, 0),
    ],
)
def test_stretch_is_the_last_thirteen_weeks_of_what_was_asked_for(since, until, first, last):
    def day(number):
        return None if number is None else MONDAY + timedelta(days=number)

    found = stretch(since=day(since), until=day(until), today=MONDAY)
    assert found == (day(first), day(last))
    assert found[1] - found[0] < LONGEST
