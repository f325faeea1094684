"""A linear programme that grows with every release and is asked many questions: the solver behind the
audit.

It proposes whole-number data sets, which the caller verifies by plain arithmetic, and lower bounds, which
are proved in exact fractions before they are returned. Any status but optimal or infeasible is an error,
never an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

import highspy
import numpy as np
import numpy.typing as npt

from followup.disclosure.exact import Row, dual_bound
from followup.disclosure.solver import NotProved, new_solver

CAP: Final = 10_000_000
"""No count is larger: about as many as live in Sweden, which everybody knows."""
_WHOLE: Final = 1e-6
_ANSWERS: Final = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
_DUAL: Final = 1
_PRIMAL: Final = 4  # from one question to the next the aim changes and what fits does not
_SECONDS: Final = 900.0  # the solver adds up all its runs; the caller limits the whole process besides
Vector = npt.NDArray[np.int64]


class Search:
    """Whole-number columns from 0 to CAP under rows that may be narrowed, loosened and added."""

    def __init__(self) -> None:
        self._solver = _solver()
        self._rows: list[dict[int, int]] = []
        self._limits: list[tuple[int | None, int | None]] = []
        self._width = 0
        self._costs: set[int] = set()

    def widen(self, *, columns: int) -> None:
        """Add columns."""
        self._solver.addVars(columns, np.zeros(columns), np.full(columns, float(CAP)))
        self._width += columns

    def add(self, *, weights: Mapping[int, int], low: int | None, high: int | None) -> int:
        """Add a row and return its number."""
        self._solver.addRow(
            -highspy.kHighsInf if low is None else low,
            highspy.kHighsInf if high is None else high,
            len(weights),
            np.array(list(weights), dtype=np.int32),
            np.array(list(weights.values()), dtype=float),
        )
        self._rows.append(dict(weights))
        self._limits.append((low, high))
        return len(self._rows) - 1

    def limit(self, *, row: int, low: int | None, high: int | None) -> None:
        """Replace the limits of a row."""
        if self._limits[row] != (low, high):
            self._limits[row] = (low, high)
            self._solver.changeRowBounds(
                row,
                -highspy.kHighsInf if low is None else low,
                highspy.kHighsInf if high is None else high,
            )

    def point(
        self, *, objectives: Iterable[Mapping[int, float]], equal: tuple[Mapping[int, int], int] | None
    ) -> Vector | None:
        """Return a whole-number point of least value of one of the objectives, at least one; None when nothing fits.

        The first whose least point falls on whole numbers by itself is taken, since that costs the least. ``equal``
        demands that a weighted sum takes one value, for this question only.
        """
        if equal is not None:
            self.add(weights=equal[0], low=equal[1], high=equal[1])
        try:
            return self._whole_point(objectives)
        finally:
            if equal is not None:
                last = len(self._rows) - 1
                self._solver.deleteRows(1, np.array([last], dtype=np.int32))
                self._rows.pop()
                self._limits.pop()

    def least(self, *, objective: Mapping[int, int]) -> int | None:
        """Return a proved lower bound of a sum, rounded up to a whole number; None when nothing fits."""
        if self._run(objective) is None:
            return None
        duals = self._solver.getSolution().row_dual
        used = [n for n, dual in enumerate(duals) if abs(dual) > 1e-9]
        bound = dual_bound(
            weights=objective,
            multipliers=[(duals[n], Row(self._rows[n], *self._limits[n])) for n in used],
            limits=lambda column: (0, CAP),
        )
        if bound is None:
            raise NotProved("the lower bound has no proof")
        return math.ceil(bound)

    def _run(self, objective: Mapping[int, float]) -> npt.NDArray[np.float64] | None:
        for column in self._costs - objective.keys():
            self._solver.changeColCost(column, 0.0)
        for column, cost in objective.items():
            self._solver.changeColCost(column, float(cost))
        self._costs = set(objective)
        self._solver.run()
        if self._solver.getModelStatus() not in _ANSWERS:
            self._run_afresh()
        return _outcome(self._solver)

    def _run_afresh(self) -> None:
        """Forget where the last question ended, and go the slower and surer way."""
        self._solver.clearSolver()
        self._solver.setOptionValue("simplex_strategy", _DUAL)
        self._solver.run()
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)

    def _whole_point(self, objectives: Iterable[Mapping[int, float]]) -> Vector | None:
        for objective in objectives:
            found = self._run(objective)
            if found is None:
                return None
            whole = np.rint(found)
            if np.abs(found - whole).max() <= _WHOLE:
                return whole.astype(np.int64)
        solver = _solver()
        solver.passModel(self._solver.getLp())
        kinds = np.full(self._width, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        solver.changeColsIntegrality(self._width, np.arange(self._width, dtype=np.int32), kinds)
        solver.run()
        found = _outcome(solver)
        return None if found is None else np.rint(found).astype(np.int64)


def _solver() -> highspy.Highs:
    return new_solver(time_limit=_SECONDS, mip_rel_gap=0.0, mip_abs_gap=0.0, simplex_strategy=_PRIMAL)


def _outcome(solver: highspy.Highs) -> npt.NDArray[np.float64] | None:
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise NotProved(f"the solver stopped with {status.name}")
    return np.array(solver.getSolution().col_value, dtype=np.float64)
