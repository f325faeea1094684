"""A sealed value opens in its own place, under its own key, unaltered; otherwise it says nothing at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto import envelope
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.seal import Context, DataKey, FieldTag, context

TAG = FieldTag("case.note", "body")
ROW, SCOPE, KEY_ID, ENTRY = (UUID(int=number) for number in (1, 2, 3, 4))
KEY = DataKey(KEY_ID, bytes(range(32)))
PLACE = context(TAG, row=ROW, scope=SCOPE)
PAST_PLACE = context(TAG, row=ROW, scope=SCOPE, history=ENTRY)

uuids = st.uuids()
names = st.text(min_size=1, max_size=20)
places = st.builds(
    lambda label, field, row, scope, history: (label, field, row, scope, history),
    names,
    names,
    uuids,
    uuids,
    st.none() | uuids,
)


def context_at(place: tuple[str, str, UUID, UUID, UUID | None]) -> Context:
    label, field, row, scope, history = place
    return context(FieldTag(label, field), row=row, scope=scope, history=history)


@pytest.mark.parametrize("plaintext", [b"", b"\x03\x01", "Åsa på torget".encode() * 9])
def test_a_value_with_any_one_bit_flipped_does_not_open(plaintext: bytes) -> None:
    sealed = KEY.seal(PLACE, plaintext)
    assert KEY.open(PLACE, sealed) == plaintext
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(CannotOpen):
            KEY.open(PLACE, bytes(flipped))


def test_a_value_cut_off_or_prolonged_anywhere_does_not_open() -> None:
    sealed = KEY.seal(PLACE, b"x" * 40)
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            KEY.open(PLACE, sealed[:length])
    for more in (b"\0", bytes(16), bytes(32), sealed):
        with pytest.raises(CannotOpen):
            KEY.open(PLACE, sealed + more)


OTHER = UUID(int=99)
ELSEWHERE = {
    "another row": context(TAG, row=OTHER, scope=SCOPE),
    "another case": context(TAG, row=ROW, scope=OTHER),
    "row and case changed places": context(TAG, row=SCOPE, scope=ROW),
    "another column": context(FieldTag("case.note", "title"), row=ROW, scope=SCOPE),
    "another table": context(FieldTag("case.plan", "body"), row=ROW, scope=SCOPE),
    "the dot moved": context(FieldTag("case.", "notebody"), row=ROW, scope=SCOPE),
    "its own history": PAST_PLACE,
}


@pytest.mark.parametrize("place", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_value_pasted_elsewhere_does_not_open(place: Context) -> None:
    sealed = KEY.seal(PLACE, b"secret")
    with pytest.raises(CannotOpen):
        KEY.open(place, sealed)
    with pytest.raises(CannotOpen):
        KEY.open(PLACE, KEY.seal(place, b"secret"))
    assert KEY.open(PLACE, sealed) == b"secret"


def test_a_history_value_opens_neither_live_nor_in_another_entry() -> None:
    sealed = KEY.seal(PAST_PLACE, b"secret")
    for place in (PLACE, context(TAG, row=ROW, scope=SCOPE, history=OTHER)):
        with pytest.raises(CannotOpen):
            KEY.open(place, sealed)
    assert KEY.open(PAST_PLACE, sealed) == b"secret"


@given(one=places, two=places, plaintext=st.binary(max_size=80))
def test_a_value_opens_in_its_own_place_and_no_other(
    one: tuple[str, str, UUID, UUID, UUID | None],
    two: tuple[str, str, UUID, UUID, UUID | None],
    plaintext: bytes,
) -> None:
    sealed = KEY.seal(context_at(one), plaintext)
    assert KEY.open(context_at(one), sealed) == plaintext
    if one != two:
        with pytest.raises(CannotOpen):
            KEY.open(context_at(two), sealed)


def test_every_single_part_of_a_place_is_bound() -> None:
    base = ("case.note", "body", ROW, SCOPE, ENTRY)
    changed = ("case.plan", "title", OTHER, OTHER, OTHER)
    for mask in range(1, 32):
        place = tuple(changed[i] if mask >> i & 1 else base[i] for i in range(5))
        with pytest.raises(CannotOpen):
            KEY.open(context_at(place), KEY.seal(context_at(base), b"secret"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(DataKey(KEY_ID, bytes(range(1, 33))), id="same id, another key"),
        pytest.param(DataKey(OTHER, bytes(range(32))), id="same key, another id"),
    ],
)
def test_another_key_does_not_open_a_value_even_relabelled(other: DataKey) -> None:
    sealed = KEY.seal(PLACE, b"secret")
    relabelled = other.header + sealed[18:]
    for blob in (sealed, relabelled):
        with pytest.raises(CannotOpen):
            other.open(PLACE, blob)


def failures() -> dict[str, Callable[[], object]]:
    sealed = KEY.seal(PLACE, b"secret")
    wrong = DataKey(KEY_ID, bytes(range(1, 33)))
    bad_padding = KEY.header + bytes(12) + KEY._field.encrypt(bytes(12), bytes(32), PLACE + KEY.header)
    return {
        "nothing": lambda: KEY.open(PLACE, b""),
        "plain text": lambda: KEY.open(PLACE, b"Anna Andersson, Storgatan 1" * 4),
        "unknown magic": lambda: KEY.open(PLACE, b"\xe2" + sealed[1:]),
        "unknown algorithm": lambda: KEY.open(PLACE, b"\xe1\x02" + sealed[2:]),
        "wrong key": lambda: wrong.open(PLACE, sealed),
        "wrong place": lambda: KEY.open(PAST_PLACE, sealed),
        "altered": lambda: KEY.open(PLACE, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        "cut off": lambda: KEY.open(PLACE, sealed[:-1]),
        "padding": lambda: KEY.open(PLACE, bad_padding),
        "parse": lambda: envelope.parse(sealed[:-1]),
        "key id": lambda: envelope.key_id_of(b"\xe1\x02" + sealed[2:]),
    }


@pytest.mark.parametrize("name", failures())
def test_whatever_went_wrong_the_refusal_is_the_same(name: str) -> None:
    with pytest.raises(CannotOpen) as caught:
        failures()[name]()
    assert (str(caught.value), caught.value.args) == (str(CannotOpen()), CannotOpen().args)
    assert caught.value.__cause__ is None
    # InvalidTag, which says nothing, is all that may hang behind.
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(plaintext=st.binary(max_size=600))
def test_any_bytes_come_back_as_they_went_in(plaintext: bytes) -> None:
    sealed = KEY.seal(PLACE, plaintext)
    assert KEY.open(PLACE, sealed) == plaintext
    assert envelope.has_shape(sealed)


@given(text=st.text())
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    assert KEY.open(PLACE, KEY.seal(PLACE, text.encode())).decode() == text


@given(plaintext=st.binary(max_size=300), zeros=st.integers(0, 70))
def test_padding_is_undone_even_for_text_that_looks_like_padding(plaintext: bytes, zeros: int) -> None:
    tricky = plaintext + b"\x80" + bytes(zeros)
    assert envelope.unpad(envelope.pad(tricky)) == tricky


@pytest.mark.parametrize("blob", [b"", bytes(32), b"\x01" + bytes(31), b"a" * 32])
def test_bytes_without_a_padding_mark_are_refused(blob: bytes) -> None:
    with pytest.raises(CannotOpen):
        envelope.unpad(blob)


@given(length=st.integers(0, 2_000_000))
def test_padding_hides_the_length_and_costs_little(length: int) -> None:
    padded = envelope.padded_length(length)
    assert padded > length
    assert padded % 32 == 0
    assert envelope.padded_length(padded - 1) == padded
    assert padded <= max(length + 32, (length + 1) * 1.125)


def test_a_flag_a_date_a_number_and_a_name_are_equally_long() -> None:
    lengths = {
        len(KEY.seal(PLACE, value)) for value in (b"\x03\x01", b"\x021990-01-01", bytes(9), b"\x01Anna")
    }
    assert lengths == {envelope.MIN_LENGTH}


@pytest.mark.parametrize("length", [0, 77, 79, 93, 109])
def test_bytes_of_a_length_that_sealing_never_makes_have_not_the_shape(length: int) -> None:
    blob = (KEY.seal(PLACE, b"x" * 40) + bytes(9))[:length]
    assert not envelope.has_shape(blob)
    with pytest.raises(CannotOpen):
        envelope.key_id_of(blob)


def test_no_nonce_comes_twice_from_any_thread() -> None:
    found: list[bytes] = []

    def work() -> None:
        found.extend([KEY.seal(PLACE, b"same")[18:30] for _ in range(5_000)])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 20_000


def test_the_same_value_sealed_twice_looks_different() -> None:
    one, two = KEY.seal(PLACE, b"same"), KEY.seal(PLACE, b"same")
    assert one[30:] != two[30:]


@pytest.mark.parametrize("raw", [b"", bytes(31), bytes(33), bytes(32), b"\xff" * 32, bytearray(range(32))])
def test_what_is_not_a_random_key_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        DataKey(uuid4(), raw)


@pytest.mark.parametrize(("label", "field"), [("", "body"), ("case.note", "")])
def test_a_field_without_a_name_is_refused(label: str, field: str) -> None:
    with pytest.raises(ValueError, match="label"):
        FieldTag(label, field)


def test_a_row_without_a_uuid_is_refused_before_anything_is_sealed() -> None:
    with pytest.raises(AttributeError):
        context(TAG, row=None, scope=SCOPE)  # type: ignore[arg-type]
