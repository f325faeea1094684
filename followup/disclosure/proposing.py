"""Asks a solver for a rule of stand-ins and for data sets with the room that it needs.

It looks for a rule that takes room away in as few places as it can. Nothing here is proved, and that nothing is found
means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from followup.disclosure.population import NOBODY, Population, Table, Weights
from followup.disclosure.search import CAP, Search
from followup.disclosure.standins import Coalition, Rule, nobody, places

_BRANCHES: Final = 200
_LARGEST: Final = 20_000
_DATA_SETS: Final = 2


def propose(
    *,
    population: Population,
    limits: Sequence[tuple[int, int]],
    coalition: Coalition,
    weights: Weights,
    spread: int,
) -> tuple[Rule, Table] | None:
    """Return a rule and two data sets whose weighted sums differ by ``spread`` at least; None when none was found
    within a number of branches.
    """
    if sum(n * n for n in np.bincount(population.layout.tables())) * len(population.follows) > _LARGEST:
        return None
    return _Question(population, coalition).answer(limits, weights, spread)


class _Question:
    """Columns for the data sets, for every pair of a person and a stand-in, and for every margin."""

    def __init__(self, population: Population, coalition: Coalition) -> None:
        self._population = population
        self._kinds = [(places(kind=kind, population=population), number) for kind, number in coalition]
        self._search = Search()
        self._tables = population.layout.tables()
        self._sets = [self._search.widen(columns=population.size) for _ in range(_DATA_SETS)]
        self._pairs: dict[tuple[int, int], int] = {}
        self._margins: list[int] = []

    def answer(
        self, limits: Sequence[tuple[int, int]], weights: Weights, spread: int
    ) -> tuple[Rule, Table] | None:
        for start in range(0, self._population.size, self._population.layout.width):
            self._choose(start)
        self._demand_people()
        self._demand_increases()
        for number, (low, high) in enumerate(limits):
            if low > 0 or high < CAP:
                self._demand_count(number, low, high)
        first, second = (_shifted(weights, start) for start in self._sets)
        self._row({**second, **{column: -weight for column, weight in first.items()}}, low=spread)
        cost = dict.fromkeys(self._margins, 1.0)
        point = self._search.some_point(objective=cost, branches=_BRANCHES)
        if point is None:
            return None
        rule = nobody(population=self._population)
        for (person, other), pair in self._pairs.items():
            if point[pair] > 0:
                rule[person] = other
        return rule, np.array([point[start : start + len(rule)] for start in self._sets], dtype=np.int64)

    def _margin(self) -> int:
        self._margins.append(self._search.widen(columns=1))
        return self._margins[-1]

    def _room(
        self, people: Iterable[int], columns: Sequence[int], *, leaving: bool = False
    ) -> dict[int, int]:
        """Return margins, each for as many persons as are of its kind: one is needed when somebody's stand-in is in the
        columns (``leaving``: is not).
        """
        found = {}
        for here, number in self._kinds:
            margin = self._margin()
            found[margin] = number
            for person in people:
                if here[person]:
                    into = dict.fromkeys(self._into(person, columns), 1 if leaving else -1)
                    self._row({margin: 1, **into}, low=int(leaving))
        return found

    def _row(self, weights: Weights, *, low: int | None = None, high: int | None = None) -> None:
        self._search.add(weights=weights, low=low, high=high)

    def _choose(self, start: int) -> None:
        """Give everybody in a release one stand-in: in the centre somebody or nobody, in an arm somebody under the
        value of the centre's stand-in.
        """
        centres = self._population.layout.centres()
        for place, centre in enumerate(centres.tolist()):
            same = np.flatnonzero(self._tables == self._tables[place])
            first, person = self._search.widen(columns=len(same)), start + place
            self._pairs |= {(person, start + int(other)): first + i for i, other in enumerate(same)}
            if place == centre:
                self._pairs[person, NOBODY] = self._search.widen(columns=1)
                chosen = [self._pairs[person, NOBODY], *range(first, first + len(same))]
                self._row(dict.fromkeys(chosen, 1), low=1, high=1)
                continue
            for value in np.unique(centres[same]).tolist():
                under = self._into(person, start + same[centres[same] == value])
                self._row(
                    {**dict.fromkeys(under, 1), self._pairs[start + centre, start + value]: -1}, low=0, high=0
                )

    def _into(self, person: int, places: Iterable[int]) -> list[int]:
        return [self._pairs[person, int(other)] for other in places]

    def _table(self, column: int) -> list[int]:
        """Return the columns of the table of a column, in its release."""
        start = column // len(self._tables) * len(self._tables)
        found: list[int] = (start + np.flatnonzero(self._tables == self._tables[column - start])).tolist()
        return found

    def _demand_people(self) -> None:
        """Take nobody away who is not there."""
        for row in self._population.sums:
            for start in self._sets:
                self._row(_shifted(row, start), low=0, high=0)
        for place in range(self._population.size):
            taken = self._room(self._table(place), [place])
            for start in self._sets:
                self._row({start + place: 1, **_negative(taken)}, low=0)

    def _demand_increases(self) -> None:
        """Let nothing fall that never falls, should somebody be taken away who has just come."""
        for row in self._population.falls:
            inside = [column for column, weight in row.items() if weight > 0]
            grown = self._room(self._table(inside[0]), inside)
            for start in self._sets:
                self._row({**_shifted(row, start), **_negative(grown)}, low=0)

    def _demand_count(self, number: int, low: int, high: int) -> None:
        """Keep a count within its limits, whoever is known."""
        columns = self._population.columns[number].tolist()
        above = self._room(columns, columns, leaving=True)
        below = self._room(set(self._table(columns[0])) - set(columns), columns)
        for start in self._sets:
            counted = dict.fromkeys((start + column for column in columns), 1)
            if high < CAP:
                self._row({**counted, **above}, high=high)
            if low > 0:
                self._row({**counted, **_negative(below)}, low=low)


def _negative(weights: Weights) -> dict[int, int]:
    return {column: -weight for column, weight in weights.items()}


def _shifted(weights: Weights, start: int) -> dict[int, int]:
    return {start + column: weight for column, weight in weights.items()}
