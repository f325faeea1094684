"""How large it may be: sixteen half-years of one municipality, and one pack of every municipality with a
million cases.

Limits are those of the requirement; memory is measured while the million cases stream by.
"""

from __future__ import annotations

import random
import resource
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from followup.disclosure.ledger import Ledger
from followup.disclosure.plan import read_plan
from followup.disclosure.tabulate import tabulate
from tests.oracle.programmes import plan_content, programme, rows

SIZES = [26, 8, 9, 13, 13, 8, 12, 2, 5, 33, 6, 49, 16, 12, 10, 10, 15, 10, 7, 8, 18]
"""Municipalities per county, 290 in all, as many as there are in Sweden."""


@pytest.mark.slow
def test_each_of_sixteen_half_years_of_twenty_cases_a_year_takes_under_ten_seconds() -> None:
    ledger, plan, slowest = Ledger(), read_plan(content=plan_content(method="stepwise", star=False)), 0.0
    for number, people in enumerate(programme(persons=160, releases=16, seed=3)):
        start = time.process_time()
        passed = ledger.propose(plan=plan, period=f"P{number:02}", rows=rows(people))
        ledger = ledger.with_release(release=passed.release)
        slowest = max(slowest, time.process_time() - start)
    print(f"16 released, slowest {slowest:.1f} s")
    assert slowest < 10, slowest


def national_plan() -> dict:
    kommuner = [f"K{i:03}" for i in range(290)]
    län, start = {}, 0
    for number, size in enumerate(SIZES):
        län[f"L{number:02}"] = kommuner[start : start + size]
        start += size
    dims = {"kommun": kommuner, "kön": ["man", "kvinna"], "ålder": ["-17", "18-24", "25+"],
            "initiativ": ["myndighet", "egen", "annan"], "utfall": ["pågår", "klar", "avbrott"]}  # fmt: skip
    arms = [name for name in dims if name != "kommun"]
    return {
        "name": "riket", "version": 1, "method": "whole", "k": 5, "m": 2, "dims": dims,
        "levels": {"län": {"of": "kommun", "groups": län}},
        "tables": [["kommun"], *(["kommun", a] for a in arms), ["län"], *(["län", a] for a in arms)],
    }  # fmt: skip


def cases(number: int, dims: dict, seed: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(seed)
    weights = [1 / (i % 37 + 1) for i in range(290)]
    for kommun in chance.choices(dims["kommun"], weights, k=number):
        kind = chance.random()
        yield (
            kommun,
            "man" if kind < 0.9 else "kvinna",
            dims["ålder"][int(kind * 10**3) % 7 % 3],
            dims["initiativ"][int(kind * 10**5) % 5 % 3],
            dims["utfall"][int(kind * 10**7) % 4 % 3],
        )


@pytest.mark.slow
def test_290_municipalities_and_a_million_cases_take_under_fifteen_minutes_in_flat_memory() -> None:
    plan = read_plan(content=national_plan())
    start = time.process_time()
    tracemalloc.start()
    counts = tabulate(rows=cases(1_000_000, plan.dims, 1), dims=plan.dims)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    passed = Ledger().propose(plan=plan, period="2026", rows=counts)
    spent = time.process_time() - start
    shown = sum(said.printed != ".." for said in passed.release.cells) / len(passed.release.cells)
    print(f"{spent:.0f} s, tabulation peak {peak / 2**20:.0f} MiB, resident "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MiB, shown {shown:.0%}")  # fmt: skip
    assert spent < 15 * 60
    assert peak < 64 * 2**20
    assert shown > 0.5
