"""What every data set obeys, and what is counted of it, over all releases.

A data set is a whole number of persons for every unknown. It must never be thought smaller than it is: a rule that is
left out only lets an attacker seem to know less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices, Layout
from followup.disclosure.reading import Where

Table = npt.NDArray[np.int64]
Weights = Mapping[int, int]
NOBODY: Final = -1


class Population:
    """The unknowns of all releases, the sums that hold for them, and the columns of every count."""

    def __init__(self, *, layout: Layout, links: Sequence[Where]) -> None:
        self.layout = layout
        self.links = [layout.columns(where=where) for where in links]
        self.sums: list[dict[int, int]] = []
        self.falls: list[dict[int, int]] = []
        self.columns: list[Indices] = []
        self.follows: list[int | None] = []
        self._incidence: npt.NDArray[np.float64] = np.zeros((0, 1))
        self._sums: Table = np.zeros((0, 0), dtype=np.int64)
        self._falls: Table = np.zeros((0, 0), dtype=np.int64)

    @property
    def size(self) -> int:
        """Return the number of unknowns over all releases."""
        return len(self.follows) * self.layout.width

    def add_release(self, *, wheres: Sequence[Where], follows: int | None) -> list[int]:
        """Add a release; return the numbers of its counts."""
        width, start, new = self.layout.width, self.size, len(self.columns)
        self.columns += [start + self.layout.columns(where=where) for where in wheres]
        sums = [{start + c: w for c, w in row.items()} for row in self.layout.structure()]
        falls = (
            []
            if follows is None
            else [
                dict.fromkeys((start + link).tolist(), 1)
                | dict.fromkeys((follows * width + link).tolist(), -1)
                for link in self.links
            ]
        )
        self.follows.append(follows)
        grown = np.zeros((self.size, self._incidence.shape[1] + len(wheres)))
        grown[:start, : self._incidence.shape[1]] = self._incidence
        for number, columns in enumerate(self.columns[new:], start=self._incidence.shape[1]):
            grown[columns, number] = 1
        self._incidence = grown
        self._sums = _with_rows(self._sums, sums, width=self.size)
        self._falls = _with_rows(self._falls, falls, width=self.size)
        self.sums, self.falls = self.sums + sums, self.falls + falls
        return list(range(new, len(self.columns)))

    def after(self, *, release: int) -> list[int]:
        """Return the releases that go on from a release, at once or through others."""
        found = [release]
        for later, follows in enumerate(self.follows):
            if follows in found:
                found.append(later)
        return found[1:]

    def gone_on(self, *, points: Table) -> Table:
        """Return data sets with the last release besides: the same people as in the release that it follows."""
        width, follows = self.layout.width, self.follows[-1]
        last = np.zeros((len(points), width), dtype=np.int64)
        if follows is not None:
            last = points[:, follows * width : (follows + 1) * width]
        return np.hstack([points, last])

    def tabulate(self, *, points: Table) -> Table:
        """Count every published set in each data set; column 0 is zero, the other side of a plain count."""
        found: Table = np.rint(points.astype(np.float64) @ self._incidence).astype(np.int64)
        return found  # exact: every partial sum is a whole number far below 2**53

    def increases(self, *, points: Table) -> Table:
        """Return by how much each set that never falls grows in each data set."""
        found: Table = points @ self._falls.T
        return found

    def counted(self, *, points: Table) -> Table:
        """Return data sets, each with its counts (``tabulate``) and its increases beside it."""
        return np.hstack([points, self.tabulate(points=points), self.increases(points=points)])

    def holds(self, *, point: npt.NDArray[np.int64]) -> bool:
        """Say whether nobody is negative, every total is the sum of its parts and nothing falls that
        cannot.
        """
        whole = point.astype(np.int64)  # exact: no sum of weights and counts comes near 2**63
        return bool(
            (whole >= 0).all() and (self._sums @ whole == 0).all() and (self._falls @ whole >= 0).all()
        )

    def members(self) -> npt.NDArray[np.bool_]:
        """Return for every unknown, and for nobody in the last row, which counts she is in."""
        return np.vstack([self._incidence[:, 1:] > 0, np.zeros((1, len(self.columns)), dtype=bool)])

    def newly(self) -> npt.NDArray[np.bool_]:
        """Return for every set that never falls which unknowns are in it at the later release."""
        found: npt.NDArray[np.bool_] = self._falls > 0
        return found


def _with_rows(table: Table, rows: Sequence[Weights], *, width: int) -> Table:
    """Return a table of weights that is so wide, with more rows."""
    found = np.zeros((len(table) + len(rows), width), dtype=np.int64)
    found[: len(table), : table.shape[1]] = table
    for number, row in enumerate(rows, start=len(table)):
        found[number, list(row)] = list(row.values())
    return found
