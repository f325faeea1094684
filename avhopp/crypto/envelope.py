"""The bytes of a sealed value, version 1, and the padding inside it. Holds no key and opens nothing.

    E1 | alg (1) | key_id (16) | nonce (12) | ciphertext | tag (16)

The header (magic, algorithm, key id) is authenticated together with the context, so it is no mere hint.
Padding makes a flag, a date and a short name look alike; it must never be skipped for values that "are
always the same length".
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from . import algorithms

MAGIC = 0xE1
ALGORITHM_AT = 1
KEY_ID_AT = 2
HEADER_BYTES = 18
NONCE_BYTES = 12
TAG_BYTES = 16
OVERHEAD = HEADER_BYTES + NONCE_BYTES + TAG_BYTES
PAD_TO = 32
MIN_LENGTH = OVERHEAD + PAD_TO
"""The shortest sealed value; every sealed value is OVERHEAD plus a multiple of PAD_TO long."""

_BODY_AT = HEADER_BYTES + NONCE_BYTES
_PADME_ABOVE = 256
PAD_MARK = b"\x80"


class CannotOpen(Exception):
    """The value does not open here. Treat it as damaged or forged: refuse, record, and never show its bytes.

    Wrong key, row or field, altered, cut off, unknown format: all say the same (ASVS 5.0 §11.2.5).
    """

    def __init__(self) -> None:
        super().__init__("the sealed value cannot be opened")


class Envelope(NamedTuple):
    """The parts of a sealed value; `body` is ciphertext and tag."""

    algorithm: int
    key_id: UUID
    nonce: bytes
    body: bytes


def header(key_id: UUID, *, algorithm: int) -> bytes:
    """Write the first 18 bytes of what this key seals with this algorithm."""
    return bytes((MAGIC, algorithm)) + key_id.bytes


def has_shape(blob: bytes) -> bool:
    """Say whether the bytes look like a sealed value; the database's CHECK states the same rule."""
    return (
        len(blob) >= MIN_LENGTH
        and blob[0] == MAGIC
        and blob[ALGORITHM_AT] in algorithms.CIPHERS
        and (len(blob) - OVERHEAD) % PAD_TO == 0
    )


def parse(blob: bytes) -> Envelope:
    """Split a sealed value into its parts, or raise CannotOpen."""
    if not has_shape(blob):
        raise CannotOpen()
    return Envelope(
        algorithm=blob[ALGORITHM_AT],
        key_id=UUID(bytes=bytes(blob[KEY_ID_AT:HEADER_BYTES])),
        nonce=bytes(blob[HEADER_BYTES:_BODY_AT]),
        body=bytes(blob[_BODY_AT:]),
    )


def key_id_of(blob: bytes) -> UUID:
    """Read which data key a sealed value asks for. Not trusted before the value has opened under that key."""
    if not has_shape(blob):
        raise CannotOpen()
    return UUID(bytes=bytes(blob[KEY_ID_AT:HEADER_BYTES]))


def padded_length(length: int) -> int:
    """Say how long a plaintext of `length` bytes becomes.

    Steps of 32 up to 256, then Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files",
    PoPETs 2019 §4) in steps of at least 32, which adds some 12 % at most.
    """
    needed = length + 1
    if needed <= _PADME_ABOVE:
        step = PAD_TO
    else:
        exponent = needed.bit_length() - 1
        step = max(PAD_TO, 1 << (exponent - exponent.bit_length()))
    return -(-needed // step) * step


def pad(plaintext: bytes) -> bytes:
    """Append 80 and zeros (ISO/IEC 7816-4) up to `padded_length`."""
    return (plaintext + PAD_MARK).ljust(padded_length(len(plaintext)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Remove the padding. Only for authenticated bytes: on others its answer would be an oracle."""
    body = padded.rstrip(b"\0")
    if body[-1:] != PAD_MARK:
        raise CannotOpen()
    return body[:-1]
