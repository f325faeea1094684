"""Sealing of single values under a data key, bound to the field, the row and the scope they belong to.

Four keys are derived from a data key, one for each use: fields, files, and the record's names and details. A
`RecordKey` is what is left of a data key that has been retired: it opens what the record says, and no case.

A ciphertext moved to another row, column, case or history entry does not open: its place is in the
authenticated data, not in the ciphertext. Nothing here takes a nonce, caches a plaintext or says why
opening failed. AES-GCM does not commit to its key, which is safe only because the key id is looked up in
our own table (security.md §3).
"""

from __future__ import annotations

import hashlib
from os import urandom
from typing import NewType
from uuid import UUID

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag

from . import algorithms
from .algorithms import Cipher, subkey
from .encoding import length_prefixed
from .envelope import (
    ALGORITHM_AT,
    HEADER_BYTES,
    KEY_ID_AT,
    MAGIC,
    MIN_LENGTH,
    NONCE_BYTES,
    CannotOpen,
    header,
    pad,
    unpad,
)
from .secret import SecretHolder, require_key

_BODY_AT = HEADER_BYTES + NONCE_BYTES


Context = NewType("Context", bytes)
"""The place of one value; every part has a fixed width, so it is unambiguous without length prefixes."""


class FieldTag:
    """Which field a value belongs to; `digest` begins its contexts.

    `label` is the table's frozen name for this purpose, not `db_table`. Made once per field; renaming the table
    must not change it, or the data is lost.
    """

    __slots__ = ("digest", "field", "label")

    def __init__(self, label: str, field: str) -> None:
        if not label or not field:
            raise ValueError("a field tag needs a label and a field name")
        self.label = label
        self.field = field
        self.digest = hashlib.sha256(length_prefixed("cms.field.v1", label, field)).digest()

    def at(self, place: bytes) -> Context:
        """Give the context of this field's value in the row of that `row_place`."""
        return self.digest + place  # type: ignore[return-value]  # a call less for each of a page's thousands

    def __repr__(self) -> str:
        return f"<FieldTag {self.label}.{self.field}>"


def row_place(row: UUID, scope: UUID, history: UUID | None = None) -> bytes:
    """Give what the values of one row share of their contexts: row, scope and, in a history table, the entry."""
    place = row.bytes + scope.bytes
    return place if history is None else place + history.bytes


def context(tag: FieldTag, *, row: UUID, scope: UUID, history: UUID | None = None) -> Context:
    """Give the place of one value: its field in its row. Whoever has many values of a row asks `tag.at` for each."""
    return tag.at(row_place(row, scope, history))


class RecordKey(SecretHolder):
    """What opens the record's tokens and details of one scope."""

    __slots__ = ("_audit", "key_id")

    def __init__(self, key_id: UUID, raw: bytes) -> None:
        require_key(raw)
        self.key_id = key_id
        self._audit = raw

    def record_cipher(self, head: bytes) -> Cipher:
        """Make the cipher that a header names, if it names this key; for `token`, which chooses the context."""
        return algorithms.cipher(algorithm_of(head, self.key_id), self._audit)


class Opener(SecretHolder):
    """Opens values that have the same header and the same last part of their context, such as those of one row."""

    __slots__ = ("_cipher", "_rest")

    def __init__(self, cipher: Cipher, rest: bytes) -> None:
        self._cipher, self._rest = cipher, rest

    def open(self, first: bytes, blob: bytes) -> bytes:
        """Open a value whose context begins with `first`, or raise CannotOpen."""
        if len(blob) < MIN_LENGTH:
            raise CannotOpen()
        try:
            return unpad(
                self._cipher.decrypt(blob[HEADER_BYTES:_BODY_AT], blob[_BODY_AT:], first + self._rest)
            )
        except InvalidTag:
            raise CannotOpen() from None


class DataKey(SecretHolder):
    """One scope's data key, ready for use; safe to share between threads.

    Make it once per key and request: building the ciphers costs more than sealing with them.
    """

    __slots__ = ("_field", "_raw", "header", "key_id")

    def __init__(self, key_id: UUID, raw: bytes) -> None:
        require_key(raw)
        self.key_id = key_id
        self.header = header(key_id, algorithm=algorithms.SEALS_WITH)
        self._field = algorithms.cipher(algorithms.SEALS_WITH, subkey(raw, b"field"))
        self._raw = raw  # the other subkeys are derived when asked for: a list opens thousands of keys

    def seal(self, context: Context, plaintext: bytes) -> bytes:
        """Seal a value in its place."""
        head, nonce = self.header, urandom(NONCE_BYTES)
        return head + nonce + self._field.encrypt(nonce, pad(plaintext), context + head)

    def open(self, context: Context, blob: bytes) -> bytes:
        """Open a value in its place, or raise CannotOpen."""
        return self.opener(b"", blob[:HEADER_BYTES]).open(context, blob)

    def opener(self, place: bytes, head: bytes) -> Opener:
        """Make what opens a row's values of that header (`FieldTag.digest` is the first part), or raise CannotOpen."""
        field = self._field
        if head != self.header:
            field = algorithms.cipher(algorithm_of(head, self.key_id), subkey(self._raw, b"field"))
        return Opener(field, place + head)

    def reseal(self, context: Context, blob: bytes, *, by: DataKey) -> bytes:
        """Seal anew what another key of the scope has sealed in this place; the content goes nowhere else."""
        return self.seal(context, by.open(context, blob))

    def record_cipher(self, head: bytes) -> Cipher:
        """Make the cipher that a header names, if it names this key; for `token`, which chooses the context."""
        return algorithms.cipher(algorithm_of(head, self.key_id), self.record_key())

    def record_key(self) -> bytes:
        """Derive what a `RecordKey` is made of. Wrap it, store it in this key's stead, and keep it nowhere else."""
        return subkey(self._raw, b"audit")

    def file_encryptor(self, context: bytes) -> Cobblestone256Encryptor:
        """Start sealing one file; `stream` knows the context."""
        return Cobblestone256Encryptor(subkey(self._raw, b"file"), context)

    def file_decryptor(self, context: bytes) -> Cobblestone256Decryptor:
        """Start opening one file; `stream` knows the context."""
        return Cobblestone256Decryptor(subkey(self._raw, b"file"), context)


def algorithm_of(head: bytes, key_id: UUID) -> int:
    """Read which known algorithm a header names, or raise CannotOpen if it is not a header of this key."""
    # The id first: a head that is cut short has none.
    if head[KEY_ID_AT:] != key_id.bytes or head[0] != MAGIC or head[ALGORITHM_AT] not in algorithms.CIPHERS:
        raise CannotOpen()
    return head[ALGORITHM_AT]
