"""Coalitions parted by where one table of one release has their persons, each part with rules of stand-ins of its own.

It is for where no rule answers for all coalitions at once: a rule needs room only where persons of a part can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from followup.disclosure.population import Population, Table
from followup.disclosure.room import Room
from followup.disclosure.standins import Rule, is_rule, parted

_LARGEST: Final = 30


class Parting:
    """All coalitions of so many persons, in parts."""

    def __init__(
        self, *, population: Population, insiders: int, release: int, table: int, random: np.random.Generator
    ) -> None:
        self._population, self._random = population, random
        self.head = (insiders, release, table)
        every = parted(population=population, insiders=insiders, release=release, table=table)
        # One more than are looked at, of however many there are.
        self.coalitions = list(itertools.islice(every, _LARGEST + 1))
        self._rules: list[tuple[int, Rule]] = []
        self._rooms: list[list[Room]] = [[] for _ in self.coalitions]

    @property
    def is_small(self) -> bool:
        """Say whether its parts are few enough to look for rules in each; otherwise they are not all listed."""
        return len(self.coalitions) <= _LARGEST

    def add(self, *, part: int, rule: Rule, limits: Sequence[tuple[int, int]]) -> Room:
        """Take a rule for a part and return its room."""
        room = Room(
            population=self._population, coalition=self.coalitions[part], rule=rule, limits=limits,
            random=self._random,
        )  # fmt: skip
        self._rules.append((part, rule))
        self._rooms[part].append(room)
        return room

    def rooms(self, *, part: int) -> list[Room]:
        """Return the rooms of a part, that of the newest rule first."""
        return self._rooms[part][::-1]

    def limit(self, *, count: int, low: int, high: int) -> None:
        """Replace what is stated of a count."""
        for rooms in self._rooms:
            for room in rooms:
                room.limit(count=count, low=low, high=high)

    def written(self) -> list[tuple[int, ...]]:
        """Return its rules as rows: the parting, the part, and a stand-in for every unknown."""
        return [(*self.head, part, *rule.tolist()) for part, rule in self._rules]


def read(
    *, rows: Table, population: Population, limits: Sequence[tuple[int, int]], random: np.random.Generator
) -> dict[int, Parting]:
    """Return the partings that ``Parting.written`` wrote, by their number of insiders; raises ArithmeticError when
    they are none.
    """
    found: dict[int, Parting] = {}
    for row in rows:
        insiders, release, table, part = (int(n) for n in row[:4])
        if not (0 <= release < len(population.follows) and 0 <= table <= population.layout.tables().max()):
            raise ArithmeticError("a parting by no table")
        if insiders not in found:
            found[insiders] = Parting(
                population=population, insiders=insiders, release=release, table=table, random=random
            )
        parting, rule = found[insiders], row[4:]
        if parting.head != (insiders, release, table) or not parting.is_small:
            raise ArithmeticError("two partings for one number of insiders, or one into too many parts")
        if not 0 <= part < len(parting.coalitions) or not is_rule(rule=rule, population=population):
            raise ArithmeticError("a rule of no part, or one that parts a person")
        parting.add(part=part, rule=rule, limits=limits)
    return found
