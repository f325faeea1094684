"""The guarantee G(k, m), decided from what is printed alone and proved by data sets that anybody can
re-tabulate.

For j insiders known to the attacker, what is left of each printed interval is at least ``low`` to ``high -
j``: a known person is counted at most once in any set, so whole-number data sets of the *unknown* persons
that lie in that inner room fit every coalition of j at once. A protected count is safe when k - j of its
values occur in the room, or when it is proved that it cannot be below k + j. This module must never look at
the true data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices, Layout
from followup.disclosure.reading import Where
from followup.disclosure.search import CAP, Search
from followup.disclosure.witnesses import Witnesses

_AIMS = 4  # random aims at the same end, before the solver is asked for whole numbers outright


@dataclass(frozen=True, slots=True)
class Counted:
    """One published count: the release and the set that it counts."""

    release: int
    where: Where


@dataclass(frozen=True, slots=True)
class Protected:
    """A count that must stay hidden: a published count, or a difference of two (numbers in ``counts``)."""

    plus: int
    minus: int | None


@dataclass(frozen=True, slots=True)
class Break:
    """A protected count of which an attacker who knows ``insiders`` persons learns too much."""

    protected: Protected
    insiders: int


class Audit:
    """All statements about one independent part of the population, with witness data sets that fit them."""

    def __init__(self, *, layout: Layout, links: Sequence[Where], k: int, m: int) -> None:
        self._layout, self._k, self._m = layout, k, m
        self._links = [layout.columns(where=where) for where in links]
        self.counts: list[Counted] = []
        self.protected: list[Protected] = []
        self.limits: list[tuple[int, int]] = []
        self.witnesses = Witnesses(layout=layout, m=m)
        self._rooms = [Search() for _ in range(m + 1)]
        self._rows: list[int] = []
        self._columns: list[Indices] = []
        self._floor: dict[int, int] = {}
        self._suspects: list[int] = []
        self._releases = 0
        self._random = np.random.default_rng(7)
        self._plus: Indices = np.zeros(0, dtype=np.int64)
        self._minus: Indices = np.zeros(0, dtype=np.int64)

    @property
    def width(self) -> int:
        """Return the number of unknowns over all releases."""
        return self._releases * self._layout.width

    def add_release(
        self, *, wheres: Sequence[Where], parts: Sequence[tuple[int, int]], follows: int | None
    ) -> list[int]:
        """Add a release about which nothing is said yet; return the numbers of its counts.

        ``parts`` names rows and their cells by position in ``wheres``; ``follows`` is the release whose
        people are still there under the link rules (None: no such release).
        """
        width, new, start = self._layout.width, len(self.counts), self.width
        columns = [start + self._layout.columns(where=where) for where in wheres]
        falls = (
            []
            if follows is None
            else [
                dict.fromkeys((start + link).tolist(), 1)
                | dict.fromkeys((follows * width + link).tolist(), -1)
                for link in self._links
            ]
        )
        for room in self._rooms:
            room.widen(columns=width)
            for row in self._layout.structure():
                room.add(weights={start + c: w for c, w in row.items()}, low=0, high=0)
            for fall in falls:
                room.add(weights=fall, low=0, high=None)
            rows = [room.add(weights=dict.fromkeys(c.tolist(), 1), low=0, high=CAP) for c in columns]
        self._rows += rows
        self._columns += columns
        self.counts += [Counted(self._releases, where) for where in wheres]
        self.limits += [(0, CAP)] * len(wheres)
        self.protected += [Protected(new + i, None) for i in range(len(wheres))]
        # A row that has but one cell is that cell: nobody is left to protect.
        self.protected += [
            Protected(new + row, new + cell)
            for row, cell in parts
            if not np.array_equal(columns[row], columns[cell])
        ]
        self.protected += self._increases(new)
        self._plus = np.array([p.plus + 1 for p in self.protected], dtype=np.int64)
        self._minus = np.array(
            [0 if p.minus is None else p.minus + 1 for p in self.protected], dtype=np.int64
        )
        self.witnesses.add_release(counted=columns, never_falls=falls, start=start, follows=follows)
        self._releases += 1
        return list(range(new, new + len(wheres)))

    def _increases(self, new: int) -> Iterator[Protected]:
        """Yield the increase of each new count since every earlier release that counted the same set."""
        places: dict[tuple[int, ...], list[int]] = {}
        for number, columns in enumerate(self._columns):
            places.setdefault(tuple((columns % self._layout.width).tolist()), []).append(number)
        for same in places.values():
            for later in (number for number in same if number >= new):
                yield from (Protected(later, earlier) for earlier in same if earlier < new)

    def narrow(self, *, count: int, low: int, high: int) -> None:
        """Take a statement as made: the count lies between low and high."""
        self.limits[count] = (low, high)
        self._limit_rooms(count, low, high)
        self.witnesses.keep(limits=self.limits)

    def _limit_rooms(self, count: int, low: int, high: int) -> None:
        for j, room in enumerate(self._rooms):
            room.limit(row=self._rows[count], low=low, high=high if high >= CAP else high - j)

    @contextmanager
    def _supposing(self, count: int, low: int, high: int) -> Iterator[None]:
        before, floor = self.limits[count], self._floor
        self.limits[count], self._floor = (max(low, before[0]), min(high, before[1])), dict(floor)
        self._limit_rooms(count, *self.limits[count])
        try:
            yield
        finally:
            self.limits[count], self._floor = before, floor
            self._limit_rooms(count, *before)

    def reach(self, *, protected: Protected) -> tuple[int, int] | None:
        """Return proved outer ends of what an attacker without insiders can infer; None: nothing fits."""
        weights = self._weights(protected)
        least = self._rooms[0].least(objective=weights)
        negative = self._rooms[0].least(objective={c: -w for c, w in weights.items()})
        return None if least is None or negative is None else (least, -negative)

    def is_safe_if(self, *, count: int, low: int, high: int) -> bool:
        """Say whether the promise would hold, were a count stated to lie between low and high."""
        with self._supposing(count, low, high):
            return self.first_break() is None

    def first_break(self) -> Break | None:
        """Return a protected count that is not safe; None when the promise holds."""
        rooms = self.witnesses.rooms(limits=self.limits, first=0)
        for j in range(self._m, -1, -1):
            numbers = self._lacking(rooms, j)
            numbers.sort(key=lambda n: n not in self._suspects)
            for number in numbers:
                if not self._has_values(number, j) and not self._is_proved_large(number, j):
                    self._suspects = [number, *(s for s in self._suspects if s != number)][:8]
                    return Break(self.protected[number], j)
            if numbers:
                rooms = self.witnesses.rooms(limits=self.limits, first=0)
        return None

    def has_witness(self) -> bool:
        """Say whether some data set fits every statement: without one the statements contradict each other."""
        if (self.witnesses.rooms(limits=self.limits, first=0) >= 0).any():
            return True
        point = self._rooms[0].point(objectives=[{}], equal=None)
        return point is not None and bool(self.witnesses.add(point=point) is not None)

    def is_shown_by(self, *, points: npt.NDArray[np.int64]) -> bool:
        """Say whether these data sets alone show that the promise holds; no solver's proposal is believed.

        A count too large to need protection is proved by an exact bound; every other one by re-tabulation.
        """
        if points.shape[1] != self.width:
            return False
        self.witnesses.forget()
        for point in points:
            if not self.witnesses.is_population(point=point):
                return False
            self.witnesses.add(point=point)
        rooms = self.witnesses.rooms(limits=self.limits, first=0)
        if not len(rooms) or (rooms < 0).any():
            return False
        return all(self._is_proved_large(n, j) for j in range(self._m + 1) for n in self._lacking(rooms, j))

    def _lacking(self, rooms: npt.NDArray[np.int64], j: int) -> list[int]:
        small = [n for n in range(len(self.protected)) if not self._is_large(n, j)]
        chosen = np.array(small, dtype=np.int64)
        found = self.witnesses.lacking(
            plus=self._plus[chosen], minus=self._minus[chosen], fits=rooms >= j, need=self._k - j
        )
        return [small[position] for position in found]

    def _is_large(self, number: int, j: int) -> bool:
        protected = self.protected[number]
        enough = self._k + j
        if protected.minus is None and self.limits[protected.plus][0] >= enough:
            return True
        return self._floor.get(number, 0) >= enough

    def _is_proved_large(self, number: int, j: int) -> bool:
        if number not in self._floor:
            least = self._rooms[0].least(objective=self._weights(self.protected[number]))
            self._floor[number] = CAP if least is None else least
        return self._is_large(number, j)

    def _has_values(self, number: int, j: int) -> bool:
        """Look for k - j values of a protected count in the room of j insiders; say whether they exist."""
        need, weights = self._k - j, self._weights(self.protected[number])
        plus, minus = int(self._plus[number]), int(self._minus[number])
        fits = self.witnesses.rooms(limits=self.limits, first=0) >= j
        seen = self.witnesses.seen(plus=plus, minus=minus, fits=fits)
        if len(seen) >= need:
            return True
        ends = []
        for sign in (1, -1):
            value = self._propose(number, j, weights, sign, None)
            if value is None:
                return False
            seen.add(value)
            ends.append(value)
        for value in range(ends[0] + 1, ends[1]):
            if len(seen) >= need:
                break
            if value not in seen:
                found = self._propose(number, j, {}, 1, (weights, value))
                seen |= set() if found is None else {found}
        return len(seen) >= need

    def _propose(
        self,
        number: int,
        j: int,
        weights: dict[int, int],
        sign: int,
        equal: tuple[dict[int, int], int] | None,
    ) -> int | None:
        """Ask the solver for a data set, verify it by re-tabulation, and return the protected count's
        value.
        """
        aims = (self._aimed(weights, sign) for _ in range(_AIMS))
        point = self._rooms[j].point(objectives=aims, equal=equal)
        if point is None:
            return None
        row = self.witnesses.add(point=point)
        if self.witnesses.rooms(limits=self.limits, first=len(self.witnesses.points) - 1)[0] < j:
            raise ArithmeticError("the solver's data set does not fit the statements: refuse the release")
        return int(row[self._plus[number]] - row[self._minus[number]])

    def _aimed(self, weights: dict[int, int], sign: int) -> dict[int, float]:
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
            for column in self._columns[stated[position]].tolist():
                found[column] = found.get(column, 0.0) + step
        for column, weight in weights.items():
            found[column] = found.get(column, 0.0) + sign * weight
        return found

    def _weights(self, protected: Protected) -> dict[int, int]:
        found = dict.fromkeys(self._columns[protected.plus].tolist(), 1)
        if protected.minus is not None:
            for column in self._columns[protected.minus].tolist():
                found[column] = found.get(column, 0) - 1
        return {column: weight for column, weight in found.items() if weight}
