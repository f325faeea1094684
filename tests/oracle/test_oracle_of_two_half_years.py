"""Every data set of two categories over two half-years, and an attacker who re-runs our program on all of them.

She groups the data sets by what would have been put out in both half-years, silence included. Deciding count by count
is never silent, and nothing may be learnt from a group that the statements do not allow. What is refused when it
would tell too much tells by its silence; the last test keeps that in sight.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import read_plan
from tests.oracle.test_oracle_of_the_2x2_table import broken_by_rerunning, data_sets

SCORED, UNIVERSE = 15, 22
SILENT = "silent"
# Of data sets as (a, b, a who came later, b who came later): cells and totals of both half-years, and their increases.
PROTECTED = [
    [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1],
    [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 1],
]  # fmt: skip


def outputs(method: str, m: int) -> dict[tuple[str, str], np.ndarray]:
    """Return the data sets by what both half-years put out, for outputs that a small data set has."""
    plan = read_plan(
        content={
            "name": "halvår", "version": 1, "method": method, "k": 5, "m": m, "dims": {"grupp": ["a", "b"]},
            "tables": [[], ["grupp"]], "cumulative": [{}, {"by": ["grupp"]}],
        }
    )  # fmt: skip
    ledgers = {SILENT: Ledger()}

    @cache
    def output(before: str, period: str, a: int, b: int) -> str:
        try:
            passed = ledgers[before].propose(plan=plan, period=period, rows={("a",): a, ("b",): b})
        except Refused:
            return SILENT
        ledgers[passed.release.sha256] = ledgers[before].with_release(release=passed.release)
        return passed.release.sha256

    found, scored = defaultdict(list), set()
    for a, b, more_a, more_b in data_sets(UNIVERSE):
        first = output(SILENT, "2025H1", a, b)
        both = first, output(first, "2025H2", a + more_a, b + more_b)
        found[both].append((a, b, more_a, more_b))
        if a + b + more_a + more_b <= SCORED:
            scored.add(both)
    return {both: np.array(found[both]) for both in scored}


@pytest.mark.slow
@pytest.mark.parametrize("m", [0, 2])
def test_attacker_who_reruns_the_program_over_two_half_years_learns_nothing(m: int) -> None:
    groups = outputs("stepwise", m)
    assert len(groups) > 10
    assert not any(SILENT in both for both in groups)
    assert broken_by_rerunning(groups, m, PROTECTED) == set()


@pytest.mark.slow
@pytest.mark.parametrize("method", ["whole", "mixed"])
def test_silence_of_what_is_refused_tells_an_attacker_who_reruns_the_program(method: str) -> None:
    groups = outputs(method, 2)
    broken = broken_by_rerunning(groups, 2, PROTECTED)
    assert broken
    assert all(SILENT in both for both in broken)
