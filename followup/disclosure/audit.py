"""The guarantee G(k, m), decided from what is printed alone and proved by data sets that anybody can
re-tabulate.

A protected count is safe from j insiders when k - j of its values occur in a room of theirs (``standins``: what lies
there fits every coalition of j at once), or when it is proved that it cannot be below k + j. It breaks when a coalition
is found that leaves fewer. Where neither is found the answer is that it is not safe. This module must never look at
the true data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure import standins
from followup.disclosure.coalition import Coalitions, Known
from followup.disclosure.layout import Layout
from followup.disclosure.population import Population
from followup.disclosure.proposing import propose
from followup.disclosure.protected import Protected, of_release
from followup.disclosure.reading import Where
from followup.disclosure.room import Room
from followup.disclosure.search import CAP
from followup.disclosure.standins import Rule
from followup.disclosure.witnesses import Witnesses

_SUSPECTS: Final = 60  # counts that are looked at for a coalition that breaks the promise


@dataclass(frozen=True, slots=True)
class Break:
    """A protected count of which an attacker who knows ``insiders`` persons may learn too much.

    ``known`` names such persons, when they were found: then she does.
    """

    protected: Protected
    insiders: int
    known: Known | None = None


class Audit:
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
        self._floor: dict[int, int] = {}
        self._suspects: list[int] = []
        self._signs = np.zeros((0, 2), dtype=np.int64)

    def _open(self, rule: int, insiders: int) -> Room:
        """Return the room of a rule; there is one for each number of insiders, made when it is wanted."""
        if (rule, insiders) not in self._rooms:
            self._rooms[rule, insiders] = Room(
                population=self._population, insiders=insiders, rule=self.rules[rule],
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
        self.rules = [standins.gone_on(rule=rule, population=population) for rule in self.rules]
        for (rule, _), room in self._rooms.items():
            room.grow(rule=self.rules[rule])
        self.witnesses.add_release()
        self.protected += of_release(population=population, counts=found, parts=parts)
        self._signs = np.array(
            [(p.plus + 1, 0 if p.minus is None else p.minus + 1) for p in self.protected], dtype=np.int64
        ).reshape(-1, 2)
        return found

    def narrow(self, *, count: int, low: int, high: int) -> None:
        """Take a statement as made: the count lies between low and high."""
        self._limit(count, low, high)
        self.witnesses.keep(room=self._base)

    def _limit(self, count: int, low: int, high: int) -> None:
        for room in self._rooms.values():
            room.limit(count=count, low=low, high=high)

    @contextmanager
    def _supposing(self, count: int, low: int, high: int) -> Iterator[None]:
        before, floor = self.limits[count], self._floor
        self._floor = dict(floor)
        self._limit(count, max(low, before[0]), min(high, before[1]))
        try:
            yield
        finally:
            self._floor = floor
            self._limit(count, *before)

    def reach(self, *, protected: Protected) -> tuple[int, int] | None:
        """Return proved outer ends of what an attacker without insiders can infer; None: nothing fits."""
        weights = protected.weights(population=self._population)
        least = self._base.least(weights=weights)
        negative = self._base.least(weights={c: -w for c, w in weights.items()})
        return None if least is None or negative is None else (least, -negative)

    def is_safe_if(self, *, count: int, low: int, high: int) -> bool:
        """Say whether the promise would hold, were a count stated to lie between low and high.

        No new rule of stand-ins is looked for: there is one, if one was needed for what is printed at once.
        """
        with self._supposing(count, low, high):
            return all(self._first_unshown(j) is None for j in range(self._m, -1, -1))

    def first_break(self) -> Break | None:
        """Return a protected count that is not safe; None when the promise holds."""
        for j in range(self._m, -1, -1):
            while (number := self._first_unshown(j)) is not None:
                found = self._break_without_insiders() or self._found_break([number], j)
                if found is None and self._finds_rule(number, j):
                    continue
                return found or self._found_break(self._narrowest(j), j) or Break(self.protected[number], j)
        return None

    def _break_without_insiders(self) -> Break | None:
        number = self._first_unshown(0)
        return None if number is None else Break(self.protected[number], 0, ())

    def _first_unshown(self, j: int) -> int | None:
        numbers = self._lacking(j)
        numbers.sort(key=lambda n: n not in self._suspects)
        for number in numbers:
            if not self._has_values(number, j) and not self._is_proved_large(number, j):
                self._suspects = [number, *(s for s in self._suspects if s != number)][:8]
                return number
        return None

    def _finds_rule(self, number: int, j: int) -> bool:
        """Look for a rule of stand-ins under which a count has its values; say whether there is one now."""
        found = propose(
            population=self._population, limits=self.limits, insiders=j,
            weights=self._weights(number), spread=self._k - j - 1,
        )  # fmt: skip
        if found is None or not standins.is_rule(rule=found[0], population=self._population):
            return False
        self.rules.append(found[0])
        for point in found[1]:
            self.witnesses.add(point=point)
        if not self.witnesses.inside(room=self._base, first=-len(found[1])).all():
            raise ArithmeticError("the solver's data set does not fit the statements: refuse the release")
        return self._has_values(number, j)

    def _found_break(self, numbers: Sequence[int], j: int) -> Break | None:
        """Look for persons who break the promise for one of these counts."""
        coalitions = Coalitions(population=self._population, base=self._base, insiders=j)
        for number in numbers:
            weights = self._weights(number)
            known = coalitions.breaking(weights=weights, k=self._k, need=self._k - j)
            if known is not None:
                return Break(self.protected[number], j, known)
        return None

    def _narrowest(self, j: int) -> list[int]:
        return sorted(self._lacking(j), key=self._width)[:_SUSPECTS]

    def _width(self, number: int) -> int:
        ends = self.reach(protected=self.protected[number])
        return CAP if ends is None else ends[1] - ends[0]

    def has_witness(self) -> bool:
        """Say whether some data set fits every statement: without one the statements contradict each other."""
        if self.witnesses.inside(room=self._base).any():
            return True
        point = self._base.point(weights={}, sign=1, equal=None)
        return point is not None and bool(self.witnesses.add(point=point) is not None)

    def is_shown_by(self, *, points: npt.NDArray[np.int64], rules: npt.NDArray[np.int64]) -> bool:
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
        fits = self.witnesses.inside(room=self._base)
        if not len(fits) or not fits.all():
            return False
        return all(self._is_proved_large(n, j) for j in range(self._m + 1) for n in self._lacking(j))

    def _rooms_of(self, j: int) -> list[Room]:
        """Return the rooms of j insiders, that of the newest rule first."""
        return [self._open(rule, j) for rule in reversed(range(len(self.rules)))] if j else [self._base]

    def _lacking(self, j: int) -> list[int]:
        left = np.array([n for n in range(len(self.protected)) if not self._is_large(n, j)], dtype=np.int64)
        for room in self._rooms_of(j):
            plus, minus = self._signs[left].T
            fits = self.witnesses.inside(room=room)
            left = left[self.witnesses.lacking(plus=plus, minus=minus, fits=fits, need=self._k - j)]
        return [int(number) for number in left]

    def _weights(self, number: int) -> dict[int, int]:
        return self.protected[number].weights(population=self._population)

    def _is_large(self, number: int, j: int) -> bool:
        protected = self.protected[number]
        enough = self._k + j
        if protected.minus is None and self.limits[protected.plus][0] >= enough:
            return True
        return self._floor.get(number, 0) >= enough

    def _is_proved_large(self, number: int, j: int) -> bool:
        if number not in self._floor:
            least = self._base.least(weights=self._weights(number))
            self._floor[number] = CAP if least is None else least
        return self._is_large(number, j)

    def _has_values(self, number: int, j: int) -> bool:
        """Look for k - j values of a protected count in a room of j insiders; say whether they exist."""
        return any(self._has_values_in(room, number, self._k - j) for room in self._rooms_of(j))

    def _has_values_in(self, room: Room, number: int, need: int) -> bool:
        plus, minus = self._signs[number]
        seen = self.witnesses.seen(plus=plus, minus=minus, fits=self.witnesses.inside(room=room))
        if len(seen) >= need:
            return True
        ends = []
        for sign in (1, -1):
            value = self._propose(room, number, sign, None)
            if value is None:
                return False
            seen.add(value)
            ends.append(value)
        for value in range(ends[0] + 1, ends[1]):
            if len(seen) >= need:
                break
            if value not in seen:
                found = self._propose(room, number, 1, value)
                seen |= set() if found is None else {found}
        return len(seen) >= need

    def _propose(self, room: Room, number: int, sign: int, value: int | None) -> int | None:
        """Ask the solver for a data set, verify it by re-tabulation, and return the protected count's
        value.
        """
        weights = self._weights(number)
        if value is None:
            point = room.point(weights=weights, sign=sign, equal=None)
        else:
            point = room.point(weights={}, sign=1, equal=(weights, value))
        if point is None:
            return None
        row = self.witnesses.add(point=point)
        if not self.witnesses.inside(room=room, first=-1)[0]:
            raise ArithmeticError("the solver's data set does not fit the statements: refuse the release")
        plus, minus = self._signs[number]
        return int(row[plus] - row[minus])
