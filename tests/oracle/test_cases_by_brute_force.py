"""The judge of attack cases against writing down every table, for random small cases of each kind.

AVHOPP_CASES says how many of each kind (150 unless told).
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter

import pytest

from followup.disclosure import cases
from tests.oracle import brute_force, small_cases

COUNT = int(os.environ.get("AVHOPP_CASES", "150"))


def judged(content: dict) -> tuple[str, list] | None:
    text = json.dumps({"format": "sdc-cases/1", "cases": [{"id": "x", **content}]})
    (found,) = cases.judge_file(text=text)
    if isinstance(found, cases.Refused):
        assert found.reason == "no whole-number data set fits the statements", (found.reason, content)
        return None
    return found.verdict, list(found.interval)


@pytest.mark.slow
@pytest.mark.parametrize("kind", small_cases.KINDS)
def test_judge_says_what_trying_every_table_says(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(COUNT):
        content, most = small_cases.case(kind=kind, seed=seed)
        wanted = brute_force.judge(content, most=most)
        assert judged(content) == wanted, (kind, seed)
        seen["contradicts" if wanted is None else wanted[0]] += 1
    with capsys.disabled():
        print(f"\n{kind}: {dict(seen)}")
    assert min(seen["leak"], seen["no-leak"]) > COUNT / 20, seen


@pytest.mark.slow
def test_count_without_end_is_told_from_one_that_ends(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no total is said: an end that moves when three more persons are tried is no end."""
    seen: Counter[str] = Counter()
    for seed in range(COUNT):
        content, _ = small_cases.case(kind="subtraction", seed=seed)
        content["statements"] = [s for s in content["statements"] if s["where"]]
        chance = random.Random(seed)
        for item in content["statements"]:
            item["hi"] = None if chance.random() < 0.3 else item["hi"]
        ended = sum(item["lo"] if item["hi"] is None else item["hi"] for item in content["statements"])
        fewer, more = (brute_force.judge(content, most=ended + n) for n in (1, 4))
        assert fewer is not None
        assert more is not None
        ends = [a if a == b else None for a, b in zip(fewer[1], more[1], strict=True)]
        seen["endless" if None in ends else "ends"] += 1
        assert judged(content) == (more[0], ends), seed
    with capsys.disabled():
        print(f"\nwithout a total: {dict(seen)}")
    assert min(seen["endless"], seen["ends"]) > COUNT / 20, seen
