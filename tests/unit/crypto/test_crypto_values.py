"""A value comes back as it went in, and bytes of one kind are never read as another."""

from __future__ import annotations

import traceback
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto import values
from avhopp.crypto.values import Kind, NotRepresentable, UnreadableValue


class Level(StrEnum):
    HIGH = "high"


class Step(IntEnum):
    FIRST = 1


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(),
    Kind.DATE: st.dates(),
    Kind.BOOLEAN: st.booleans(),
    Kind.INTEGER: st.integers(-(2**63), 2**63 - 1),
    Kind.CHOICE: st.text(min_size=1),
    Kind.JSON: json_values,
    Kind.MOMENT: st.datetimes(timezones=st.just(UTC)),
}
typed = st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), st.none() | BY_KIND[kind]))


def test_every_kind_is_tried_below() -> None:
    assert set(BY_KIND) == set(Kind)
    numbers = [kind.value for kind in Kind]
    assert len(numbers) == len(set(numbers))
    assert max(numbers) < 0x80


@given(case=typed)
def test_a_value_comes_back_as_it_went_in(case: tuple[Kind, Any]) -> None:
    kind, value = case
    opened = values.Codec(kind).decode(values.Codec(kind).encode(value))
    assert opened == value
    assert type(opened) is type(value)


@given(case=typed, other=st.sampled_from(list(Kind)))
def test_bytes_of_one_kind_are_never_read_as_another(case: tuple[Kind, Any], other: Kind) -> None:
    kind, value = case
    raw = values.Codec(kind).encode(value)
    if other is kind:
        assert values.Codec(other).decode(raw) == value
        return
    with pytest.raises(UnreadableValue):
        values.Codec(other).decode(raw)


@given(one=typed, two=typed)
def test_different_values_are_different_bytes(one: tuple[Kind, Any], two: tuple[Kind, Any]) -> None:
    first, second = values.Codec(one[0]).encode(one[1]), values.Codec(two[0]).encode(two[1])
    if first == second:
        assert one == two


@given(value=st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_change_the_bytes(value: dict[str, int]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert values.Codec(Kind.JSON).encode(value) == values.Codec(Kind.JSON).encode(backwards)


@given(raw=st.binary(max_size=40), kind=st.sampled_from(list(Kind)))
def test_any_bytes_are_read_or_refused_with_the_one_error(raw: bytes, kind: Kind) -> None:
    try:
        values.Codec(kind).decode(raw)
    except UnreadableValue:
        return
    assert raw[0] & 0x7F == kind.value


deep: Any = None
for _ in range(60):
    deep = [deep]

REFUSED = [
    (Kind.TEXT, "hemlig \ud800"),
    (Kind.TEXT, b"hemlig"),
    (Kind.TEXT, 7),
    (Kind.CHOICE, ""),
    (Kind.CHOICE, "hemlig \udfff"),
    (Kind.DATE, "2024-02-29"),
    (Kind.DATE, datetime(2024, 2, 29, tzinfo=UTC)),
    (Kind.BOOLEAN, 1),
    (Kind.BOOLEAN, "hemlig"),
    (Kind.INTEGER, True),
    (Kind.INTEGER, 2**63),
    (Kind.INTEGER, -(2**63) - 1),
    (Kind.INTEGER, 1.0),
    (Kind.MOMENT, date(2024, 2, 29)),
    (Kind.MOMENT, datetime(2024, 2, 29)),
    (Kind.JSON, float("nan")),
    (Kind.JSON, [float("inf")]),
    (Kind.JSON, {"hemlig": {1: "one"}}),
    (Kind.JSON, {"hemlig": ("a", "tuple")}),
    (Kind.JSON, {"hemlig": {"set"}}),
    (Kind.JSON, {"hemlig": date(2024, 2, 29)}),
    (Kind.JSON, ["hemlig \ud800"]),
    (Kind.JSON, {"hemlig \ud800": 1}),
    (Kind.JSON, deep),
]


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=lambda part: ascii(part)[:30])
def test_a_value_that_would_not_come_back_is_refused_without_being_quoted(kind: Kind, value: Any) -> None:
    with pytest.raises(NotRepresentable) as caught:
        values.Codec(kind).encode(value)
    assert caught.value.__context__ is None
    assert "hemlig" not in "".join(traceback.format_exception(caught.value))


UNREADABLE = [
    (Kind.TEXT, b"\x01\xff"),
    (Kind.TEXT, b""),
    (Kind.TEXT, b"\x81x"),
    (Kind.CHOICE, b"\x05"),
    (Kind.DATE, b"\x022024-02-30"),
    (Kind.DATE, b"\x0220240229"),
    (Kind.BOOLEAN, b"\x03\x02"),
    (Kind.BOOLEAN, b"\x03"),
    (Kind.INTEGER, b"\x04" + bytes(7)),
    (Kind.MOMENT, b"\x07\x7f" + bytes(7)),
    (Kind.JSON, b"\x06NaN"),
    (Kind.JSON, b"\x06{"),
]


@pytest.mark.parametrize(("kind", "raw"), UNREADABLE, ids=lambda part: ascii(part)[:30])
def test_bytes_that_nothing_was_written_as_are_refused(kind: Kind, raw: bytes) -> None:
    with pytest.raises(UnreadableValue) as caught:
        values.Codec(kind).decode(raw)
    assert caught.value.__context__ is None


def test_text_is_kept_as_typed() -> None:
    for text in ("\u00e5", "a\u030a", "med\0noll", " \r\n\t", "\U0001f600", "\u202e"):
        assert values.Codec(Kind.TEXT).decode(values.Codec(Kind.TEXT).encode(text)) == text


def test_a_moment_is_the_same_instant_from_any_zone() -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    swedish = at.astimezone(timezone(timedelta(hours=2)))
    assert values.Codec(Kind.MOMENT).encode(swedish) == values.Codec(Kind.MOMENT).encode(at)


def test_members_of_enumerations_are_written_as_their_values() -> None:
    assert values.Codec(Kind.CHOICE).encode(Level.HIGH) == values.Codec(Kind.CHOICE).encode("high")
    assert values.Codec(Kind.INTEGER).encode(Step.FIRST) == values.Codec(Kind.INTEGER).encode(1)
    assert values.Codec(Kind.JSON).encode([Level.HIGH, Step.FIRST]) == values.Codec(Kind.JSON).encode(
        ["high", 1]
    )
