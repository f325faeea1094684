"""Our figures beside the rules of thumb, on the same invented programmes in one run: what leaks, what is
shown.

Run as ``python -m tests.oracle.comparison``; it prints the tables of docs/disclosure.md. The attacker is
that of attacker.py with linear programming, so what it finds is certain and what it misses may still be
there.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import METHODS, read_plan
from tests.oracle.attacker import Attacker, Query
from tests.oracle.programmes import DIMS, plan_content, programme, rows

Said = tuple[str, int, int | None]
SAMPLE = 30


def nearest(n: int, base: int = 5) -> int:
    return base * ((n + base // 2) // base)


def exact(hidden: range) -> Callable[[int, random.Random], Said]:
    return lambda n, _: ("..", hidden.start, hidden.stop - 1) if n in hidden else (str(n), n, n)


def rounded(hidden: range) -> Callable[[int, random.Random], Said]:
    def rule(n: int, _: random.Random) -> Said:
        if n in hidden:
            return "..", hidden.start, hidden.stop - 1
        return (
            (str(n), n, n)
            if n == 0 < hidden.start
            else (str(nearest(n)), max(0, nearest(n) - 2), nearest(n) + 2)
        )

    return rule


def random_rounded(base: int) -> Callable[[int, random.Random], Said]:
    def rule(n: int, chance: random.Random) -> Said:
        low = n - n % base
        shown = low + base if chance.random() < (n % base) / base else low
        return str(shown), max(0, shown - base + 1), shown + base - 1

    return rule


def cell_key(n: int, chance: random.Random) -> Said:
    """Noise of at most three; zeros stay zero, and no count becomes negative (so the noise is at least -n)."""
    if n == 0:
        return "0", 0, 0
    shown = max(0, n + chance.randint(-3, 3))
    return str(shown), max(1, shown - 3), shown + 3


RULES: dict[str, Callable[[int, random.Random], Said]] = {
    "exakt, 1-4 dolt, 0 visas": exact(range(1, 5)),
    "exakt, 0-4 dolt": exact(range(5)),
    "0 visas, 1-7 dolt, närmaste 5": rounded(range(1, 8)),
    "närmaste 5, allt visas": rounded(range(0)),
    "slumpavrundning 3": random_rounded(3),
    "slumpavrundning 5": random_rounded(5),
    "cellnyckel ±3": cell_key,
    "`..` 0-4, närmaste 5": rounded(range(5)),
    "`..` 0-7, närmaste 5, utan prövning": rounded(range(8)),
}


@dataclass
class Row:
    released: int = 0
    periods: int = 0
    shown: int = 0
    cells: int = 0
    error: float = 0.0
    read: int = 0
    narrow: int = 0
    asked: int = 0

    def text(self, name: str) -> str:
        error = self.error / max(1, self.shown)
        return (
            f"| {name} | {self.released}/{self.periods} | {self.shown / max(1, self.cells):.0%} | {error:.1f} "
            f"| {self.read / max(1, self.asked):.0%} | {self.narrow / max(1, self.asked):.0%} |"
        )


def count(people: list[tuple[str, ...]], labels: Sequence[Sequence[str]]) -> int:
    names = list(DIMS)
    return sum(all(person[names.index(n)] == v for n, v in labels) for person in people)


def by_rule(rule: str, content: dict, people: list, seed: int) -> tuple[list[dict], list]:
    chance, files = random.Random(seed), []
    for release in people:
        cells = []
        for cell in read_plan(content=content).cells():
            printed, low, high = RULES[rule](count(release, cell.labels), chance)
            cells.append({"cell": [list(p) for p in cell.labels], "printed": printed, "lo": low, "hi": high})
        files.append({"plan": content, "cells": cells})
    return files, people


def by_us(content: dict, people: list) -> tuple[list[dict], list]:
    ledger, seen = Ledger(), []
    for number, release in enumerate(people):
        try:
            passed = ledger.propose(plan=read_plan(content=content), period=f"P{number}", rows=rows(release))
        except Refused:
            continue
        ledger, seen = ledger.with_release(release=passed.release), [*seen, release]
    return [json.loads(release.to_bytes()) for release in ledger.releases], seen


def measure(row: Row, files: list[dict], people: list, seed: int, periods: int) -> None:
    row.released, row.periods = row.released + len(files), row.periods + periods
    if not files:
        return
    for said in files[-1]["cells"]:
        row.cells += 1
        if said["printed"] != "..":
            row.shown += 1
            ends = said["printed"].split("\N{EN DASH}")
            row.error += abs(sum(map(int, ends)) / len(ends) - count(people[-1], said["cell"]))
    attacker = Attacker(files, 5)
    truth = [np.array([sum(p == atom for p in release) for atom in attacker.atoms]) for release in people]

    def true_value(query: Query) -> int:
        plus = int(truth[query.plus[0]][query.plus[1]].sum())
        return plus - (int(truth[query.minus[0]][query.minus[1]].sum()) if query.minus else 0)

    small = [q for q in attacker.queries() if 1 <= true_value(q) <= 4]
    for query in random.Random(seed).sample(small, min(SAMPLE, len(small))):
        ends = attacker.outer(query)
        assert ends is not None
        low, high = math.ceil(ends[0] - 1e-6), ends[1]
        assert low <= true_value(query) <= high + 1e-6
        row.asked += 1
        if math.isfinite(high):
            row.narrow += math.floor(high + 1e-6) - low + 1 < 5
            row.read += math.floor(high + 1e-6) == low


def table(*, star: bool, persons: int, periods: int, seeds: int) -> None:
    found = {name: Row() for name in RULES}
    found |= {f"**vår: {method}**": Row() for method in METHODS}
    for seed in range(seeds):
        people = programme(persons=persons, releases=4, seed=seed)[-periods:]
        for name in RULES:
            content = plan_content(method="whole", star=star)
            measure(found[name], *by_rule(name, content, people, seed), seed, periods)
        for method in METHODS:
            content = plan_content(method=method, star=star)
            measure(found[f"**vår: {method}**"], *by_us(content, people), seed, periods)
    kind = "tvåvägs (stjärna kring utfall)" if star else "envägs"
    print(f"\n{kind}, N={persons}, {periods} halvår, {seeds} frön")
    print(
        "| metod | redovisade | visade celler, sista | medelfel | små tal lästa exakt | till under 5 värden |"
    )
    print("|---|---|---|---|---|---|")
    for name, row in found.items():
        print(row.text(name), flush=True)


if __name__ == "__main__":
    for star, persons, periods, seeds in (
        (False, 60, 1, 2), (False, 60, 4, 2), (True, 60, 1, 1), (True, 60, 4, 1), (False, 20, 1, 2), (False, 20, 4, 2),
    ):  # fmt: skip
        table(
            star=star,
            persons=persons,
            periods=periods,
            seeds=int(sys.argv[1]) if len(sys.argv) > 1 else seeds,
        )
