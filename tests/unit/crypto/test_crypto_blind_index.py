"""A blind index brings likely duplicates together and refuses what would give people away."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto.blind_index import (
    BlindIndex,
    IncompleteInput,
    IndexRoot,
    Planned,
    UnsafePlan,
    allowed_bits,
    normalise,
    require_safe,
)

ROOT = IndexRoot(bytes(range(32)))
PLAN: dict[str, Any] = {"label": "case.person", "fields": ["surname", "born"], "name": "intake", "bits": 31}
INDEX = BlindIndex(ROOT, **PLAN)


@pytest.mark.parametrize(
    "parts", [(), ("Öberg",), ("Öberg", ""), ("Öberg", " \t\u00a0"), ("Öberg", "1990", "x")]
)
def test_a_row_with_a_part_missing_or_blank_gets_no_index(parts: tuple[str, ...]) -> None:
    with pytest.raises(IncompleteInput):
        INDEX.of(*parts)


@pytest.mark.parametrize("change", [{"bits": 0}, {"bits": 32}, {"fields": []}])
def test_an_index_without_fields_or_with_impossible_bits_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="1 to 31 bits"):
        BlindIndex(ROOT, **{**PLAN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "case.relative"},
        {"fields": ["surname", "born_on"]},
        {"fields": ["born", "surname"]},
        {"name": "other"},
        {"name": "1", "fields": ["surname", "born", "intake"]},
    ],
)
def test_another_table_field_or_purpose_has_another_key(change: dict[str, Any]) -> None:
    other = BlindIndex(ROOT, **{**PLAN, **change})
    words = [(f"name{n}", f"{n}") for n in range(20)]
    ours = [INDEX.of(*word) for word in words]
    theirs = [other.of(*word, *["x"] * (len(other.fields) - 2)) for word in words]
    assert ours != theirs


def test_another_root_gives_other_numbers() -> None:
    other = BlindIndex(IndexRoot(bytes(range(1, 33))), **PLAN)
    assert [INDEX.of("a", str(n)) for n in range(5)] != [other.of("a", str(n)) for n in range(5)]


def test_parts_do_not_run_into_each_other() -> None:
    assert INDEX.of("ab", "c") != INDEX.of("a", "bc")


@pytest.mark.parametrize(
    "spelling",
    [
        "Öberg Svensson",
        "ÖBERG  SVENSSON",
        "\u00a0öberg\tsvensson ",
        "O\u0308berg Svensson",
        "Öberg Ｓvensson",
    ],
)
def test_spellings_of_one_name_come_together(spelling: str) -> None:
    assert INDEX.of(spelling, "1990-02-28") == INDEX.of("öberg svensson", "1990-02-28")


def test_names_that_differ_in_a_letter_or_an_accent_stay_apart() -> None:
    assert len({INDEX.of(name, "1990-02-28") for name in ("Öberg", "Oberg", "Åberg", "Öbergh")}) == 4


@given(text=st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(bits=st.integers(1, 31), one=st.text(min_size=1), two=st.text(min_size=1))
def test_fewer_bits_are_the_beginning_of_more(bits: int, one: str, two: str) -> None:
    if not normalise(one) or not normalise(two):
        return
    short = BlindIndex(ROOT, **{**PLAN, "bits": bits}).of(one, two)
    assert 0 <= short < 2**bits
    assert short == INDEX.of(one, two) >> (31 - bits)


def test_values_spread_evenly_over_the_buckets() -> None:
    index = BlindIndex(ROOT, **{**PLAN, "bits": 4})
    counts = Counter(index.of(f"name {n}", "1990-02-28") for n in range(4_800))
    # 16 buckets of 300 on average, standard deviation about 17: further off would be a fault, not chance.
    assert set(counts) == set(range(16))
    assert max(abs(count - 300) for count in counts.values()) < 120


@pytest.mark.parametrize(
    ("rows", "fewest", "most"), [(300, 5, 7), (5_000, 7, 11), (50_000, 8, 14), (16, 2, 3)]
)
def test_the_bits_allowed_are_those_of_the_design(rows: int, fewest: int, most: int) -> None:
    assert (allowed_bits(rows=rows)[0], allowed_bits(rows=rows)[-1]) == (fewest, most)


@pytest.mark.parametrize("rows", [0, 1, 15])
def test_too_few_rows_for_any_index_are_refused(rows: int) -> None:
    with pytest.raises(UnsafePlan, match="compare all instead"):
        allowed_bits(rows=rows)


@given(rows=st.integers(16, 10**7))
def test_within_the_bits_allowed_nobody_stands_alone_and_lists_stay_short(rows: int) -> None:
    for bits in allowed_bits(rows=rows):
        assert 2 <= rows / 2**bits <= math.sqrt(rows) * 1.000001


@pytest.mark.parametrize(
    ("indexes", "accepted"),
    [
        ([Planned(7, 24)], True),
        ([Planned(11, 24)], True),
        ([Planned(12, 24)], False),
        ([Planned(6, 24)], False),
        ([Planned(6, 24), Planned(5, 24)], True),
        ([Planned(6, 24), Planned(6, 24)], False),
        ([Planned(31, 8)], True),
        ([Planned(31, 8), Planned(31, 3.5)], False),
        ([], False),
    ],
)
def test_all_indexes_of_a_row_are_counted_together(indexes: list[Planned], accepted: bool) -> None:
    if accepted:
        require_safe(rows=5_000, indexes=indexes)
        return
    with pytest.raises(UnsafePlan, match="5000 rows allow 7 to 11"):
        require_safe(rows=5_000, indexes=indexes)
