"""Random programmes, protected by us and attacked by somebody who shares no code with us.

The number of programmes and the first seed come from the environment, so that a long run can be cut in
pieces: AVHOPP_FUZZ (how many; 12 unless told) and AVHOPP_FUZZ_FROM. Each programme prints what became of
it.
"""

from __future__ import annotations

import json
import math
import os
import random

import pytest

from followup.disclosure.audit import Audit
from followup.disclosure.check import check
from followup.disclosure.ledger import Ledger, Refused, is_shown
from followup.disclosure.plan import read_plan
from tests.oracle.attacker import Attacker, Query
from tests.oracle.programmes import DIMS, plan_content, programme, rows
from tests.oracle.small_cases import count

FIRST, COUNT = int(os.environ.get("AVHOPP_FUZZ_FROM", "0")), int(os.environ.get("AVHOPP_FUZZ", "12"))
ATTACKS, SAMPLE = 5, 40


def shown(n: int) -> dict[str, object]:
    nearest = 5 * ((n + 2) // 5)
    return (
        {"printed": "..", "lo": 0, "hi": 7}
        if n < 8
        else {"printed": str(nearest), "lo": nearest - 2, "hi": nearest + 2}
    )


def draw(seed: int) -> tuple[dict, list]:
    chance = random.Random(seed)
    star = chance.random() < 0.5
    method = chance.choice(["whole", "mixed", "stepwise"])
    most = (5 if star else 9) if method == "stepwise" else (6 if star else 16)
    releases = chance.randint(4, most)
    persons = round(math.exp(chance.uniform(math.log(5), math.log(5000 if method == "whole" else 300))))
    plan = plan_content(method=method, star=star, m=chance.choice([0, 1, 2]))
    return plan, programme(persons=persons, releases=releases, seed=seed)


def coalition(attacker: Attacker, chance: random.Random, people: list, m: int) -> list[tuple]:
    """People who are truly in the programme, each with her place in every release so far (None: not yet
    there).
    """
    chosen = chance.sample(range(len(people[-1])), min(m, len(people[-1])))
    return [
        tuple(
            attacker.place(dict(zip(DIMS, release[p], strict=True))) if p < len(release) else None
            for release in people
        )
        for p in chosen
    ]


def invented(attacker: Attacker, chance: random.Random) -> tuple:
    """Return the path of somebody who may never have existed: nothing tells most like several persons of one kind."""
    person = {name: chance.choice(values) for name, values in DIMS.items()}
    ended, came = person["utfall"], chance.randrange(len(attacker.files))
    ends = chance.randrange(came, len(attacker.files))
    return tuple(
        None
        if release < came
        else attacker.place({**person, "utfall": ended if release >= ends else "pågår"})
        for release in range(len(attacker.files))
    )


def coalitions(attacker: Attacker, chance: random.Random, people: list, j: int) -> tuple[list, list]:
    """Return real participants, and as many persons of one kind."""
    return coalition(attacker, chance, people, j), [invented(attacker, chance)] * j


def suspicious(attacker: Attacker, chance: random.Random) -> list[Query]:
    """Return the counts that the attacker can narrow most, of a sample, with the demand for whole persons
    left out.
    """
    found = attacker.queries()
    widths = []
    for query in chance.sample(found, min(SAMPLE, len(found))):
        ends = attacker.outer(query)
        assert ends is not None
        if ends[0] < 5:
            widths.append((ends[1] - ends[0], len(widths), query))
    return [query for _, _, query in sorted(widths)[:ATTACKS]]


def breaks(files: list, wanted: dict, refused: Refused) -> bool:
    """Say whether the attacker, knowing whom the refusal names, breaks what was refused, had it been released."""
    unsafe = refused.unsafe
    if unsafe is None or unsafe.sides is None or unsafe.known is None:
        return False
    attacker = Attacker([*files, wanted], 5)
    (slot, labels), other = unsafe.sides
    members = attacker.members(dict(labels))
    if other is None:
        query = Query((slot, members), None)
    elif other[0] == slot:
        query = Query((slot, members & ~attacker.members(dict(other[1]))), None)
    else:
        query = Query((slot, members), (other[0], members))
    known = persons(attacker, unsafe.known)
    assert len(known) <= unsafe.insiders
    assert attacker.obey(known), known
    return attacker.learns_too_much(query, known)


def persons(attacker: Attacker, known: tuple) -> list[tuple]:
    """Return for each known person her place in every release."""
    places = [[attacker.place(person) for person in release] for release in known]
    return [
        tuple(release[i] if i < len(release) else None for release in places)
        for i in range(max(map(len, places), default=0))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
def test_attacker_breaks_nothing_that_was_released(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    content, people = draw(seed)
    chance, plan = random.Random(seed), read_plan(content=content)
    ledger, files, seen, refused, confirmed = Ledger(), [], [], 0, 0
    for number, release in enumerate(people):
        try:
            passed = ledger.propose(plan=plan, period=f"P{number:02}", rows=rows(release))
        except Refused as error:
            refused += 1
            assert error.unsafe is not None, str(error)  # noqa: PT017 - only a count that is not safe may stop it
            cells = [
                {
                    "cell": cell.labels,
                    **shown(count(DIMS, rows(release), cell.where)),
                }
                for cell in plan.cells()
            ]
            wanted = {
                "plan": content,
                "cells": [cells[position] for stage in plan.at_once() for position in stage],
            }
            confirmed += breaks(files, wanted, error)
        else:
            ledger = ledger.with_release(release=passed.release)
            files.append(json.loads(passed.release.to_bytes()))
            seen.append(release)
    assert not (content["method"] == "stepwise" and refused)
    if files:
        assert check(releases=ledger.releases).holds
        attacker = Attacker(files, 5)
        for query in suspicious(attacker, chance):
            j = chance.randint(0, plan.m)
            for known in coalitions(attacker, chance, seen, j):
                assert not attacker.learns_too_much(query, known), (seed, query, known)
    with capsys.disabled():
        print(
            f"\n{seed} {content['method']} m={plan.m} N={len(people[-1])} periods={len(people)} "
            f"released={len(files)} refused={refused} confirmed={confirmed}"
        )
    assert confirmed == refused


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 53])
def test_attacker_breaks_what_is_released_when_the_audit_is_switched_off(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Audit, "first_break", lambda self: None)
    content, people = draw(seed)
    ledger, plan = Ledger(), read_plan(content=content)
    for number, release in enumerate(people[:4]):
        passed = ledger.propose(plan=plan, period=f"P{number:02}", rows=rows(release))
        ledger = ledger.with_release(release=passed.release)
    attacker = Attacker([json.loads(release.to_bytes()) for release in ledger.releases], 5)
    assert any(attacker.learns_too_much(query) for query in suspicious(attacker, random.Random(seed)))


@pytest.mark.slow
def test_count_that_no_single_rule_shows_is_shown_in_parts() -> None:
    content, people = draw(167)
    plan, ledger = read_plan(content=content), Ledger()
    for number, release in enumerate(people[:2]):
        passed = ledger.propose(plan=plan, period=f"P{number:02}", rows=rows(release))
        ledger = ledger.with_release(release=passed.release)
    ((points, rules, parted),) = passed.witnesses
    assert parted
    assert is_shown(releases=ledger.releases, witnesses=passed.witnesses)
    insiders, _, _, part, *_ = parted[0]
    others = tuple(row for row in parted if (row[0], row[3]) != (insiders, part))
    assert not is_shown(releases=ledger.releases, witnesses=((points, rules, others),))
    attacker = Attacker([json.loads(each.to_bytes()) for each in ledger.releases], 5)
    chance = random.Random(167)
    for query in suspicious(attacker, chance):
        for known in coalitions(attacker, chance, people[:2], 2):
            assert not attacker.learns_too_much(query, known), (query, known)
