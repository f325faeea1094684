"""The plans that are shipped, on an invented municipality with twenty people a year for the four years of an agreement.

Run as ``python -m tests.oracle.shipped PLAN [SEED]``; it prints each release with its share of cells and its time.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from followup.catalogue import KNOWN_TO_READER, PLANS
from followup.dimensions import plan_content, row_at
from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import read_plan
from followup.happenings import EITHER, Happening, happen, nothing_yet
from followup.periods import Every

HALVES = [f"{year}H{half}" for year in range(2023, 2027) for half in (1, 2)]
PEOPLE = 80
SHARES = {  # in the order of the happenings' names within each group
    Happening.MET_SOON: 2, Happening.EXIT: 6, Happening.PREVENTION: 3, Happening.YOUNG: 5, Happening.MAN: 9,
}  # fmt: skip

DONE = {
    Happening.VIOLENCE_ASKED: 0.6,
    Happening.SOME_AGENCIES: 0.8,
    Happening.MANY_AGENCIES: 0.4,
    Happening.PLACED: 0.3,
}


def one_of(chance: random.Random, number: int) -> Happening:
    group = sorted(EITHER[number])
    return chance.choices(group, [SHARES.get(what, 1) for what in group])[0]


def person(chance: random.Random) -> dict[str, str]:
    """Somebody who comes in some half-year, may become a case, and may be closed up to two years later."""
    met, opened, decided, ended, initiative, age, sex, reason, intake, six, year = range(len(EITHER))
    start, found = chance.randrange(len(HALVES)), nothing_yet()

    def put(what: Happening, later: int = 0) -> None:
        if start + later < len(HALVES):
            happen(happened=found, what=what, period=HALVES[start + later])

    put(Happening.ENQUIRY)
    put(one_of(chance, initiative))
    if chance.random() < 0.7:
        put(one_of(chance, met))
    if chance.random() < 0.75:
        for number in (opened, age, sex):
            put(one_of(chance, number))
        if chance.random() < 0.4:
            put(one_of(chance, intake))
        for what, share in DONE.items():
            if chance.random() < share:
                put(what, chance.randrange(3))
        if chance.random() < 0.7:
            put(one_of(chance, decided), chance.randrange(2))
        if chance.random() < 0.6:
            later = chance.randrange(1, 5)
            put(one_of(chance, ended), later)
            put(one_of(chance, reason), later)
            for number, half in ((six, 1), (year, 2)):
                if chance.random() < 0.7:
                    put(one_of(chance, number), later + half)
    return found


def main(code: str, seed: int) -> None:
    chance = random.Random(seed)
    people = [person(chance) for _ in range(PEOPLE)]
    shipped = next(plan for plan in PLANS if plan.code == code)
    tables = [list(table) for table in shipped.tables]
    content = plan_content(name=code, version=1, method=shipped.method, tables=tables, k=5, m=KNOWN_TO_READER)
    plan, ledger = read_plan(content=content), Ledger()
    for half in HALVES:
        if shipped.every == Every.YEAR and half.endswith("H1"):
            continue
        rows = Counter(
            row for row in (row_at(happened=p, period=half, since=HALVES[0]) for p in people) if row
        )
        start = time.process_time()
        try:
            passed = ledger.propose(plan=plan, period=half, rows=rows)
        except Refused:
            said = "refused"
        else:
            ledger = ledger.with_release(release=passed.release)
            cells = passed.release.cells
            said = f"{sum(cell.printed != '..' for cell in cells)} of {len(cells)} cells shown"
        print(f"{code} {half} N={sum(rows.values())} {said} {time.process_time() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
