"""Witness data sets: whole-number populations that fit every statement, checked by plain re-tabulation.

They are what a pass stands on, and nobody needs to trust the solver that proposed them. They are invented,
yet as secret as a case: together they trace what the true data may be. They must never be printed, logged
or released.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices
from followup.disclosure.population import Population, Table
from followup.disclosure.room import Room

POOL: Final = 400
_FIRST_LOOK: Final = 48


class Witnesses:
    """A pool of data sets over all releases; row by row the persons per unknown, every count, and every increase."""

    def __init__(self, *, population: Population) -> None:
        self._population = population
        self._inside: dict[Room, tuple[int, npt.NDArray[np.bool_]]] = {}
        self._take(np.zeros((1, 0), dtype=np.int64))

    def _take(self, points: Table) -> None:
        self._rows = self._population.counted(points=points)
        self._inside.clear()

    @property
    def points(self) -> Table:
        """Return the data sets: a number of persons for every unknown."""
        return self._rows[:, : self._population.size]

    @property
    def values(self) -> Table:
        """Return the counts of every data set; the first is zero, the other side of a plain count."""
        size = self._population.size
        return self._rows[:, size : size + 1 + len(self._population.columns)]

    def add_release(self) -> None:
        """Let every data set go on into a new release: the same people as in the release that it follows."""
        width = self._population.layout.width
        self._take(self._population.gone_on(points=self._rows[:, : self._population.size - width]))

    def add(self, *, point: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Add a data set and return its counts; raises ArithmeticError when it is not one."""
        if not self._population.holds(point=point):
            raise ArithmeticError("the solver's data set is not a population: refuse the release")
        self._rows = np.vstack([self._rows, self._population.counted(points=point[np.newaxis, :])])
        row: npt.NDArray[np.int64] = self.values[-1]
        return row

    def forget(self) -> None:
        """Forget every data set."""
        self._take(self.points[:0])

    def inside(self, *, room: Room, first: int = 0) -> npt.NDArray[np.bool_]:
        """Say, from row ``first`` on, which data sets lie in a room; each is looked at once for what is stated."""
        stamp, known = self._inside.get(room, (room.stamp, np.zeros(0, dtype=bool)))
        if stamp != room.stamp:
            known = known[:0]
        if len(known) < len(self._rows):
            known = np.concatenate([known, room.fits(rows=self._rows[len(known) :])])
        self._inside[room] = room.stamp, known
        return known[first:]

    def keep(self, *, room: Room) -> None:
        """Forget the data sets that lie outside a room, and the oldest of too many."""
        self._rows = self._rows[np.flatnonzero(self.inside(room=room))[-POOL:]]
        self._inside.clear()

    def seen(self, *, plus: int, minus: int, fits: npt.NDArray[np.bool_]) -> set[int]:
        """Return the values that a difference of two counts takes in the data sets that fit."""
        values = self.values
        return set((values[fits, plus] - values[fits, minus]).tolist())

    def lacking(
        self, *, plus: Indices, minus: Indices, fits: npt.NDArray[np.bool_], need: int
    ) -> npt.NDArray[np.int64]:
        """Return the positions of the differences that take fewer than ``need`` values."""
        rows = self.values[fits]
        left = np.arange(len(plus))
        for look in (rows[-_FIRST_LOOK:], rows):
            if not len(left):
                break
            found = np.sort(look[:, plus[left]] - look[:, minus[left]], axis=0)
            distinct = (np.diff(found, axis=0) != 0).sum(axis=0) + min(1, len(found))
            left = left[distinct < need]
        return left
