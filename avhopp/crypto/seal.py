"""Sealing of single values under a data key, bound to the field, the row and the scope they belong to.

A ciphertext moved to another row, column, case or history entry does not open: its place is in the
authenticated data, not in the ciphertext. Nothing here takes a nonce, caches a plaintext or says why
opening failed. AES-GCM does not commit to its key, which is safe only because the key id is looked up in
our own table (security.md §3).
"""

from __future__ import annotations

import hashlib
from os import urandom
from uuid import UUID

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from .encoding import length_prefixed
from .envelope import HEADER_BYTES, MIN_LENGTH, NONCE_BYTES, CannotOpen, header, pad, unpad
from .secret import KEY_BYTES, SecretHolder, require_key

_BODY_AT = HEADER_BYTES + NONCE_BYTES


class FieldTag:
    """Which field a value belongs to. `label` is the table's frozen name for this purpose, not `db_table`.

    Made once per field; renaming the table must not change it, or the data is lost.
    """

    __slots__ = ("digest", "field", "label")

    def __init__(self, label: str, field: str) -> None:
        if not label or not field:
            raise ValueError("a field tag needs a label and a field name")
        self.label = label
        self.field = field
        self.digest = hashlib.sha256(length_prefixed("cms.field.v1", label, field)).digest()

    def __repr__(self) -> str:
        return f"<FieldTag {self.label}.{self.field}>"


class Context:
    """The place of one value: field, row, scope and, in a history table, the entry.

    Cheap enough to make per value. Unambiguous without length prefixes: every part has a fixed width.
    """

    __slots__ = ("prefix",)

    def __init__(self, tag: FieldTag, *, row: UUID, scope: UUID, history: UUID | None = None) -> None:
        place = tag.digest + row.bytes + scope.bytes
        self.prefix = place if history is None else place + history.bytes


class DataKey(SecretHolder):
    """One scope's data key, ready for use; safe to share between threads.

    Make it once per key and request: building the ciphers costs more than sealing with them.
    """

    __slots__ = ("_field", "_raw", "header", "key_id")

    def __init__(self, key_id: UUID, raw: bytes) -> None:
        require_key(raw)
        self.key_id = key_id
        self.header = header(key_id)
        self._field = AESGCM(subkey(raw, b"field"))
        self._raw = raw  # the other subkeys are derived when asked for: a list opens thousands of keys

    def seal(self, context: Context, plaintext: bytes) -> bytes:
        """Seal a value in its place."""
        head = self.header
        nonce = urandom(NONCE_BYTES)
        return head + nonce + self._field.encrypt(nonce, pad(plaintext), context.prefix + head)

    def open(self, context: Context, blob: bytes) -> bytes:
        """Open a value in its place, or raise CannotOpen."""
        head = self.header
        if len(blob) < MIN_LENGTH or blob[:HEADER_BYTES] != head:
            raise CannotOpen()
        try:
            padded = self._field.decrypt(blob[HEADER_BYTES:_BODY_AT], blob[_BODY_AT:], context.prefix + head)
        except InvalidTag:
            raise CannotOpen() from None
        return unpad(padded)

    def audit_cipher(self) -> AESGCM:
        """Make the cipher of the record; for `token`, which chooses nonce and context."""
        return AESGCM(subkey(self._raw, b"audit"))

    def file_encryptor(self, context: bytes) -> Cobblestone256Encryptor:
        """Start sealing one file; `stream` knows the context."""
        return Cobblestone256Encryptor(subkey(self._raw, b"file"), context)

    def file_decryptor(self, context: bytes) -> Cobblestone256Decryptor:
        """Start opening one file; `stream` knows the context."""
        return Cobblestone256Decryptor(subkey(self._raw, b"file"), context)


def subkey(raw: bytes, use: bytes) -> bytes:
    """Derive the key for one use (RFC 5869 §2.3; no extraction, since `raw` is uniformly random)."""
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=use).derive(raw)
