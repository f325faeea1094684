"""Scenario 23, the clock's part: acute protection before the inquiry is done flags that it is to be completed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import make_case
from tests.integration.clocks.conftest import Life, noon

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.mark.parametrize("first", [[], ["inquiry"]])
def test_protection_before_the_inquiry_asks_for_its_completion_within_fourteen_days(cast, first):
    life = Life(cast, make_case(worker=cast.worker, at=noon(DAY)), DAY)
    for stage in [*first, "acute"]:
        life.move(stage)
    assert life.open_clocks()["acute_complete"] == date(2027, 3, 15)
    life.move("inquiry")
    assert "acute_complete" in life.open_clocks()
    life.move("agreement")
    assert "acute_complete" not in life.open_clocks()
