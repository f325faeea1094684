"""Who may be the same person, and who is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.likeness import Known, may_be_same, skeleton

BORN = date(1990, 6, 7)


def known(name="Prov Provsson", number="", born=BORN):
    return Known(number=number, born=born, name=name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed Alisson", "Muhammed Alisson"),
        ("Mohammad Alisson", "Muhamed Aliisson"),
        ("Kristofer Test", "Christopher Test"),
        ("Zofia Prov", "Sofia Prov"),
        ("Anna-Karin Provberg", "Anna Provberg"),
        ("Provberg Anna", "Anna Provberg"),
        ("Wilhelm Låtsas", "Vilhelm Låtsas"),
    ],
)
def test_spellings_of_one_name_on_one_day_of_birth_are_asked_about(one, other):
    assert may_be_same(known(one), known(other))
    assert not may_be_same(known(one), known(other, born=date(1990, 6, 8)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna Provberg", "Erik Skenberg"), ("Mohamed Alisson", "Fatima Testholm"), ("", "Anna")],
)
def test_other_names_on_the_same_day_are_not(one, other):
    assert not may_be_same(known(one), known(other))


def test_same_number_is_enough_however_it_is_written():
    assert may_be_same(
        known("A B", "19900607-2384", born=None), known("C D", "199006072384", born=date(1991, 1, 1))
    )


def test_nothing_known_is_like_nobody():
    assert not may_be_same(known("", "", None), known("", "", None))


@example("𝑋")
@given(st.text(max_size=40))
def test_skeleton_of_a_skeleton_is_itself_or_shorter(word):
    assert len(skeleton(skeleton(word))) <= max(len(skeleton(word)), 1)


@given(st.text(min_size=1, max_size=30), st.dates(), st.text(min_size=1, max_size=30))
def test_likeness_is_mutual(one, born, other):
    first, second = known(one, born=born), known(other, born=born)
    assert may_be_same(first, second) is may_be_same(second, first)
