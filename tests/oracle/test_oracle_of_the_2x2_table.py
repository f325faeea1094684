"""Every data set of a 2x2 table with margins, and an attacker who re-runs our program on all of them.

The attacker groups the data sets by what the program would have put out, silence included. Nothing may be
learnt from the group that the statements alone do not allow: the promise must hold within each group. The
programme's decisions depend on statements only, so they are remembered per statements to make some ten
thousand runs affordable.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import pytest

from followup.disclosure.audit import Audit
from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import read_plan

Output = TypeVar("Output")
K, SCORED, UNIVERSE = 5, 20, 27
CELLS = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
PROTECTED = [
    *([int(i == j) for j in range(4)] for i in range(4)),  # the cells, and every row without one of its cells
    [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1],
]  # fmt: skip


def plan_of(method: str, m: int) -> object:
    return read_plan(
        content={
            "name": "2x2", "version": 1, "method": method, "k": K, "m": m,
            "dims": {"rad": ["a", "b"], "kolumn": ["x", "y"]},
            "tables": [[], ["rad"], ["kolumn"], ["rad", "kolumn"]],
        }
    )  # fmt: skip


def data_sets(largest: int) -> Iterator[tuple[int, ...]]:
    for total in range(largest + 1):
        for bars in itertools.combinations(range(total + 3), 3):
            ends = (-1, *bars, total + 3)
            yield tuple(ends[i + 1] - ends[i] - 1 for i in range(4))


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each decision be made once per statements; it is a function of them alone, which is what is
    tested.
    """
    for name in ("is_safe_if", "first_break", "reach", "has_witness"):
        decide, memory = getattr(Audit, name), {}

        def remembering(self, _decide=decide, _memory=memory, **asked):
            key = (tuple(self.limits), tuple(sorted(asked.items(), key=str)))
            if key not in _memory:
                _memory[key] = _decide(self, **asked)
            return _memory[key]

        monkeypatch.setattr(Audit, name, remembering)


def output_of(plan: object, counts: tuple[int, ...]) -> str:
    try:
        passed = Ledger().propose(plan=plan, period="2026H1", rows=dict(zip(CELLS, counts, strict=True)))
    except Refused:
        return "refused"
    return passed.release.sha256


def broken_by_rerunning(
    groups: dict[Output, np.ndarray], m: int, protected: list[list[int]] = PROTECTED
) -> set[Output]:
    """Return the outputs after which an attacker who re-runs the program, knowing up to m people, learns
    too much.
    """
    found = set()
    for output, group in groups.items():
        for j in range(m + 1):
            for coalition in itertools.combinations_with_replacement(range(4), j):
                known = np.bincount(np.array(coalition, dtype=int), minlength=4)
                others = group[(group >= known).all(axis=1)] - known
                if not len(others):
                    continue
                for query in protected:
                    values = np.unique(others @ query)
                    if values[0] < K and len(values) < K - j:
                        found.add(output)
    return found


def test_the_number_of_data_sets_is_that_of_the_design() -> None:
    assert sum(1 for _ in data_sets(SCORED)) == math.comb(24, 4) == 10_626


@pytest.mark.slow
@pytest.mark.parametrize("m", [0, 2])
@pytest.mark.parametrize("method", ["whole", "mixed", "stepwise"])
def test_attacker_who_reruns_the_program_on_every_data_set_learns_nothing(
    method: str, m: int, remembered: None
) -> None:
    plan = plan_of(method, m)
    rows, scored = defaultdict(list), set()
    for counts in data_sets(UNIVERSE):
        output = output_of(plan, counts)
        rows[output].append(counts)
        if sum(counts) <= SCORED:
            scored.add(output)
    groups = {output: np.array(rows[output]) for output in scored}
    assert len(groups) > 3
    assert broken_by_rerunning(groups, m) == set()


def test_the_attacker_breaks_the_rule_of_thumb_that_hides_small_cells_only() -> None:
    rows = defaultdict(list)
    for a, b, c, d in data_sets(SCORED):
        shown = (a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d)
        rows[str(tuple(n if n >= K else ".." for n in shown))].append((a, b, c, d))
    groups = {output: np.array(group) for output, group in rows.items()}
    assert len(broken_by_rerunning(groups, 0)) > 100
