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
        self.points: Table = np.zeros((1, 0), dtype=np.int64)
        self._tabulate()

    def add_release(self) -> None:
        """Let every data set go on into a new release: the same people as in the release that it follows."""
        self.points = self._population.gone_on(points=self.points)
        self._tabulate()

    def _tabulate(self) -> None:
        self.values = self._population.tabulate(points=self.points)
        self._increases = self._population.increases(points=self.points)

    def add(self, *, point: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Add a data set and return its counts; raises ArithmeticError when it is not one."""
        if not self._population.holds(point=point):
            raise ArithmeticError("the solver's data set is not a population: refuse the release")
        one = point[np.newaxis, :]
        self.points = np.vstack([self.points, one])
        self.values = np.vstack([self.values, self._population.tabulate(points=one)])
        self._increases = np.vstack([self._increases, self._population.increases(points=one)])
        row: npt.NDArray[np.int64] = self.values[-1]
        return row

    def forget(self) -> None:
        """Forget every data set."""
        self.points = self.points[:0]
        self._tabulate()

    def inside(self, *, room: Room, first: int = 0) -> npt.NDArray[np.bool_]:
        """Say, from row ``first`` on, which data sets lie in a room."""
        return room.fits(
            points=self.points[first:], values=self.values[first:], increases=self._increases[first:]
        )

    def keep(self, *, room: Room) -> None:
        """Forget the data sets that lie outside a room, and the oldest of too many."""
        kept = np.flatnonzero(self.inside(room=room))[-POOL:]
        self.points, self.values = self.points[kept], self.values[kept]
        self._increases = self._increases[kept]

    def seen(self, *, plus: int, minus: int, fits: npt.NDArray[np.bool_]) -> set[int]:
        """Return the values that a difference of two counts takes in the data sets that fit."""
        rows = self.values[fits]
        return set((rows[:, plus] - rows[:, minus]).tolist())

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
