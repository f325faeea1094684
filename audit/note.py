"""Signed notes, their keys and the cosignatures of witnesses, with Ed25519 alone. Pure.

A note is a text with signature lines below it. Nothing in it may be believed before a signature of an expected key has
been checked; lines of unknown keys are passed over. Formats: c2sp.org/signed-note, c2sp.org/tlog-cosignature.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MOST_SIGNATURES = 16
LONGEST_NOTE = 16_384
_KEY_ID_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 64
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_MARK = "\u2014 "


class KeyKind(IntEnum):
    """The signature types of c2sp.org/signed-note that are used here."""

    LOG = 1
    COSIGNER = 4


class BadNote(Exception):
    """The text is not a signed note or not a checkpoint; nothing in it may be believed."""


class NotSigned(Exception):
    """No signature of the expected key, or one that does not hold: believe nothing in the note."""


class BadKey(Exception):
    """The text is not a key of this format; copy it again, in full."""


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key with its name; written as a vkey it is one line that can be printed."""

    name: str
    kind: KeyKind
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> VerifyKey:
        """Read `<name>+<key id in hex>+<base64 of kind and key>`."""
        name, _, rest = vkey.strip().partition("+")
        digits, _, coded = rest.partition("+")
        raw = decoded(coded, BadKey)
        if len(raw) != 33 or raw[0] not in set(KeyKind) or not _NAME.fullmatch(name):
            raise BadKey
        key = cls(name, KeyKind(raw[0]), raw[1:])
        if key.key_id.hex() != digits:
            raise BadKey
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:_KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([self.kind]) + self.public)}"


class SigningKey:
    """A private key; its repr says nothing of it. Only the sequencer or the witness holds one."""

    def __init__(self, *, name: str, kind: KeyKind, seed: bytes) -> None:
        if not _NAME.fullmatch(name):
            raise BadKey
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifyKey(name, kind, self._key.public_key().public_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read `PRIVATE+KEY+<name>+<key id in hex>+<base64 of kind and seed>`."""
        parts = text.strip().split("+", 4)
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
            raise BadKey
        raw = decoded(parts[4], BadKey)
        if len(raw) != 33 or raw[0] not in set(KeyKind):
            raise BadKey
        key = cls(name=parts[2], kind=KeyKind(raw[0]), seed=raw[1:])
        if key.verifier.key_id.hex() != parts[3]:
            raise BadKey
        return key

    def written(self) -> str:
        """The private key as one line, for its own file and for nothing else."""
        raw = bytes([self.verifier.kind]) + self._key.private_bytes_raw()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.key_id.hex()}+{encoded(raw)}"

    def __repr__(self) -> str:
        return f"<private key of {self.verifier.name}>"

    def sign(self, text: str) -> str:
        """Sign a note's text as the log; returns the signature line."""
        if self.verifier.kind is not KeyKind.LOG:
            raise BadKey
        return self._line(self._key.sign(text.encode()))

    def cosign(self, text: str, *, at: datetime) -> str:
        """Cosign a checkpoint's text as a witness at a time; returns the signature line."""
        if self.verifier.kind is not KeyKind.COSIGNER:
            raise BadKey
        seconds = int(at.timestamp())
        return self._line(seconds.to_bytes(8, "big") + self._key.sign(_cosigned(text, seconds)))

    def _line(self, signature: bytes) -> str:
        return f"{_MARK}{self.verifier.name} {encoded(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines, none of which has been checked yet."""

    text: str
    lines: tuple[str, ...]

    @classmethod
    def parse(cls, raw: str) -> Note:
        """Take a note apart; raises `BadNote`."""
        text, separator, tail = raw.rpartition("\n\n")
        if not separator or not tail.endswith("\n") or len(raw) > LONGEST_NOTE or _CONTROL.search(raw):
            raise BadNote
        lines = tuple(f"{line}\n" for line in tail[:-1].split("\n"))
        if len(lines) > MOST_SIGNATURES or not all(_signature(line) for line in lines):
            raise BadNote
        return cls(f"{text}\n", lines)

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(self.lines)}"

    def signed_by(self, key: VerifyKey) -> datetime | None:
        """Check the signature of `key`; raises `NotSigned`. Gives the time of a cosignature, of the log's own None."""
        found = [signature for line in self.lines if (signature := _signature_of(line, key)) is not None]
        if not found:
            raise NotSigned
        return [_checked(self.text, signature, key) for signature in found][-1]


def cosignature_time(*, text: str, line: str, key: VerifyKey) -> datetime:
    """Check one witness's signature line over a checkpoint's text and give its time; raises `NotSigned`."""
    signature = _signature_of(line, key)
    if signature is None or key.kind is not KeyKind.COSIGNER:
        raise NotSigned
    at = _checked(text, signature, key)
    assert at is not None
    return at


def parse_lines(raw: str) -> list[str]:
    """Take signature lines apart, as a witness answers with; raises `BadNote`."""
    lines = [f"{line}\n" for line in raw.split("\n") if line]
    if not lines or len(lines) > MOST_SIGNATURES or not all(_signature(line) for line in lines):
        raise BadNote
    return lines


def keys_of(texts: Iterable[str]) -> list[VerifyKey]:
    """Read several vkeys, skipping blanks."""
    return [VerifyKey.parse(text) for text in texts if text.strip()]


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _checked(text: str, signature: bytes, key: VerifyKey) -> datetime | None:
    public = Ed25519PublicKey.from_public_bytes(key.public)
    seconds = None
    message = text.encode()
    if key.kind is KeyKind.COSIGNER:
        seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = _cosigned(text, seconds)
    if len(signature) != _SIGNATURE_BYTES:
        raise NotSigned
    try:
        public.verify(signature, message)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (InvalidSignature, OverflowError, ValueError, OSError):
        raise NotSigned from None


def _signature_of(line: str, key: VerifyKey) -> bytes | None:
    name, raw = _signature(line) or ("", b"")
    return raw[_KEY_ID_BYTES:] if name == key.name and raw[:_KEY_ID_BYTES] == key.key_id else None


def _signature(line: str) -> tuple[str, bytes] | None:
    """Split a signature line into the key's name and the bytes; None if it is none."""
    if not line.startswith(_MARK) or not line.endswith("\n"):
        return None
    name, _, coded = line[len(_MARK) : -1].partition(" ")
    try:
        raw = decoded(coded, BadNote)
    except BadNote:
        return None
    return (name, raw) if _NAME.fullmatch(name) and len(raw) > _KEY_ID_BYTES else None


def encoded(raw: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(raw).decode("ascii")


def decoded(text: str, error: type[Exception]) -> bytes:
    """Read base64 in its one form, or raise `error`."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise error from None
    # One text for one value, or the same checkpoint could be told in two forms.
    if encoded(raw) != text:
        raise error
    return raw
