"""Witness data sets: whole-number populations that fit every statement, checked by plain re-tabulation.

They are what a pass stands on, and nobody needs to trust the solver that proposed them. They are invented,
yet as secret as a case: together they trace what the true data may be. They must never be printed, logged
or released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices, Layout
from followup.disclosure.search import CAP

POOL: Final = 400
_FIRST_LOOK: Final = 48
Table = npt.NDArray[np.int64]
Limits = Sequence[tuple[int, int]]


class Witnesses:
    """A pool of data sets over all releases; row by row the persons per unknown, and every published count."""

    def __init__(self, *, layout: Layout, m: int) -> None:
        self._width, self._m = layout.width, m
        self._structure = layout.structure()
        self._incidence: npt.NDArray[np.float64] = np.zeros((0, 1))
        self._sums: Table = np.zeros((0, 0), dtype=np.int64)
        self._never_falls: Table = np.zeros((0, 0), dtype=np.int64)
        self.points: Table = np.zeros((1, 0), dtype=np.int64)
        self.values: Table = np.zeros((1, 1), dtype=np.int64)

    def add_release(
        self,
        *,
        counted: Sequence[Indices],
        never_falls: Sequence[Mapping[int, int]],
        start: int,
        follows: int | None,
    ) -> None:
        """Let every data set go on into a new release: the same people as in the release that it follows."""
        grown = np.zeros((start + self._width, self._incidence.shape[1] + len(counted)))
        grown[:start, : self._incidence.shape[1]] = self._incidence
        for number, columns in enumerate(counted, start=self._incidence.shape[1]):
            grown[columns, number] = 1
        self._incidence = grown
        sums = [{start + column: weight for column, weight in row.items()} for row in self._structure]
        self._sums = _with_rows(self._sums, sums, width=len(grown))
        self._never_falls = _with_rows(self._never_falls, never_falls, width=len(grown))
        going_on = np.zeros((len(self.points), self._width), dtype=np.int64)
        if follows is not None:
            going_on = self.points[:, follows * self._width : (follows + 1) * self._width]
        self.points = np.hstack([self.points, going_on])
        self.values = self.tabulate(points=self.points)

    def tabulate(self, *, points: Table) -> Table:
        """Count every published set in each data set; column 0 is zero, the other side of a plain count."""
        found: Table = np.rint(points.astype(np.float64) @ self._incidence).astype(np.int64)
        return found  # exact: every partial sum is a whole number far below 2**53

    def is_population(self, *, point: npt.NDArray[np.int64]) -> bool:
        """Say whether nobody is negative, every total is the sum of its parts and nothing falls that
        cannot.
        """
        whole = point.astype(np.int64)  # exact: no sum of weights and counts comes near 2**63
        return bool(
            (whole >= 0).all() and (self._sums @ whole == 0).all() and (self._never_falls @ whole >= 0).all()
        )

    def add(self, *, point: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Add a data set and return its counts; raises ArithmeticError when it is not one."""
        if not self.is_population(point=point):
            raise ArithmeticError("the solver's data set is not a population: refuse the release")
        values = self.tabulate(points=point[np.newaxis, :])
        self.points = np.vstack([self.points, point])
        self.values = np.vstack([self.values, values])
        row: npt.NDArray[np.int64] = values[0]
        return row

    def forget(self) -> None:
        """Forget every data set."""
        self.points, self.values = self.points[:0], self.values[:0]

    def rooms(self, *, limits: Limits, first: int) -> npt.NDArray[np.int64]:
        """Return, from row ``first`` on, for how many insiders a data set still fits (-1: it fits nobody)."""
        ends = np.array([(0, CAP), *limits])
        ends[:, 1] += np.where(ends[:, 1] >= CAP, self._m, 0)  # no statement: nothing to leave room under
        values = self.values[first:]
        slack = np.minimum((ends[:, 1] - values).min(axis=1, initial=CAP), self._m)
        return np.where((values >= ends[:, 0]).all(axis=1) & (slack >= 0), slack, -1)

    def keep(self, *, limits: Limits) -> None:
        """Forget the data sets that contradict a statement, and the oldest of too many."""
        kept = np.flatnonzero(self.rooms(limits=limits, first=0) >= 0)[-POOL:]
        self.points, self.values = self.points[kept], self.values[kept]

    def seen(self, *, plus: int, minus: int, fits: npt.NDArray[np.bool_]) -> set[int]:
        """Return the values that a difference of two counts takes in the data sets that fit."""
        rows = self.values[: len(fits)][fits]
        return set((rows[:, plus] - rows[:, minus]).tolist())

    def lacking(
        self, *, plus: Indices, minus: Indices, fits: npt.NDArray[np.bool_], need: int
    ) -> npt.NDArray[np.int64]:
        """Return the positions of the differences that take fewer than ``need`` values."""
        rows = self.values[: len(fits)][fits]
        left = np.arange(len(plus))
        for look in (rows[-_FIRST_LOOK:], rows):
            if not len(left):
                break
            found = np.sort(look[:, plus[left]] - look[:, minus[left]], axis=0)
            distinct = (np.diff(found, axis=0) != 0).sum(axis=0) + min(1, len(found))
            left = left[distinct < need]
        return left


def _with_rows(table: Table, rows: Sequence[Mapping[int, int]], *, width: int) -> Table:
    """Return a table of weights that is so wide, with more rows."""
    found = np.zeros((len(table) + len(rows), width), dtype=np.int64)
    found[: len(table), : table.shape[1]] = table
    for number, row in enumerate(rows, start=len(table)):
        found[number, list(row)] = list(row.values())
    return found
