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
_FEASIBLE: Final = int(highspy.SolutionStatus.kSolutionStatusFeasible)
_NEAR: Final = 0.1  # how far from the least value a proposal may be that only has to fit
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

    def widen(self, *, columns: int, low: Vector | None = None) -> int:
        """Add columns, each with its lower limit (0 unless told); return the number of the first."""
        lows = np.zeros(columns) if low is None else low.astype(np.float64)
        self._solver.addVars(columns, lows, np.full(columns, float(CAP)))
        self._width += columns
        return self._width - columns

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
        if equal is None:
            return self._whole_point(objectives)
        start = (
            self._solver.getBasis()
        )  # taking the row away again would lose it, and the next question be slow
        row = self.add(weights=equal[0], low=equal[1], high=equal[1])
        try:
            return self._whole_point(objectives)
        finally:
            self._solver.deleteRows(1, np.array([row], dtype=np.int32))
            self._solver.setBasis(start)
            self._rows.pop()
            self._limits.pop()

    def some_point(self, *, objective: Mapping[int, float], branches: int) -> Vector | None:
        """Return a whole-number point, of small value; None when none was found within so many branches."""
        self._aim(objective)
        solver = self._in_whole_numbers(mip_max_nodes=branches, mip_rel_gap=_NEAR)
        if solver.getInfo().primal_solution_status != _FEASIBLE:
            return None
        found: Vector = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
        return found

    def slopes(self, *, objective: Mapping[int, float]) -> tuple[float, list[float]] | None:
        """Return the least value without the demand for whole numbers, and how it moves with each row's limits."""
        found = self._run(objective)
        if found is None:
            return None
        value = float(sum(cost * found[column] for column, cost in objective.items()))
        return value, list(self._solver.getSolution().row_dual)

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

    def _aim(self, objective: Mapping[int, float]) -> None:
        costs = np.zeros(self._width)
        costs[list(objective)] = list(objective.values())
        self._solver.changeColsCost(self._width, np.arange(self._width, dtype=np.int32), costs)

    def _run(self, objective: Mapping[int, float]) -> npt.NDArray[np.float64] | None:
        self._aim(objective)
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
        found = _outcome(self._in_whole_numbers())
        return None if found is None else np.rint(found).astype(np.int64)

    def _in_whole_numbers(self, **options: float) -> highspy.Highs:
        """Ask the last question again in whole numbers, of a solver of its own."""
        solver = _solver(**options)
        solver.passModel(self._solver.getLp())
        kinds = np.full(self._width, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        solver.changeColsIntegrality(self._width, np.arange(self._width, dtype=np.int32), kinds)
        solver.run()
        return solver


def _solver(**options: float) -> highspy.Highs:
    exact = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    return new_solver(time_limit=_SECONDS, simplex_strategy=_PRIMAL, **{**exact, **options})


def _outcome(solver: highspy.Highs) -> npt.NDArray[np.float64] | None:
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise NotProved(f"the solver stopped with {status.name}")
    return np.array(solver.getSolution().col_value, dtype=np.float64)
