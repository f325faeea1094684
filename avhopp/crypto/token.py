"""What the record says of a subject: tokens that name it, and details. Readable only while the subject's key lives.

All tokens are equally long, so the record shows neither the kind of row nor the length of an id; two tokens
of one subject have nothing in common to look at. When the key is destroyed the leaf still proves that
something happened, but no longer to whom. A token must never hold more than ids and a table's name.
"""

from __future__ import annotations

from os import urandom
from uuid import UUID

from cryptography.exceptions import InvalidTag

from .encoding import length_prefixed
from .envelope import HEADER_BYTES, MIN_LENGTH, NONCE_BYTES, OVERHEAD, PAD_MARK, CannotOpen, pad, unpad
from .seal import DataKey, RecordKey

PADDED_BYTES = 160
LONGEST_PAYLOAD = PADDED_BYTES - 1
TOKEN_BYTES = OVERHEAD + PADDED_BYTES

_SUBJECT = length_prefixed("cms.subject.v1")
_DETAIL = length_prefixed("cms.detail.v1")
_BODY_AT = HEADER_BYTES + NONCE_BYTES


class PayloadTooLong(ValueError):
    """A subject's name does not fit in a token. Name it by ids alone."""

    def __init__(self) -> None:
        super().__init__(f"a subject is named in at most {LONGEST_PAYLOAD} bytes")


def seal_subject(data_key: DataKey, payload: bytes) -> bytes:
    """Seal the name of a subject under its scope's key; always 206 bytes."""
    if len(payload) > LONGEST_PAYLOAD:
        raise PayloadTooLong()
    return _sealed(data_key, (payload + PAD_MARK).ljust(PADDED_BYTES, b"\0"), _SUBJECT)


def open_subject(key: DataKey | RecordKey, token: bytes) -> bytes:
    """Open a token, or raise CannotOpen."""
    if len(token) != TOKEN_BYTES:
        raise CannotOpen()
    return _opened(key, token, _SUBJECT)


def seal_detail(data_key: DataKey, detail: bytes, *, leaf: UUID, scope: UUID) -> bytes:
    """Seal a leaf's detail under its first subject's key."""
    return _sealed(data_key, pad(detail), _DETAIL + leaf.bytes + scope.bytes)


def open_detail(key: DataKey | RecordKey, blob: bytes, *, leaf: UUID, scope: UUID) -> bytes:
    """Open a leaf's detail, or raise CannotOpen."""
    if len(blob) < MIN_LENGTH:
        raise CannotOpen()
    return _opened(key, blob, _DETAIL + leaf.bytes + scope.bytes)


def _sealed(key: DataKey, padded: bytes, context: bytes) -> bytes:
    head, nonce = key.header, urandom(NONCE_BYTES)
    return head + nonce + key.record_cipher(head).encrypt(nonce, padded, context + head)


def _opened(key: DataKey | RecordKey, blob: bytes, context: bytes) -> bytes:
    head = blob[:HEADER_BYTES]
    cipher = key.record_cipher(head)
    try:
        padded = cipher.decrypt(blob[HEADER_BYTES:_BODY_AT], blob[_BODY_AT:], context + head)
    except InvalidTag:
        raise CannotOpen() from None
    return unpad(padded)
