"""Compares a leaf's evidence, its bytes, with the columns that were copied from them for searching.

The columns decide what a search finds, so somebody who changes them alone can hide a leaf from a search without
touching its hash. Whoever shows a leaf therefore shows what its bytes say, and tells when the columns say otherwise.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.events import EVENTS, canonical, timestamp
from audit.models import Leaf


@dataclass(frozen=True, slots=True)
class Said:
    """What a leaf's bytes say; `differs` names the columns that say something else."""

    at: datetime
    event: str
    kind: str
    actor: UUID | None
    role: str
    basis: str
    about: UUID | None
    address: str
    fields: dict[str, Any]
    differs: tuple[str, ...]


def said(leaf: Leaf) -> Said:
    """Read a leaf's bytes; when they cannot be read, give the columns and say that they are all there is."""
    try:
        return _read(leaf)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Said(
            leaf.at,
            leaf.event,
            leaf.kind,
            leaf.actor,
            leaf.role,
            leaf.basis,
            leaf.about,
            leaf.address,
            {},
            ("body",),
        )


def payload_fits(leaf: Leaf, fields: dict[str, Any]) -> bool:
    """Tell whether the sealed detail is the one that the bytes name by hash."""
    held = None if leaf.payload is None else hashlib.sha256(bytes(leaf.payload)).hexdigest()
    return held == fields.get("payload")


def _read(leaf: Leaf) -> Said:
    raw = bytes(leaf.body)
    fields: dict[str, Any] = json.loads(raw)
    event = fields["event"]
    known = EVENTS.get(event)
    columns = {
        "id": (str(leaf.id), fields["id"]),
        "at": (timestamp(leaf.at), fields["time"]),
        "event": (leaf.event, event),
        "kind": (leaf.kind, known.kind if known else leaf.kind),
        "actor": (_text(leaf.actor), fields["actor"]),
        "role": (leaf.role, fields["role"]),
        "basis": (leaf.basis, fields["basis"]),
        "about": (_text(leaf.about), fields["about"]),
        "address": (leaf.address, fields["address"]),
        # A second form of the same JSON has another hash, so it is not what was written.
        "body": (canonical(fields), raw),
    }
    return Said(
        at=datetime.fromisoformat(fields["time"]),
        event=event,
        kind=str(known.kind if known else leaf.kind),
        actor=_identifier(fields["actor"]),
        role=fields["role"],
        basis=fields["basis"],
        about=_identifier(fields["about"]),
        address=fields["address"],
        fields=fields,
        differs=tuple(name for name, (column, evidence) in columns.items() if column != evidence),
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _identifier(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
