"""Looks for a coalition that breaks the promise: persons who, once known, leave too few values for the others.

How far apart the ends of a count lie is a concave function of whom the attacker knows, so going down its slope from
coalition to coalition ends where it is narrow. What is found is confirmed in whole numbers. That nothing is found
proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np

from followup.disclosure.population import Population, Weights
from followup.disclosure.reading import Value
from followup.disclosure.room import Room
from followup.disclosure.search import CAP, Search, Vector

_STARTS: Final = 8
_STEPS: Final = 6
_BRANCHES: Final = 200

Known: TypeAlias = tuple[tuple[dict[str, Value], ...], ...]
"""Per release the known persons who are in it, each with her categories."""


class Coalitions:
    """The coalitions of so many persons that fit the statements: they obey the rules that everybody obeys."""

    def __init__(self, *, population: Population, base: Room, insiders: int) -> None:
        self._population, self._base = population, base
        self._joint = _joint(population, base.limits, insiders)
        self._random = np.random.default_rng(11)

    def breaking(self, *, weights: Weights, k: int, need: int) -> Known | None:
        """Return a coalition that leaves fewer than ``need`` values of a count that can be below k; None when none was
        found.
        """
        for start in range(_STARTS):
            for known in self._descend(self._start(start, weights), weights, need):
                if self._breaks(known, weights, k, need):
                    return self._persons(known)
        return None

    def _start(self, number: int, weights: Weights) -> dict[int, float]:
        if number < 2:
            return {column: float(weight * (1 - 2 * number)) for column, weight in weights.items()}
        return dict(enumerate(self._random.normal(size=self._population.size).tolist()))

    def _descend(self, slope: dict[int, float], weights: Weights, need: int) -> Iterator[Vector]:
        """Yield coalitions whose ends are close, each found by the slope at the one before."""
        last: Vector | None = None
        for _ in range(_STEPS):
            found = self._joint.some_point(objective=slope, branches=_BRANCHES)
            if found is None:
                return
            known = found[: self._population.size]
            if last is not None and np.array_equal(known, last):
                return
            ends = self._ends(known, weights)
            if ends is None:
                return
            width, slope, last = *ends, known
            if width < 2 * need:  # wider ones have gaps between their whole values, or none at all
                yield known

    def _ends(self, known: Vector, weights: Weights) -> tuple[float, dict[int, float]] | None:
        """Return how far apart the ends are, and how that moves with each known person."""
        counts = self._counts(known)
        with self._base.without(known=counts) as unknown:
            least = unknown.slopes(objective=weights)
            negative = unknown.slopes(objective={c: -w for c, w in weights.items()})
        if least is None or negative is None:
            return None
        moves: dict[int, float] = {}
        for count, columns in enumerate(self._population.columns):
            row = self._base.row_of(count=count)
            move = least[1][row] + negative[1][row]
            if move:
                for column in columns.tolist():
                    moves[column] = moves.get(column, 0.0) + move
        return -negative[0] - least[0], moves

    def _breaks(self, known: Vector, weights: Weights, k: int, need: int) -> bool:
        with self._base.without(known=self._counts(known)) as unknown:
            return _has_fewer_values(search=unknown, weights=weights, need=need, below=k)

    def _counts(self, known: Vector) -> list[int]:
        counts: list[int] = self._population.tabulate(points=known[np.newaxis, :])[0, 1:].tolist()
        return counts

    def _persons(self, known: Vector) -> Known:
        width = self._population.layout.width
        return tuple(
            tuple(self._population.layout.persons(counts=known[start : start + width].tolist()))
            for start in range(0, len(known), width)
        )


def _has_fewer_values(*, search: Search, weights: Weights, need: int, below: int) -> bool:
    """Say whether a sum can be below a number and takes fewer than ``need`` whole values."""
    least = _value(search.point(objectives=[weights], equal=None), weights)
    if least is None or least >= below:
        return False
    greatest = _value(search.point(objectives=[{c: -w for c, w in weights.items()}], equal=None), weights)
    if greatest is None or greatest - least + 1 < need:
        return greatest is not None
    found = 2
    for value in range(least + 1, greatest):
        if found >= need:
            break
        found += search.point(objectives=[{}], equal=(weights, value)) is not None
    return found < need


def _value(point: Vector | None, weights: Weights) -> int | None:
    return None if point is None else int(sum(w * point[c] for c, w in weights.items()))


def _joint(population: Population, limits: Sequence[tuple[int, int]], insiders: int) -> Search:
    """Return the programme of known and unknown persons together; the known ones have the first columns."""
    search, size = Search(), population.size
    search.widen(columns=2 * size)
    for start in (0, size):
        for row in population.sums:
            search.add(weights={start + c: w for c, w in row.items()}, low=0, high=0)
        for row in population.falls:
            search.add(weights={start + c: w for c, w in row.items()}, low=0, high=None)
    for columns, (low, high) in zip(population.columns, limits, strict=True):
        both = np.concatenate([columns, columns + size])
        search.add(weights=dict.fromkeys(both.tolist(), 1), low=low, high=None if high >= CAP else high)
    centres = len(population.layout.scope)
    for start in range(0, size, population.layout.width):
        search.add(weights=dict.fromkeys(range(start, start + centres), 1), low=0, high=insiders)
    return search
