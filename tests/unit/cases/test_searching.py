"""What may be searched for, and what matches it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.searching import Kind, TooShort, matches_name, matches_number, read


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("26-7KQ4M", Kind.CASE_NUMBER),
        (" 26-7kq4m ", Kind.CASE_NUMBER),
        ("19900607-2384", Kind.IDENTITY_NUMBER),
        ("900607-2384", Kind.IDENTITY_NUMBER),
        ("199006072384", Kind.IDENTITY_NUMBER),
        ("19900607-T123", Kind.IDENTITY_NUMBER),
        ("Prov Provsson", Kind.NAME),
        ("åsa", Kind.NAME),
    ],
)
def test_what_was_typed_is_told_apart(typed, kind):
    assert read(typed).kind == kind


@pytest.mark.parametrize("typed", ["a", "ab", "å b", "-", "  x "])
def test_fewer_than_three_letters_are_refused(typed):
    with pytest.raises(TooShort):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "name", "is_hit"),
    [
        ("prov", "Prov Provsson", True),
        ("provsson prov", "Prov Provsson", True),
        ("rovsson", "Prov Provsson", False),
        ("prov ann", "Prov Provsson", False),
        ("anna karin", "Anna-Karin Exempelsson", True),
        ("jose", "José Låtsas", True),
        ("asa", "Åsa Testberg", False),
        ("åsa", "Åsa Testberg", True),
    ],
)
def test_each_word_begins_a_word_of_the_name(typed, name, is_hit):
    assert matches_name(read(typed), name) is is_hit


def test_number_is_found_with_and_without_century_and_separator():
    for typed in ("19900607-2384", "199006072384", "900607-2384", "9006072384"):
        assert matches_number(read(typed), "199006072384")
    assert not matches_number(read("19900607-2392"), "199006072384")
    assert not matches_number(read("19900607-2384"), "")


@given(st.text(max_size=60))
def test_any_text_is_a_term_or_too_short(typed):
    with suppress(TooShort):
        assert read(typed).words


@given(st.text(min_size=3, max_size=30))
def test_name_finds_itself(name):
    try:
        term = read(name)
    except TooShort:
        return
    if term.kind == Kind.NAME:
        assert matches_name(term, name)
