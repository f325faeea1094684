"""Makes tests/vectors/disclosure/small.json: small attack cases of each kind, judged by writing down every table.

Run as ``python -m tests.vectors.make_disclosure_vectors``; a second run writes the same bytes. Nothing of
followup/disclosure is used. Of the kind where whole persons matter, only those are kept where halves would say
something else.
"""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from tests.oracle import brute_force, small_cases

FILE = Path(__file__).parent / "disclosure" / "small.json"
OF_EACH = 4
"""So many of each kind that leak, and so many that do not."""


def ends_with_halves(case: dict) -> list[int]:
    """Give the ends of the first protected count when persons can be cut in parts; one release only."""
    atoms = [dict(zip(case["dims"], row, strict=True)) for row in itertools.product(*case["dims"].values())]

    def members(where: dict) -> np.ndarray:
        return np.array([float(brute_force.inside(person, where)) for person in atoms])

    sets = np.array([members(s["where"]) for s in case["statements"]])
    low, high = (np.array([s[end] for s in case["statements"]], dtype=float) for end in ("lo", "hi"))
    query = sum(members(term["where"]) for term in case["protected"][0]["plus"])
    ends = [
        sign * linprog(sign * query, A_ub=np.vstack([sets, -sets]), b_ub=np.concatenate([high, -low])).fun
        for sign in (1, -1)
    ]
    return [math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)]


def chosen(kind: str) -> list[dict]:
    found: list[dict] = []
    kept = {"leak": 0, "no-leak": 0}
    for seed in itertools.count():
        content, most = small_cases.case(kind=kind, seed=seed)
        judged = brute_force.judge(content, most=most)
        if judged is None or kept[judged[0]] == OF_EACH:
            continue
        if kind == "whole numbers" and ends_with_halves(content) == judged[1]:
            continue
        kept[judged[0]] += 1
        name = f"{kind.replace(' ', '-')}-{len(found) + 1}"
        expected = {"verdict": judged[0], "interval": judged[1]}
        found.append({"id": name, "title": kind, **content, "expected": expected})
        if sum(kept.values()) == 2 * OF_EACH:
            return found
    raise AssertionError


def main() -> None:
    cases = [case for kind in small_cases.KINDS if kind != "contradictions" for case in chosen(kind)]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    FILE.write_text('{"format": "sdc-cases/1", "cases": [\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
