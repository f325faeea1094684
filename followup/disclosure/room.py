"""The data sets that show what is left for every coalition of so many insiders, under one rule of stand-ins.

With no insiders it holds every data set that fits the statements. It proposes data sets, proves lower ends, and says
which data sets lie in it; it must never narrow anything for a reason that is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure.population import Population, Table, Weights
from followup.disclosure.search import CAP, Search, Vector
from followup.disclosure.standins import Coalition, Margins, Rule

_AIMS: Final = 4  # random aims at the same end, before the solver is asked for whole numbers outright
_NO_END: Final = 2**62


class Room:
    """A linear programme over the population, narrowed by what a rule needs for each of the insiders."""

    def __init__(
        self,
        *,
        population: Population,
        coalition: Coalition,
        rule: Rule,
        limits: Sequence[tuple[int, int]],
        random: np.random.Generator,
    ) -> None:
        self._population, self._coalition, self._random = population, coalition, random
        self._search = Search()
        self._rows: list[int] = []
        self._sums = self._falls = self._size = self.stamp = 0
        self.limits: list[tuple[int, int]] = []
        self.grow(rule=rule)
        for count, (low, high) in enumerate(limits):
            self.limit(count=count, low=low, high=high)

    def grow(self, *, rule: Rule) -> None:
        """Take in the releases that the population has got since."""
        population = self._population
        self._margins = margins = Margins.of(rule=rule, population=population, coalition=self._coalition)
        self._search.widen(columns=population.size - self._size, low=margins.taken[self._size :])
        for row in population.sums[self._sums :]:
            self._search.add(weights=row, low=0, high=0)
        for number, row in enumerate(population.falls[self._falls :], start=self._falls):
            self._search.add(weights=row, low=int(margins.grown[number]), high=None)
        for columns in population.columns[len(self._rows) :]:
            self._rows.append(self._search.add(weights=dict.fromkeys(columns.tolist(), 1), low=0, high=CAP))
            self.limits.append((0, CAP))
        self._size, self._sums, self._falls = population.size, len(population.sums), len(population.falls)
        self.stamp += 1

    def limit(self, *, count: int, low: int, high: int) -> None:
        """Replace what is stated of a count."""
        self.limits[count] = (low, high)
        self.stamp += 1
        self._search.limit(
            row=self._rows[count],
            low=low + int(self._margins.below[count]) if low > 0 else low,
            high=high - int(self._margins.above[count]) if high < CAP else high,
        )

    def row_of(self, *, count: int) -> int:
        """Return the row of the programme that states a count."""
        return self._rows[count]

    @contextmanager
    def without(self, *, known: Sequence[int]) -> Iterator[Search]:
        """Give the programme of the unknown persons when so many of each count are known (for no insiders)."""
        before = list(self.limits)
        try:
            for count, n in enumerate(known):
                low, high = before[count]
                self.limit(count=count, low=low - n, high=high - n if high < CAP else high)
            yield self._search
        finally:
            for count, (low, high) in enumerate(before):
                self.limit(count=count, low=low, high=high)

    def fits(self, *, rows: Table) -> npt.NDArray[np.bool_]:
        """Say which data sets of the population (``Population.counted``) lie in the room."""
        margins = self._margins
        ends = np.array(self.limits, dtype=np.int64).reshape(-1, 2)
        lows = np.where(ends[:, 0] > 0, ends[:, 0] + margins.below, ends[:, 0])
        highs = np.where(ends[:, 1] < CAP, ends[:, 1] - margins.above, _NO_END)
        counts = slice(self._size + 1, self._size + 1 + len(ends))
        above = rows >= np.concatenate([margins.taken, [0], lows, margins.grown])
        below = rows[:, counts] <= highs
        found: npt.NDArray[np.bool_] = np.logical_and(above.all(axis=1), below.all(axis=1))
        return found

    def least(self, *, weights: Weights) -> int | None:
        """Return a proved lower end of a weighted sum; None when nothing fits."""
        return self._search.least(objective=weights)

    def point(self, *, weights: Weights, sign: int, equal: tuple[Weights, int] | None) -> Vector | None:
        """Propose a data set with the least (sign 1) or greatest (sign -1) weighted sum; None when nothing fits."""
        aims = (self._aimed(weights, sign) for _ in range(_AIMS))
        return self._search.point(objectives=aims, equal=equal)

    def _aimed(self, weights: Weights, sign: int) -> dict[int, float]:
        """Aim at an end of a count and, by less than one person of it, at random ends of others."""
        found: dict[int, float] = {}
        stated = [n for n, (_, high) in enumerate(self.limits) if high < CAP]
        size = min(24, len(stated))
        for position, turn in zip(
            self._random.integers(0, max(1, len(stated)), size),
            self._random.integers(0, 2, size),
            strict=True,
        ):
            low, high = self.limits[stated[position]]
            step = (1 - 2 * int(turn)) / (64 * (high - low + 1))
            for column in self._population.columns[stated[position]].tolist():
                found[column] = found.get(column, 0.0) + step
        for column, weight in weights.items():
            found[column] = found.get(column, 0.0) + sign * weight
        return found
