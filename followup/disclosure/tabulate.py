"""Counts persons by their categories from a stream, however long, in memory that does not grow with it.

Rows come one at a time and leave nothing behind but a count per combination that occurs. It must never keep
a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followup.disclosure.reading import Dims, Malformed, Value


def tabulate(*, rows: Iterable[Sequence[Value]], dims: Dims) -> dict[tuple[Value, ...], int]:
    """Return the number of persons per combination; a row names one category of each dimension in their
    order.
    """
    allowed = [frozenset(values) for values in dims.values()]
    counts: dict[tuple[Value, ...], int] = {}
    for row in rows:
        key = tuple(row)
        if key in counts:
            counts[key] += 1
            continue
        if len(key) != len(allowed) or any(v not in values for v, values in zip(key, allowed, strict=False)):
            raise Malformed("en rad har en kategori som planen inte känner")
        counts[key] = 1
    return counts
