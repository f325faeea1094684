"""Least and greatest whole-number values of a sum of counts, proved and not merely solved.

A solver works in floating point and may err; here it only proposes. A value is accepted when a whole-number
point attains it (checked in integer arithmetic) and a dual bound in exact fractions shows that nothing lies
below. This module must never return a value that it has not proved, nor read a bound from a run that was not
optimal.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import highspy
import numpy as np

from followup.disclosure.solver import NotProved, new_solver

NODE_LIMIT: Final = 20_000
SECONDS: Final = 60.0


class Infeasible(Exception):
    """No whole-number data set fits: the statements contradict each other and must be corrected."""


@dataclass(frozen=True, slots=True)
class Row:
    """One linear condition: ``low <= sum(weight * column) <= high``; None is no limit on that side."""

    weights: Mapping[int, int]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Programme:
    """Whole-number columns with lower and upper limits (upper None is unlimited) under linear rows."""

    lower: tuple[int, ...]
    upper: tuple[int | None, ...]
    rows: tuple[Row, ...]

    def holds(self, *, point: Sequence[int]) -> bool:
        """Say whether a point meets every condition, in integer arithmetic."""
        within = all(
            low <= value and (high is None or value <= high)
            for value, low, high in zip(point, self.lower, self.upper, strict=True)
        )
        return within and all(_row_holds(row, point) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Optimum:
    """A proved least value and a point that attains it; value None when there is no least value."""

    value: int | None
    point: tuple[int, ...] | None


def minimise(*, programme: Programme, objective: Mapping[int, int]) -> Optimum:
    """Find the least value of an objective over the whole-number points of a programme.

    Raises Infeasible when there is no point and NotProved when the limits are reached first.
    """
    weights = {column: weight for column, weight in objective.items() if weight}
    if _falls_without_end(programme, weights):
        _search(programme, {})
        return Optimum(value=None, point=None)
    return _search(programme, weights)


def maximise(*, programme: Programme, objective: Mapping[int, int]) -> Optimum:
    """Find the greatest value of an objective over the whole-number points of a programme."""
    found = minimise(programme=programme, objective={c: -w for c, w in objective.items()})
    return Optimum(value=None if found.value is None else -found.value, point=found.point)


def _row_holds(row: Row, point: Sequence[int]) -> bool:
    total = sum(weight * point[column] for column, weight in row.weights.items())
    return (row.low is None or row.low <= total) and (row.high is None or total <= row.high)


def _falls_without_end(programme: Programme, weights: Mapping[int, int]) -> bool:
    """Look for a whole-number direction along which every condition still holds and the objective falls.

    Rational polyhedra with a whole-number point are unbounded exactly when such a direction exists. The
    direction is verified in integers; when none is found ``_search`` has to prove the least value anyway.
    """
    cone = Programme(
        lower=(0,) * len(programme.lower),
        upper=tuple(1 if high is None else 0 for high in programme.upper),
        rows=tuple(
            Row(row.weights, None if row.low is None else 0, None if row.high is None else 0)
            for row in programme.rows
        ),
    )
    if all(high == 0 for high in cone.upper) or not weights:
        return False
    solved = _relax(cone, weights)
    if solved is None:
        raise NotProved("no direction could be examined")
    fractions = [Fraction(float(x)).limit_denominator(1000) for x in solved.columns]
    scale = math.lcm(*(f.denominator for f in fractions))
    ray = [int(f * scale) for f in fractions]
    falls = sum(weight * ray[column] for column, weight in weights.items()) < 0
    bounded = any(x and high == 0 for x, high in zip(ray, cone.upper, strict=True)) or any(x < 0 for x in ray)
    return falls and not bounded and all(_row_holds(row, ray) for row in cone.rows)


@dataclass(frozen=True, slots=True)
class _Relaxed:
    columns: list[float]
    duals: list[float]


def _load(programme: Programme, weights: Mapping[int, int]) -> highspy.Highs:
    solver = new_solver(time_limit=SECONDS)
    model = highspy.HighsLp()
    size = len(programme.lower)
    model.num_col_, model.num_row_ = size, len(programme.rows)
    model.col_cost_ = np.array([weights.get(i, 0) for i in range(size)], dtype=float)
    model.col_lower_ = np.array(programme.lower, dtype=float)
    infinite = highspy.kHighsInf
    model.col_upper_ = np.array([infinite if u is None else u for u in programme.upper], dtype=float)
    model.row_lower_ = np.array([-infinite if r.low is None else r.low for r in programme.rows], dtype=float)
    model.row_upper_ = np.array([infinite if r.high is None else r.high for r in programme.rows], dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(r.weights) for r in programme.rows)]).astype(np.int32)
    model.a_matrix_.index_ = np.array([c for r in programme.rows for c in r.weights], dtype=np.int32)
    model.a_matrix_.value_ = np.array([w for r in programme.rows for w in r.weights.values()], dtype=float)
    if solver.passModel(model) == highspy.HighsStatus.kError:
        raise NotProved("the solver did not accept the programme")
    return solver


def _relax(programme: Programme, weights: Mapping[int, int]) -> _Relaxed | None:
    """Solve without the whole-number demand; None when the solver says that nothing fits."""
    solver = _load(programme, weights)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise NotProved(f"the solver stopped with {status.name}")
    solution = solver.getSolution()
    return _Relaxed(columns=list(solution.col_value), duals=list(solution.row_dual))


def _propose(programme: Programme, weights: Mapping[int, int]) -> tuple[int, ...] | None:
    """Let the solver propose a whole-number optimum; None when it found no point that truly holds."""
    solver = _load(programme, weights)
    size = len(programme.lower)
    solver.changeColsIntegrality(
        size,
        np.arange(size, dtype=np.int32),
        np.full(size, highspy.HighsVarType.kInteger.value, dtype=np.uint8),
    )
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    point = tuple(round(x) for x in solver.getSolution().col_value)
    return point if programme.holds(point=point) else None


def dual_bound(
    *,
    weights: Mapping[int, int],
    multipliers: Iterable[tuple[float, Row]],
    limits: Callable[[int], tuple[int, int | None]],
) -> Fraction | None:
    """Turn any row multipliers into a lower bound that is valid in exact arithmetic.

    For every point and every multiplier y: objective = y·(rows) + (objective - y·rows)·columns, and each
    product is at least its multiplier times the limit on the matching side. None: a limit that is needed is
    missing.
    """
    reduced = {column: Fraction(weight) for column, weight in weights.items()}
    bound = Fraction(0)
    for raw, row in multipliers:
        y = Fraction(raw).limit_denominator(1000)
        side = row.low if y > 0 else row.high
        if not y or side is None:
            continue  # safe because leaving a row out only weakens the bound
        bound += y * side
        for column, weight in row.weights.items():
            reduced[column] = reduced.get(column, Fraction(0)) - y * weight
    for column, rest in reduced.items():
        if rest:
            low, high = limits(column)
            limit = low if rest > 0 else high
            if limit is None:
                return None
            bound += rest * limit
    return bound


def _bound(node: Programme, weights: Mapping[int, int], relaxed: _Relaxed) -> Fraction | None:
    return dual_bound(
        weights=weights,
        multipliers=zip(relaxed.duals, node.rows, strict=True),
        limits=lambda column: (node.lower[column], node.upper[column]),
    )


def _search(programme: Programme, weights: Mapping[int, int]) -> Optimum:
    """Prove the least value by branching; a branch is closed by an exact bound, never by a solver's word."""
    point = _propose(programme, weights)
    best = None if point is None else sum(w * point[c] for c, w in weights.items())
    if best is not None and not weights:
        return Optimum(value=0, point=point)
    waiting = [programme]
    for _ in range(NODE_LIMIT):
        if not waiting:
            break
        node = waiting.pop()
        relaxed = _relax(node, weights)
        if relaxed is None:
            _require_contradiction(node)
            continue
        bound = _bound(node, weights, relaxed)
        if bound is not None and best is not None and math.ceil(bound) >= best:
            continue
        rounded = tuple(round(x) for x in relaxed.columns)
        if node.holds(point=rounded):
            value = sum(w * rounded[c] for c, w in weights.items())
            if best is None or value < best:
                best, point = value, rounded
            if bound is not None and math.ceil(bound) >= value:
                continue
        waiting.extend(_branches(node, relaxed.columns))
    if waiting:
        raise NotProved(f"no proof within {NODE_LIMIT} branches")
    if best is None:
        raise Infeasible("no whole-number data set fits the statements")
    return Optimum(value=best, point=point)


def _branches(node: Programme, columns: Sequence[float]) -> list[Programme]:
    gaps = [abs(x - round(x)) for x in columns]
    column = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[column] < 1e-6:
        raise NotProved("the solver's whole-number point does not hold, or its bound cannot be proved")
    floor = math.floor(columns[column])
    down = (*node.upper[:column], floor, *node.upper[column + 1 :])
    up = (*node.lower[:column], floor + 1, *node.lower[column + 1 :])
    return [Programme(node.lower, down, node.rows), Programme(up, node.upper, node.rows)]


def _require_contradiction(node: Programme) -> None:
    """Prove that nothing fits: the least total of slack needed to meet every row is above zero."""
    if any(high is not None and high < low for low, high in zip(node.lower, node.upper, strict=True)):
        return
    size = len(node.lower)
    rows, slack = [], {}
    for number, row in enumerate(node.rows):
        over, under = size + 2 * number, size + 2 * number + 1
        rows.append(Row({**row.weights, over: 1, under: -1}, row.low, row.high))
        slack.update({over: 1, under: 1})
    extra = 2 * len(node.rows)
    elastic = Programme(node.lower + (0,) * extra, node.upper + (None,) * extra, tuple(rows))
    relaxed = _relax(elastic, slack)
    bound = None if relaxed is None else _bound(elastic, slack, relaxed)
    if bound is None or bound <= 0:
        raise NotProved("the solver says that nothing fits, without a proof")
