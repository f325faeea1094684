"""How much is released and shown: the figures of the requirement, four half-years and four programmes each.

Run as ``python -m tests.oracle.usefulness``; it prints the table of docs/disclosure.md.
"""

from __future__ import annotations

import sys
import time

from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import METHODS, read_plan
from tests.oracle.programmes import plan_content, programme, rows


def measure(*, method: str, star: bool, persons: int, seeds: int, m: int = 2) -> str:
    released = periods = one = ones = two = twos = 0
    slowest = 0.0
    for seed in range(seeds):
        ledger, plan = Ledger(), read_plan(content=plan_content(method=method, star=star, m=m))
        for number, people in enumerate(programme(persons=persons, releases=4, seed=seed)):
            start, periods = time.process_time(), periods + 1
            try:
                passed = ledger.propose(plan=plan, period=f"P{number}", rows=rows(people))
            except Refused:
                pass
            else:
                ledger, released = ledger.with_release(release=passed.release), released + 1
            slowest = max(slowest, time.process_time() - start)
        for said in ledger.releases[-1].cells if ledger.releases else ():
            if len(said.labels) > 1:
                two, twos = two + (said.printed != ".."), twos + 1
            else:
                one, ones = one + (said.printed != ".."), ones + 1
    crossed = f"{two / twos:.0%}" if twos else "–"
    return (
        f"| {'stjärna' if star else 'envägs'} | {method} | {persons} | {released}/{periods} "
        f"| {one / max(1, ones):.0%} | {crossed} | {slowest:.1f} |"
    )


if __name__ == "__main__":
    print(
        "| paket | metod | N | redovisade | visade envägs, sista | visade tvåvägs, sista | s/halvår (som mest) |"
    )
    print("|---|---|---|---|---|---|---|")
    wanted = [(False, method, n) for n in (60, 20, 300) for method in METHODS]
    wanted += [(True, method, n) for n in (60, 120) for method in METHODS]
    for star, method, persons in wanted:
        seeds = 4 if not star else 2
        print(measure(method=method, star=star, persons=persons, seeds=seeds), flush=True)
    sys.exit(0)
