"""Finds out which row a leaf is about, from its sealed token, and what a grant's leaf says of it, where the key lives.

The search index (`LeafSubject`) would be quicker, but whoever rolls a row back could take its line out of it; a token
in a leaf cannot be taken out. Opens ids, tables' names and grants, never what is said of anybody; asks nobody, as
verification shows nothing.
"""

from __future__ import annotations

import base64
import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit import events
from audit.verification.faults import Fault, FaultKind, Report
from avhopp.crypto import token
from avhopp.crypto.envelope import MIN_LENGTH, CannotOpen
from avhopp.crypto.seal import DataKey, RecordKey
from avhopp.sealed import keyring
from avhopp.sealed.models import ScopeKey

MOST_KEYS = 2000
_KEY_ID = slice(2, 18)


@dataclass(frozen=True, slots=True)
class Held:
    """A key that still lives, and the scope that it belongs to."""

    scope: UUID
    key: DataKey | RecordKey


class Subjects:
    """Opens tokens, with the latest keys at hand."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._keys: OrderedDict[UUID, Held | FaultKind | None] = OrderedDict()

    def of(
        self, entry: int | None, subjects: list[dict[str, Any]]
    ) -> Iterator[tuple[int, str, UUID, str | None]]:
        """Give position, table's name, row and digest of each subject that can be named."""
        for position, subject in enumerate(subjects):
            raw = base64.b64decode(subject["token"])
            held = self._held(UUID(bytes=raw[_KEY_ID])) if len(raw) == token.TOKEN_BYTES else FaultKind.TOKEN
            if held is None:
                self._report.disposed += 1
                continue
            if isinstance(held, FaultKind):
                self._report.add(Fault(held, entry))
                continue
            try:
                _, label, row = events.decode_subject(token.open_subject(held.key, raw))
            except CannotOpen:
                self._report.add(Fault(FaultKind.TOKEN, entry))
                continue
            yield position, label, row, subject["digest"]

    def detail_of(self, entry: int | None, leaf: UUID, sealed: bytes) -> dict[str, Any] | None:
        """Give the sealed detail of a leaf; None when its key is destroyed or it cannot be opened, which is a fault."""
        held = self._held(UUID(bytes=sealed[_KEY_ID])) if len(sealed) >= MIN_LENGTH else FaultKind.TOKEN
        if held is None:
            return None
        if isinstance(held, FaultKind):
            self._report.add(Fault(held, entry))
            return None
        try:
            opened = token.open_detail(held.key, sealed, leaf=leaf, scope=held.scope)
        except CannotOpen:
            self._report.add(Fault(FaultKind.TOKEN, entry))
            return None
        detail: dict[str, Any] = json.loads(opened)
        return detail

    def _held(self, key_id: UUID) -> Held | FaultKind | None:
        if key_id in self._keys:
            self._keys.move_to_end(key_id)
            return self._keys[key_id]
        found = _load(key_id)
        self._keys[key_id] = found
        if len(self._keys) > MOST_KEYS:
            self._keys.popitem(last=False)
        return found


def _load(key_id: UUID) -> Held | FaultKind | None:
    try:
        key = keyring.of_the_record(key_id)
    except (ScopeKey.DoesNotExist, CannotOpen):
        return FaultKind.KEY_GONE
    return None if key is None else Held(ScopeKey.objects.values_list("scope", flat=True).get(pk=key_id), key)
