"""Known scores give known totals and changes; what was not assessed is never progress."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.needs import AREA_NAMES, HIGHEST, SCORE_NAMES, Area, Total, change, total, total_change

BEFORE = {"housing": 4, "economy": 2, "school": None, "health": 1}
AFTER = {"housing": 1, "economy": 3, "school": 2, "crime": 4}
SCORES = st.dictionaries(st.sampled_from(sorted(Area)), st.none() | st.integers(0, HIGHEST))


def test_total_adds_what_was_assessed_and_says_of_how_many():
    assert total(BEFORE) == Total(points=7, areas=3)
    assert total(BEFORE).most == 12
    assert total({}) == Total(0, 0)


@pytest.mark.parametrize(
    ("area", "expected"),
    [("housing", -3), ("economy", 1), ("school", None), ("health", None), ("crime", None)],
)
def test_change_of_an_area_needs_both_times(area, expected):
    assert change(before=BEFORE, after=AFTER, area=area) == expected


def test_change_of_the_total_is_over_the_areas_of_both():
    assert total_change(before=BEFORE, after=AFTER) == Total(points=-2, areas=2)
    assert total_change(before={"school": 1}, after={"housing": 1}) is None


@given(before=SCORES, after=SCORES)
def test_there_and_back_is_no_change(before, after):
    there, back = total_change(before=before, after=after), total_change(before=after, after=before)
    assert (there is None) == (back is None)
    if there and back:
        assert (there.points, there.areas) == (-back.points, back.areas)


@given(scores=SCORES, area=st.sampled_from(sorted(Area)))
def test_leaving_an_area_out_never_looks_like_progress(scores, area):
    left_out = {**scores, area: None}
    moved = total_change(before=scores, after=left_out)
    assert moved is None or moved.points == 0


def test_every_area_and_score_has_its_words():
    assert set(AREA_NAMES) == set(Area)
    assert set(SCORE_NAMES) == set(range(HIGHEST + 1))
