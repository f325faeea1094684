"""The one rule about contact: a way that is not safe is never used, one that is not known never without a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.safe_contact import Obstacle, Way, obstacle, telling_word

TODAY = date(2026, 3, 2)
DAYS = st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))


def ask(*, is_safe: bool | None = True, ended_on=None, reason="", deceased_on=None):
    return obstacle(way=Way(is_safe, ended_on), reason=reason, deceased_on=deceased_on, on=TODAY)


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ({}, None),
        ({"is_safe": False}, Obstacle.UNSAFE),
        ({"is_safe": False, "reason": "Måste nå henne."}, Obstacle.UNSAFE),
        ({"is_safe": None}, Obstacle.REASON_MISSING),
        ({"is_safe": None, "reason": "  "}, Obstacle.REASON_MISSING),
        ({"is_safe": None, "reason": "Hon har flyttat i natt."}, None),
        ({"ended_on": TODAY}, Obstacle.ENDED),
        ({"ended_on": TODAY + timedelta(days=1)}, None),
        ({"deceased_on": TODAY}, Obstacle.DECEASED),
        ({"deceased_on": TODAY + timedelta(days=1)}, None),
    ],
)
def test_what_stands_in_the_way(given_, found):
    assert ask(**given_) == found


@given(ended_on=DAYS, reason=st.text(max_size=20), deceased_on=DAYS)
def test_nothing_lets_an_unsafe_way_through(ended_on, reason, deceased_on):
    assert ask(is_safe=False, ended_on=ended_on, reason=reason, deceased_on=deceased_on) is not None


@given(is_safe=st.sampled_from([True, None, False]), ended_on=DAYS, reason=st.text(max_size=20))
def test_nobody_contacts_one_who_has_died(is_safe, ended_on, reason):
    assert ask(is_safe=is_safe, ended_on=ended_on, reason=reason, deceased_on=TODAY) == Obstacle.DECEASED


@pytest.mark.parametrize(
    "sender",
    [
        "Avhopparenheten",
        "SOCIALTJÄNSTEN\nBox 1",
        "Exit Provkommun",
        "Polisen i Prov",
        "Gruppen mot gängkriminalitet",
    ],
)
def test_sender_that_tells_is_found(sender):
    assert telling_word(sender)


@pytest.mark.parametrize(
    "sender", ["Provkommun\nBox 100\n000 00 Provstad", "Kommunhuset", "Maria Ek, Storgatan 1"]
)
def test_neutral_sender_is_left_alone(sender):
    assert telling_word(sender) == ""
