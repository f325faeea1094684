"""A subject's token opens under the subject's key alone, and tells nobody else even a length."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto import token
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.seal import DataKey, FieldTag, RecordKey, context
from avhopp.crypto.token import PayloadTooLong

KEY_ID, OTHER = UUID(int=3), UUID(int=99)
KEY = DataKey(KEY_ID, bytes(range(32)))
ROW = b"00000000-0000-4000-8000-000000000001"
NAME = b'["%b","cases.protectionassessment","%b"]' % (ROW, ROW)


def test_a_token_with_any_one_bit_flipped_does_not_open() -> None:
    sealed = token.seal_subject(KEY, NAME)
    assert token.open_subject(KEY, sealed) == NAME
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(CannotOpen):
            token.open_subject(KEY, bytes(flipped))


def test_a_token_cut_off_or_prolonged_does_not_open() -> None:
    sealed = token.seal_subject(KEY, NAME) + b"\0"
    for length in (*range(token.TOKEN_BYTES), token.TOKEN_BYTES + 1):
        with pytest.raises(CannotOpen):
            token.open_subject(KEY, sealed[:length])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(DataKey(KEY_ID, bytes(range(1, 33))), id="same id, another key"),
        pytest.param(DataKey(OTHER, bytes(range(32))), id="same key, another id"),
    ],
)
def test_another_subjects_key_does_not_open_a_token_even_relabelled(other: DataKey) -> None:
    sealed = token.seal_subject(KEY, NAME)
    for blob in (sealed, other.header + sealed[18:]):
        with pytest.raises(CannotOpen):
            token.open_subject(other, blob)


def test_a_token_is_not_a_field_and_a_field_is_not_a_token() -> None:
    place = context(FieldTag("audit.leaf", "payload"), row=OTHER, scope=OTHER)
    field = KEY.seal(place, b"x" * (token.PADDED_BYTES - 1))
    assert len(field) == token.TOKEN_BYTES
    with pytest.raises(CannotOpen):
        token.open_subject(KEY, field)
    with pytest.raises(CannotOpen):
        KEY.open(place, token.seal_subject(KEY, NAME))


def test_a_name_that_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(PayloadTooLong):
        token.seal_subject(KEY, b"x" * (token.LONGEST_PAYLOAD + 1))


@given(payload=st.binary(max_size=token.LONGEST_PAYLOAD))
def test_any_name_comes_back_and_all_tokens_are_equally_long(payload: bytes) -> None:
    sealed = token.seal_subject(KEY, payload)
    assert len(sealed) == token.TOKEN_BYTES == 206
    assert token.open_subject(KEY, sealed) == payload


def test_two_tokens_of_one_subject_have_only_the_key_id_in_common() -> None:
    made = [token.seal_subject(KEY, NAME) for _ in range(2_000)]
    assert len({blob[18:30] for blob in made}) == 2_000
    assert len({blob[30:62] for blob in made}) == 2_000
    assert {blob[:18] for blob in made} == {KEY.header}


def test_what_a_retired_key_leaves_opens_names_and_details_and_no_field() -> None:
    left = RecordKey(KEY_ID, KEY.record_key())
    place = context(FieldTag("case.note", "body"), row=OTHER, scope=OTHER)
    assert token.open_subject(left, token.seal_subject(KEY, NAME)) == NAME
    detail = token.seal_detail(KEY, b"{}", leaf=OTHER, scope=KEY_ID)
    assert token.open_detail(left, detail, leaf=OTHER, scope=KEY_ID) == b"{}"
    with pytest.raises(CannotOpen):
        DataKey(KEY_ID, KEY.record_key()).open(place, KEY.seal(place, b"text"))


@pytest.mark.parametrize("wrong", [{"leaf": KEY_ID}, {"scope": OTHER}], ids=["leaf", "scope"])
def test_a_detail_moved_to_another_leaf_or_scope_does_not_open(wrong: dict[str, UUID]) -> None:
    place = {"leaf": OTHER, "scope": KEY_ID}
    sealed = token.seal_detail(KEY, b"{}", **place)
    assert token.open_detail(KEY, sealed, **place) == b"{}"
    with pytest.raises(CannotOpen):
        token.open_detail(KEY, sealed, **{**place, **wrong})


def test_a_detail_with_any_one_bit_flipped_or_cut_off_does_not_open() -> None:
    sealed = token.seal_detail(KEY, b"{}", leaf=OTHER, scope=OTHER)
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(CannotOpen):
            token.open_detail(KEY, bytes(flipped), leaf=OTHER, scope=OTHER)
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            token.open_detail(KEY, sealed[:length], leaf=OTHER, scope=OTHER)


def test_a_detail_is_not_a_name_and_a_name_is_not_a_detail() -> None:
    named = token.seal_subject(KEY, NAME)
    with pytest.raises(CannotOpen):
        token.open_detail(KEY, named, leaf=OTHER, scope=OTHER)
    detail = token.seal_detail(KEY, b"x" * (token.PADDED_BYTES - 1), leaf=OTHER, scope=OTHER)
    assert len(detail) == token.TOKEN_BYTES
    with pytest.raises(CannotOpen):
        token.open_subject(KEY, detail)
