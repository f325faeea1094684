"""What has been stated of one part of the population, and what is shown of it by data sets and rules of stand-ins.

A protected count is safe from j insiders when k - j of its values occur in a room of theirs (``standins``: what lies
there fits every coalition of j at once, or every one of a part), or when it is proved that it cannot be below k + j.
Here nothing is looked for and no solver's proposal is believed. This module must never look at the true data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from followup.disclosure import standins
from followup.disclosure.layout import Indices, Layout
from followup.disclosure.parting import Parting, read
from followup.disclosure.population import Population, Table
from followup.disclosure.protected import Protected, of_release
from followup.disclosure.reading import Where
from followup.disclosure.room import Room
from followup.disclosure.search import CAP
from followup.disclosure.standins import Rule
from followup.disclosure.witnesses import Witnesses


class Showing:
    """All statements about one independent part of the population, with witness data sets that fit them."""

    def __init__(self, *, layout: Layout, links: Sequence[Where], k: int, m: int) -> None:
        self._k, self._m = k, m
        self._population = Population(layout=layout, links=links)
        self.protected: list[Protected] = []
        self.witnesses = Witnesses(population=self._population)
        self.rules: list[Rule] = [standins.nobody(population=self._population)]
        self._random = np.random.default_rng(7)
        self._rooms: dict[tuple[int, int], Room] = {}
        self._base = self._open(0, 0)
        self.partings: dict[int, Parting] = {}
        # Proved lower ends, each with the base room's stamp when it was asked for.
        self._floor: dict[int, tuple[int, int]] = {}
        self._suspects: list[int] = []
        self._signs = np.zeros((0, 2), dtype=np.int64)

    def _open(self, rule: int, insiders: int) -> Room:
        """Return the room of a rule; there is one for each number of insiders, made when it is wanted."""
        if (rule, insiders) not in self._rooms:
            self._rooms[rule, insiders] = Room(
                population=self._population, coalition=standins.anybody(insiders=insiders), rule=self.rules[rule],
                limits=self.limits if self._rooms else [], random=self._random,
            )  # fmt: skip
        return self._rooms[rule, insiders]

    @property
    def limits(self) -> list[tuple[int, int]]:
        """Return what is stated of each count."""
        return self._base.limits

    def add_release(
        self, *, wheres: Sequence[Where], parts: Sequence[tuple[int, int]], follows: int | None
    ) -> list[int]:
        """Add a release about which nothing is said yet; return the numbers of its counts.

        ``parts`` names rows and their cells by position in ``wheres``; ``follows`` is the release whose
        people are still there under the link rules (None: no such release).
        """
        population = self._population
        found = population.add_release(wheres=wheres, follows=follows)
        self.rules, self._rooms, self.partings = (
            [standins.nobody(population=population)],
            {(0, 0): self._base},
            {},
        )
        self._base.grow(rule=self.rules[0])
        self.witnesses.add_release()
        self.protected += of_release(population=population, counts=found, parts=parts)
        self._signs = np.array(
            [(p.plus + 1, 0 if p.minus is None else p.minus + 1) for p in self.protected], dtype=np.int64
        ).reshape(-1, 2)
        return found

    def narrow(self, *, count: int, low: int, high: int) -> None:
        """Take a statement as made: the count lies between low and high. It may be taken back by a wider one."""
        before = self.limits[count]
        if low < before[0] or high > before[1]:
            self._floor = {}
        self._limit(count, low, high)
        self.witnesses.keep(room=self._base)

    def _limit(self, count: int, low: int, high: int) -> None:
        for room in self._rooms.values():
            room.limit(count=count, low=low, high=high)
        for parting in self.partings.values():
            parting.limit(count=count, low=low, high=high)

    def reach(self, *, protected: Protected) -> tuple[int, int] | None:
        """Return proved outer ends of what an attacker without insiders can infer; None: nothing fits."""
        weights = protected.weights(population=self._population)
        least = self._base.least(weights=weights)
        negative = self._base.least(weights={c: -w for c, w in weights.items()})
        return None if least is None or negative is None else (least, -negative)

    def _unproved(self, j: int) -> list[int]:
        return [number for number in self._lacking(j) if not self._is_proved_large(number, j)]

    def is_shown_by(self, *, points: Table, rules: Table, parted: Table) -> bool:
        """Say whether these data sets and rules of stand-ins alone show that the promise holds; no solver's proposal is
        believed.

        A count too large to need protection is proved by an exact bound; every other one by re-tabulation.
        """
        population = self._population
        if points.shape[1:] != (population.size,) or not all(
            standins.is_rule(rule=rule, population=population) for rule in rules
        ):
            return False
        self.witnesses.forget()
        for point in points:
            if not population.holds(point=point):
                return False
            self.witnesses.add(point=point)
        self.rules[1:], self._rooms = list(rules), {(0, 0): self._base}
        self.partings = read(rows=parted, population=population, limits=self.limits, random=self._random)
        fits = self.witnesses.inside(room=self._base)
        return bool(len(fits) and fits.all()) and all(
            not (numbers := self._unproved(j)) or self._shows_in_parts(numbers, j) for j in range(self._m + 1)
        )

    def _shows_in_parts(self, numbers: Sequence[int], j: int) -> bool:
        parting = self.partings.get(j)
        return parting is not None and not any(
            len(self._left(np.array(numbers), parting.rooms(part=part), self._k - j))
            for part in range(len(parting.coalitions))
        )

    def _rooms_of(self, j: int) -> list[Room]:
        """Return the rooms of j insiders, that of the newest rule first."""
        return [self._open(rule, j) for rule in reversed(range(len(self.rules)))] if j else [self._base]

    def _lacking(self, j: int) -> list[int]:
        small = np.array([n for n in range(len(self.protected)) if not self._is_large(n, j)], dtype=np.int64)
        return [int(n) for n in self._left(small, self._rooms_of(j), self._k - j)]

    def _left(self, numbers: Indices, rooms: Sequence[Room], need: int) -> Indices:
        """Return the protected counts that take fewer than so many values in each of the rooms."""
        for room in rooms:
            plus, minus = self._signs[numbers].T
            fits = self.witnesses.inside(room=room)
            numbers = numbers[self.witnesses.lacking(plus=plus, minus=minus, fits=fits, need=need)]
        return numbers

    def _weights(self, number: int) -> dict[int, int]:
        return self.protected[number].weights(population=self._population)

    def _is_large(self, number: int, j: int) -> bool:
        protected = self.protected[number]
        enough = self._k + j
        if protected.minus is None and self.limits[protected.plus][0] >= enough:
            return True
        return number in self._floor and self._floor[number][0] >= enough

    def _is_proved_large(self, number: int, j: int) -> bool:
        stated = self._base.stamp
        if not self._is_large(number, j) and self._floor.get(number, (0, -1))[1] != stated:
            least = self._base.least(weights=self._weights(number))
            self._floor[number] = CAP if least is None else least, stated
        return self._is_large(number, j)
