"""The words of the record and the bytes of a leaf. Pure.

Every event is declared once, by the app it belongs to, with the Swedish sentence that a reviewer reads. A leaf's
bytes are canonical JSON (RFC 8785's subset: sorted keys, no spaces, UTF-8, no floats) and never change once written:
the hash of these bytes is what the tree is built on. No field may hold a person's data in clear.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

VERSION = 1
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class Kind(StrEnum):
    """What a reviewer filters on."""

    READ = "read"
    CHANGE = "change"
    REFUSAL = "refusal"
    EXPORT = "export"
    GRANT = "grant"
    ACCOUNT = "account"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that can happen: `code` is written into the leaf, `sentence` is what a person reads."""

    code: str
    kind: Kind
    sentence: str


EVENTS: dict[str, Event] = {}


def declare(code: str, kind: Kind, sentence: str) -> Event:
    """Declare an event; a code means one thing for ever, so a second declaration is an error."""
    if code in EVENTS:
        raise ValueError(f"event {code} is declared twice")
    EVENTS[code] = Event(code, kind, sentence)
    return EVENTS[code]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and the circumstances that the record keeps.

    `session` is a hash of the session key, `request` the reference shown on error pages, `methods` how the person
    signed in. A job that acts by the clock has no user and names itself in `role`.
    """

    user: UUID | None
    role: str
    unit: UUID | None = None
    session: str = ""
    address: str = ""
    request: str = ""
    methods: tuple[str, ...] = ()

    @property
    def person(self) -> UUID:
        """The id of the colleague who acts; a job is nobody and raises `NotAPerson`."""
        if self.user is None:
            raise NotAPerson(self.role)
        return self.user

    @property
    def job(self) -> str:
        """The name of the job; empty for a person, whatever she calls herself."""
        is_job = self.user is None and self.role.startswith(_JOB)
        return self.role.removeprefix(_JOB) if is_job else ""


_JOB = "job:"


class NotAPerson(Exception):
    """A job tried what only a person may do; let a colleague do it."""


def job(name: str) -> Actor:
    """The actor of something that happens by the clock."""
    return Actor(user=None, role=f"{_JOB}{name}")


@dataclass(frozen=True, slots=True)
class SealedSubject:
    """What a leaf is about: a token that only the subject's own key opens, and the digest of the row as stored."""

    token: bytes
    digest: bytes | None = None


def new_leaf_id(*, at: datetime) -> UUID:
    """Make a version 7 UUID (RFC 9562 §5.7), so that leaves lie in the index in the order of their time."""
    milliseconds = int(at.timestamp() * 1000)
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | (0x7 << 76) | ((random >> 68 & 0xFFF) << 64) | (0b10 << 62)
    return UUID(int=value | (random & ((1 << 62) - 1)))


def timestamp(at: datetime) -> str:
    """Write an aware time in UTC with microseconds, always the same length."""
    if at.tzinfo is None:
        raise ValueError("a leaf needs an aware time")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def encode(
    *,
    leaf: UUID,
    at: datetime,
    event: Event,
    actor: Actor,
    about: UUID | None,
    basis: str,
    purpose: str,
    subjects: Sequence[SealedSubject],
    payload: bytes | None,
) -> bytes:
    """Write a leaf's bytes, final from then on; `payload` is the sealed detail, of which only the hash goes in."""
    return canonical(
        {
            "v": VERSION,
            "id": str(leaf),
            "time": timestamp(at),
            "event": event.code,
            "actor": None if actor.user is None else str(actor.user),
            "role": actor.role,
            "unit": None if actor.unit is None else str(actor.unit),
            "session": actor.session,
            "address": actor.address,
            "request": actor.request,
            "methods": list(actor.methods),
            "about": None if about is None else str(about),
            "basis": basis,
            "purpose": purpose,
            "subjects": [
                {
                    "token": base64.b64encode(subject.token).decode("ascii"),
                    "digest": None if subject.digest is None else subject.digest.hex(),
                }
                for subject in subjects
            ],
            "payload": None if payload is None else hashlib.sha256(payload).hexdigest(),
        }
    )


def encode_subject(*, scope: UUID, label: str, row: UUID) -> bytes:
    """Write what a token holds: scope, row and the table's name, at most 31 ASCII characters."""
    name = label.encode("ascii")
    if len(name) > 31:
        raise ValueError("the table's name is too long for a subject token")
    return scope.bytes + row.bytes + name


def decode_subject(raw: bytes) -> tuple[UUID, str, UUID]:
    """Read what `encode_subject` wrote: scope, table's name, row."""
    return UUID(bytes=raw[:16]), raw[32:].decode("ascii"), UUID(bytes=raw[16:32])


def canonical(value: object) -> bytes:
    """Write JSON in its one form."""
    return _JSON.encode(value).encode()


def leaf_hash(body: bytes) -> bytes:
    """The hash that stands for a leaf in the tree (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + body).digest()
