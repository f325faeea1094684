"""The unknowns behind a plan's tables: one column per combination that some table tells apart, and no more.

Tables that share one dimension (the centre) fall apart into arms: given how many persons have each value of
the centre, the arms are independent, because whole-number tables with equal totals can always be joined
into one data set. The full cross of all dimensions is therefore not needed, and what is proved here is
exact for it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure.reading import Dims, Malformed, Value, Where

LARGEST: Final = 60_000
Indices = npt.NDArray[np.int64]


class Layout:
    """Columns of one release for some values of the centre: persons per centre value, then per arm and
    value.
    """

    def __init__(self, *, dims: Dims, wheres: Iterable[Where], impossible: Sequence[Where] = ()) -> None:
        used = {tuple(sorted(where)) for where in (*wheres, *impossible)}
        self._dims, self._impossible = dims, impossible
        self.centre = _centre(dims, used)
        self._arms = _arms(dims, used, self.centre)
        self._scope: tuple[Value, ...] = dims[self.centre] if self.centre else ("",)

    @property
    def scope(self) -> tuple[Value, ...]:
        """Return the values of the centre that this layout covers."""
        return self._scope

    def within(self, *, scope: Sequence[Value]) -> Layout:
        """Return the same layout for some values of the centre only."""
        part = object.__new__(Layout)
        part._dims, part._impossible = self._dims, self._impossible
        part.centre, part._arms, part._scope = self.centre, self._arms, tuple(scope)
        if part.width > LARGEST:
            raise Malformed("planen skiljer på för många kombinationer: redovisa färre korstabeller")
        return part

    @property
    def width(self) -> int:
        """Return the number of columns of one release."""
        return len(self._scope) * (1 + sum(self._cells(arm) for arm in self._arms))

    def values_of(self, *, where: Where) -> tuple[Value, ...]:
        """Return the values of the centre that a set touches."""
        if self.centre is None:
            return self._scope
        return tuple(v for v in self._scope if v in where.get(self.centre, (v,)))

    def columns(self, *, where: Where) -> Indices:
        """Return the columns whose sum is the number of persons in a set."""
        inner = {name for name in where if name != self.centre}
        chosen = [self._scope.index(v) for v in self.values_of(where=where)]
        if not inner:
            return np.array(chosen, dtype=np.int64)
        start = len(self._scope)
        for arm in self._arms:
            size = self._cells(arm)
            if inner <= set(arm):
                combos = itertools.product(*(self._dims[name] for name in arm))
                kept = [
                    i
                    for i, combo in enumerate(combos)
                    if all(v in where.get(name, (v,)) for name, v in zip(arm, combo, strict=True))
                ]
                return np.array([start + o * size + i for o in chosen for i in kept], dtype=np.int64)
            start += size * len(self._scope)
        raise Malformed(f"en mängd över {', '.join(sorted(inner))} ligger utanför planens tabeller")

    def centres(self) -> Indices:
        """Return, for every column, the column of the centre's value that it is a part of."""
        size = len(self._scope)
        arms = (np.repeat(np.arange(size), self._cells(arm)) for arm in self._arms)
        return np.concatenate([np.arange(size), *arms]).astype(np.int64)

    def tables(self) -> Indices:
        """Return, for every column, the number of its table: 0 for the centre, then one for each arm."""
        size = len(self._scope)
        sizes = [size, *(size * self._cells(arm) for arm in self._arms)]
        return np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)

    def persons(self, *, counts: Sequence[int]) -> list[dict[str, Value]]:
        """Join the arms of one release's counts into persons, each with her categories."""
        found: list[dict[str, Value]] = []
        for place, value in enumerate(self._scope):
            joined: list[dict[str, Value]] = [
                {} if self.centre is None else {self.centre: value} for _ in range(counts[place])
            ]
            start = len(self._scope)
            for arm in self._arms:
                size = self._cells(arm)
                cells = counts[start + place * size : start + (place + 1) * size]
                combos = list(itertools.product(*(self._dims[name] for name in arm)))
                taken = [combo for combo, n in zip(combos, cells, strict=True) for _ in range(n)]
                for person, combo in zip(joined, taken, strict=True):
                    person.update(zip(arm, combo, strict=True))
                start += size * len(self._scope)
            found += joined
        return found

    def structure(self) -> list[dict[int, int]]:
        """Return the sums that are zero in every data set: each arm's values add up to the centre's count,
        and nobody is where the plan says that nobody can be.
        """
        rows, start = [], len(self._scope)
        for arm in self._arms:
            size = self._cells(arm)
            for o in range(len(self._scope)):
                rows.append({o: -1, **{start + o * size + i: 1 for i in range(size)}})
            start += size * len(self._scope)
        nowhere = (self.columns(where=where) for where in self._impossible)
        return rows + [dict.fromkeys(columns.tolist(), 1) for columns in nowhere if len(columns)]

    def _cells(self, arm: tuple[str, ...]) -> int:
        return math.prod(len(self._dims[name]) for name in arm)


def _arms(dims: Dims, used: set[tuple[str, ...]], centre: str | None) -> tuple[tuple[str, ...], ...]:
    """Return the groups of dimensions that some table crosses, directly or through another."""
    groups: list[set[str]] = []
    for names in used:
        joined = set(names) - {centre}
        apart = [group for group in groups if not group & joined]
        groups = [*apart, joined.union(*(group for group in groups if group & joined))]
    return tuple(
        tuple(name for name in dims if name in group) for group in sorted(groups, key=sorted) if group
    )


def _centre(dims: Dims, used: set[tuple[str, ...]]) -> str | None:
    """Return the shared dimension that leaves the fewest columns; None when every table stands alone."""

    def width(centre: str | None) -> int:
        arms = _arms(dims, used, centre)
        outer = len(dims[centre]) if centre else 1
        return outer * (1 + sum(math.prod(len(dims[name]) for name in arm) for arm in arms))

    crossed = {name for names in used if len(names) > 1 for name in names}
    return min([None, *(name for name in dims if name in crossed)], key=width)
