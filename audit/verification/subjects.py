"""Finds out which row a leaf is about, from its sealed token where the key still lives.

The search index (`LeafSubject`) would be quicker, but whoever rolls a row back could take its line out of it; a token
in a leaf cannot be taken out. Opens ids and tables' names, never content; asks nobody, as verification shows nothing.
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from audit import events
from audit.verification.faults import Fault, FaultKind, Report
from avhopp.crypto import token
from avhopp.crypto.envelope import CannotOpen
from avhopp.crypto.seal import DataKey, RecordKey
from avhopp.sealed import keyring
from avhopp.sealed.models import ScopeKey

MOST_KEYS = 2000
_KEY_ID = slice(2, 18)


class Subjects:
    """Opens tokens, with the latest keys at hand."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._keys: OrderedDict[UUID, DataKey | RecordKey | FaultKind | None] = OrderedDict()

    def of(
        self, entry: int | None, subjects: list[dict[str, Any]]
    ) -> Iterator[tuple[int, str, UUID, str | None]]:
        """Give position, table's name, row and digest of each subject that can be named."""
        for position, subject in enumerate(subjects):
            raw = base64.b64decode(subject["token"])
            key = self._key(UUID(bytes=raw[_KEY_ID])) if len(raw) == token.TOKEN_BYTES else FaultKind.TOKEN
            if key is None:
                self._report.disposed += 1
                continue
            if isinstance(key, FaultKind):
                self._report.add(Fault(key, entry))
                continue
            try:
                _, label, row = events.decode_subject(token.open_subject(key, raw))
            except CannotOpen:
                self._report.add(Fault(FaultKind.TOKEN, entry))
                continue
            yield position, label, row, subject["digest"]

    def _key(self, key_id: UUID) -> DataKey | RecordKey | FaultKind | None:
        if key_id in self._keys:
            self._keys.move_to_end(key_id)
            return self._keys[key_id]
        found = _load(key_id)
        self._keys[key_id] = found
        if len(self._keys) > MOST_KEYS:
            self._keys.popitem(last=False)
        return found


def _load(key_id: UUID) -> DataKey | RecordKey | FaultKind | None:
    try:
        return keyring.of_the_record(key_id)
    except (ScopeKey.DoesNotExist, CannotOpen):
        return FaultKind.KEY_GONE
