"""What stands of rows that are put right by new ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from cases.models import Note
from cases.models.signed import CorrectableRow

Written = TypeVar("Written", bound=Note | CorrectableRow)


def without_replaced(rows: Iterable[Written]) -> list[Written]:
    """Leave out what a signed correction has replaced; each correction holds what it corrects, without a query."""
    known = {row.pk: row for row in rows}
    replaced = set()
    for row in known.values():
        if row.corrects_id in known:
            row.corrects = known[row.corrects_id]
            if row.is_signed:
                replaced.add(row.corrects_id)
    return [row for row in known.values() if row.pk not in replaced]
