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
    opened = values.decode(values.encode(value, kind=kind), kind=kind)
    assert opened == value
    assert type(opened) is type(value)


@given(case=typed, other=st.sampled_from(list(Kind)))
def test_bytes_of_one_kind_are_never_read_as_another(case: tuple[Kind, Any], other: Kind) -> None:
    kind, value = case
    raw = values.encode(value, kind=kind)
    if other is kind:
        assert values.decode(raw, kind=other) == value
        return
    with pytest.raises(UnreadableValue):
        values.decode(raw, kind=other)


@given(one=typed, two=typed)
def test_different_values_are_different_bytes(one: tuple[Kind, Any], two: tuple[Kind, Any]) -> None:
    first, second = values.encode(one[1], kind=one[0]), values.encode(two[1], kind=two[0])
    if first == second:
        assert one == two


@given(value=st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_change_the_bytes(value: dict[str, int]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert values.encode(value, kind=Kind.JSON) == values.encode(backwards, kind=Kind.JSON)


@given(raw=st.binary(max_size=40), kind=st.sampled_from(list(Kind)))
def test_any_bytes_are_read_or_refused_with_the_one_error(raw: bytes, kind: Kind) -> None:
    try:
        values.decode(raw, kind=kind)
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
        values.encode(value, kind=kind)
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
        values.decode(raw, kind=kind)
    assert caught.value.__context__ is None


def test_text_is_kept_as_typed() -> None:
    for text in ("\u00e5", "a\u030a", "med\0noll", " \r\n\t", "\U0001f600", "\u202e"):
        assert values.decode(values.encode(text, kind=Kind.TEXT), kind=Kind.TEXT) == text


def test_a_moment_is_the_same_instant_from_any_zone() -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    swedish = at.astimezone(timezone(timedelta(hours=2)))
    assert values.encode(swedish, kind=Kind.MOMENT) == values.encode(at, kind=Kind.MOMENT)


def test_members_of_enumerations_are_written_as_their_values() -> None:
    assert values.encode(Level.HIGH, kind=Kind.CHOICE) == values.encode("high", kind=Kind.CHOICE)
    assert values.encode(Step.FIRST, kind=Kind.INTEGER) == values.encode(1, kind=Kind.INTEGER)
    assert values.encode([Level.HIGH, Step.FIRST], kind=Kind.JSON) == values.encode(
        ["high", 1], kind=Kind.JSON
    )
