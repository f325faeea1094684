"""Tokens that say in the record whom or what a leaf is about, readable only while the subject's key lives.

All tokens are equally long, so the record shows neither the kind of row nor the length of an id; two tokens
of one subject have nothing in common to look at. When the key is destroyed the leaf still proves that
something happened, but no longer to whom. A token must never hold more than ids and a table's name.
"""

from __future__ import annotations

from os import urandom

from cryptography.exceptions import InvalidTag

from .encoding import length_prefixed
from .envelope import HEADER_BYTES, NONCE_BYTES, OVERHEAD, PAD_MARK, CannotOpen, unpad
from .seal import DataKey

PADDED_BYTES = 160
LONGEST_PAYLOAD = PADDED_BYTES - 1
TOKEN_BYTES = OVERHEAD + PADDED_BYTES

_CONTEXT = length_prefixed("cms.subject.v1")
_BODY_AT = HEADER_BYTES + NONCE_BYTES


class PayloadTooLong(ValueError):
    """A subject's name does not fit in a token. Name it by ids alone."""

    def __init__(self) -> None:
        super().__init__(f"a subject is named in at most {LONGEST_PAYLOAD} bytes")


def seal_subject(data_key: DataKey, payload: bytes) -> bytes:
    """Seal the name of a subject under its scope's key; always 206 bytes."""
    if len(payload) > LONGEST_PAYLOAD:
        raise PayloadTooLong()
    nonce = urandom(NONCE_BYTES)
    padded = (payload + PAD_MARK).ljust(PADDED_BYTES, b"\0")
    body = data_key.audit_cipher().encrypt(nonce, padded, _CONTEXT + data_key.header)
    return data_key.header + nonce + body


def open_subject(data_key: DataKey, token: bytes) -> bytes:
    """Open a token, or raise CannotOpen."""
    head = data_key.header
    if len(token) != TOKEN_BYTES or token[:HEADER_BYTES] != head:
        raise CannotOpen()
    try:
        padded = data_key.audit_cipher().decrypt(
            token[HEADER_BYTES:_BODY_AT], token[_BODY_AT:], _CONTEXT + head
        )
    except InvalidTag:
        raise CannotOpen() from None
    return unpad(padded)
