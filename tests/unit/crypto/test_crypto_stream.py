"""A file opens whole, in its own place, or stops: nothing that is not authentic is ever given out."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.crypto import envelope, stream
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.seal import DataKey, FieldTag, context

SCOPE, FILE, KEY_ID, OTHER = (UUID(int=number) for number in (1, 2, 3, 99))
KEY = DataKey(KEY_ID, bytes(range(32)))
CHUNK = 16 * 1024
SEALED_CHUNK = CHUNK + 16
FIRST_CHUNK_AT = 18 + 56


def seal(plaintext: bytes, *, key: DataKey = KEY, scope: UUID = SCOPE, file: UUID = FILE) -> bytes:
    return b"".join(stream.seal_chunks(key, [plaintext], scope=scope, file=file))


def opened(*chunks: bytes, key: DataKey = KEY, scope: UUID = SCOPE, file: UUID = FILE) -> bytes:
    return b"".join(stream.open_chunks(key, chunks, scope=scope, file=file))


def pattern(length: int) -> bytes:
    return b"".join(number.to_bytes(4, "big") for number in range(length // 4 + 1))[:length]


THREE = pattern(2 * CHUNK + 100)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(THREE)


def given_out(*chunks: bytes) -> tuple[bytes, bool]:
    """Open as far as it goes; returns what came out and whether it ended normally."""
    out = b""
    try:
        for piece in stream.open_chunks(KEY, chunks, scope=SCOPE, file=FILE):
            out += piece
    except CannotOpen:
        return out, False
    return out, True


def test_a_file_cut_off_anywhere_that_matters_does_not_end_normally(sealed: bytes) -> None:
    edges = {
        0,
        1,
        17,
        18,
        19,
        FIRST_CHUNK_AT - 1,
        FIRST_CHUNK_AT,
        FIRST_CHUNK_AT + 1,
        FIRST_CHUNK_AT + 15,
        len(sealed) - 1,
    }
    for number in (1, 2):
        end = FIRST_CHUNK_AT + number * SEALED_CHUNK
        edges |= {end - 1, end, end + 1, end + 15, end + 16}
    for length in edges:
        out, whole = given_out(sealed[:length])
        assert not whole
        assert THREE.startswith(out)
    assert given_out(sealed) == (THREE, True)


@pytest.mark.parametrize("more", [b"\0", bytes(16), bytes(SEALED_CHUNK)])
def test_a_prolonged_file_does_not_end_normally(sealed: bytes, more: bytes) -> None:
    out, whole = given_out(sealed + more)
    assert not whole
    assert THREE.startswith(out)


def test_the_chunks_of_a_file_can_be_neither_swapped_repeated_nor_left_out(sealed: bytes) -> None:
    start = sealed[:FIRST_CHUNK_AT]
    one = sealed[FIRST_CHUNK_AT : FIRST_CHUNK_AT + SEALED_CHUNK]
    two = sealed[FIRST_CHUNK_AT + SEALED_CHUNK : FIRST_CHUNK_AT + 2 * SEALED_CHUNK]
    last = sealed[FIRST_CHUNK_AT + 2 * SEALED_CHUNK :]
    for order in (
        [two, one, last],
        [one, one, last],
        [one, last],
        [two, last],
        [last],
        [one, two, two, last],
    ):
        out, whole = given_out(start + b"".join(order))
        assert not whole
        assert THREE.startswith(out)
    assert given_out(start + one + two + last) == (THREE, True)


def test_a_chunk_of_another_version_of_the_same_file_does_not_fit_in(sealed: bytes) -> None:
    newer = seal(THREE)
    at = FIRST_CHUNK_AT + SEALED_CHUNK
    out, whole = given_out(sealed[:at], newer[at:])
    assert (out, whole) == (THREE[:CHUNK], False)


def test_a_small_file_with_any_one_bit_flipped_gives_nothing() -> None:
    blob = seal(b"hemlig")
    for bit in range(len(blob) * 8):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << (bit % 8)
        assert given_out(bytes(flipped)) == (b"", False)


@given(at=st.integers(0, 10**9), change=st.integers(1, 255))
def test_what_comes_before_an_altered_byte_is_authentic_and_nothing_comes_after(at: int, change: int) -> None:
    blob = bytearray(SEALED_ONCE)
    at %= len(blob)
    blob[at] ^= change
    out, whole = given_out(bytes(blob))
    chunk = max(at - FIRST_CHUNK_AT, 0) // SEALED_CHUNK
    assert not whole
    assert THREE[: chunk * CHUNK].startswith(out)


SEALED_ONCE = seal(THREE)


def test_a_file_moved_to_another_case_or_name_gives_nothing(sealed: bytes) -> None:
    for place in ({"scope": OTHER}, {"file": OTHER}, {"scope": FILE, "file": SCOPE}):
        with pytest.raises(CannotOpen):
            next(stream.open_chunks(KEY, [sealed], **{"scope": SCOPE, "file": FILE, **place}))
    assert opened(sealed) == THREE


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(DataKey(KEY_ID, bytes(range(1, 33))), id="same id, another key"),
        pytest.param(DataKey(OTHER, bytes(range(32))), id="same key, another id"),
    ],
)
def test_another_key_gives_nothing_even_when_the_file_is_relabelled(sealed: bytes, other: DataKey) -> None:
    for blob in (sealed, b"\xe1\x02" + other.key_id.bytes + sealed[18:]):
        with pytest.raises(CannotOpen):
            next(stream.open_chunks(other, [blob], scope=SCOPE, file=FILE))


def test_a_file_commits_to_its_key() -> None:
    # The 32 bytes after the salt are derived from the key: a file for two keys would need one value from both.
    blob = seal(b"")
    assert blob[42:74] != seal(b"")[42:74]
    swapped = blob[:42] + seal(b"")[42:74] + blob[74:]
    assert given_out(swapped) == (b"", False)


def test_a_file_is_not_a_field_and_a_field_is_not_a_file() -> None:
    field = KEY.seal(context(FieldTag("case.note", "body"), row=FILE, scope=SCOPE), b"x" * 100)
    assert given_out(field) == (b"", False)
    with pytest.raises(CannotOpen):
        envelope.key_id_of(seal(b"x" * 4))
    with pytest.raises(CannotOpen):
        stream.file_key_id(field)


@pytest.mark.parametrize(
    "start", [b"", b"\xe1\x02", b"\xe1\x02" + bytes(15), b"\xe1\x03" + bytes(16), bytes(18)]
)
def test_a_start_that_is_no_file_names_no_key(start: bytes) -> None:
    with pytest.raises(CannotOpen):
        stream.file_key_id(start)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7])
def test_a_file_of_any_length_comes_back_and_costs_a_known_overhead(length: int) -> None:
    plaintext = pattern(length)
    blob = seal(plaintext)
    assert opened(blob) == plaintext
    assert len(blob) == FIRST_CHUNK_AT + length + 16 * (length // CHUNK + 1)
    assert stream.file_key_id(blob) == KEY_ID


@given(
    cuts=st.lists(st.integers(0, len(THREE)), max_size=6), again=st.lists(st.integers(0, 33_100), max_size=6)
)
def test_it_does_not_matter_in_what_pieces_a_file_comes(cuts: list[int], again: list[int]) -> None:
    blob = b"".join(stream.seal_chunks(KEY, cut(THREE, cuts), scope=SCOPE, file=FILE))
    assert opened(*cut(blob, again)) == THREE


def cut(blob: bytes, at: list[int]) -> list[bytes]:
    edges = [0, *sorted(at), len(blob)]
    return [blob[start:end] for start, end in pairwise(edges)]


def test_one_byte_at_a_time_comes_back() -> None:
    blob = seal(b"Anna och Olle")
    assert opened(*(blob[at : at + 1] for at in range(len(blob)))) == b"Anna och Olle"


@pytest.mark.parametrize("piece", [64 * 1024, 1, 16 * 1024 * 1024], ids=["64 KiB", "1 byte", "16 MiB"])
def test_memory_stays_flat_however_long_the_file(piece: int) -> None:
    total = 16 * 1024 * 1024 if piece > 1 else 16 * 1024

    def source() -> Iterator[bytes]:
        block = bytes(piece)
        for _ in range(total // piece):
            yield block

    tracemalloc.start()
    try:
        sealed = stream.seal_chunks(KEY, source(), scope=SCOPE, file=FILE)
        length = sum(len(part) for part in stream.open_chunks(KEY, sealed, scope=SCOPE, file=FILE))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert length == total
    assert peak < piece + 1024 * 1024
