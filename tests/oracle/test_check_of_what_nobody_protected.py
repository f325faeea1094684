"""What `check` says of series that nobody protected, against the attacker who shares no code with it.

The protector releases little that breaks, so its files hardly ask `check` for a no. Here counts are printed as they
fall, and both have to say the same of each series: with nobody known, and for everybody whom one may know.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from followup.disclosure import files
from followup.disclosure.check import check
from followup.disclosure.plan import Plan, read_plan
from followup.disclosure.release import START, Release, Said
from tests.oracle.attacker import Attacker, Person
from tests.oracle.small_cases import WIDE, count

FIRST, COUNT = int(os.environ.get("AVHOPP_FUZZ_FROM", "0")), int(os.environ.get("AVHOPP_CHECKS", "20"))
ENDS = [0, 2, 3, 7, 8, 12, 13, 17]
TABLES = [[], ["kön"], ["utfall"], ["kön", "utfall"]]


def drawn_plan(chance: random.Random) -> Plan:
    """Return a plan of some tables, links and insiders."""
    tables = [table for table in TABLES if chance.random() < 0.7] or [[]]
    links = [{}, {"by": ["kön"]}, {"where": {"utfall": ["klar"]}}]
    return read_plan(
        content={
            "name": "x", "version": 1, "method": "whole", "k": 5, "m": chance.choice([0, 1]), "dims": WIDE,
            "tables": tables, "cumulative": [link for link in links if chance.random() < 0.7],
        }
    )  # fmt: skip


def printed(plan: Plan, chance: random.Random, people: Counter[tuple[str, ...]]) -> list[Said]:
    """Print the counts by the display map, now and then as a span or not at all."""
    cells = []
    for cell in plan.cells():
        first = last = plan.display.bucket(count=count(WIDE, people, cell.where))
        if chance.random() < 0.2:
            first, last = max(0, first - chance.randint(0, 1)), last + chance.randint(0, 1)
        low, high = plan.display.low(bucket=first), plan.display.high(bucket=last)
        text = plan.display.printed(first=first, last=last)
        silent = text == ".." and chance.random() < 0.2
        cells.append(Said(cell.labels, text, low, None if silent else high))
    return cells


def series(seed: int) -> list[Release]:
    """Return one to three half-years of people who come, so many that counts stand at the ends of what is printed."""
    chance = random.Random(seed)
    plan, found, before = drawn_plan(chance), [], START
    people: Counter[tuple[str, ...]] = Counter()
    for number in range(1, chance.randint(1, 2 if plan.m else 3) + 1):
        for person in itertools.product(*WIDE.values()):
            people[person] += chance.choice(ENDS) if number == 1 else chance.choice([0, 0, 1, 5])
        cells = tuple(printed(plan, chance, people))
        found.append(Release(number, f"P{number}", None, plan, before, (), cells))
        before = found[-1].sha256
    return found


def coalitions(attacker: Attacker, m: int) -> Iterator[list[Person]]:
    """Yield nobody, and every person on every path that the links allow."""
    yield []
    places = (None, *range(attacker.size))
    for path in itertools.product(places, repeat=len(attacker.files)) if m else ():
        if any(place is not None for place in path) and attacker.obey([path]):
            yield [path]


@pytest.mark.slow
def test_check_and_the_attacker_say_the_same_of_every_series(capsys: pytest.CaptureFixture[str]) -> None:
    said = {True: 0, False: 0}
    for seed in range(FIRST, FIRST + COUNT):
        released = series(seed)
        holds = check(releases=files.read_released(data=files.bundle(releases=released))).holds
        attacker = Attacker([json.loads(release.to_bytes()) for release in released], 5)
        broken = any(
            attacker.learns_too_much(query, known)
            for query in attacker.queries()
            for known in coalitions(attacker, released[-1].plan.m)
        )
        assert holds != broken, seed
        said[holds] += 1
    with capsys.disabled():
        print(f"\nholds={said[True]} does not={said[False]}")
    assert min(said.values()) > COUNT // 10
