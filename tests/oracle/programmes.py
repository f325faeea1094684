"""Invented programmes: skewed, growing, with outcomes that stay. Nobody in them exists."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

DIMS = {
    "utfall": ["pågår", "klar", "avbrott"],
    "kön": ["man", "kvinna"],
    "ålder": ["-17", "18-24", "25+"],
    "initiativ": ["myndighet", "annan"],
    "skydd": ["nej", "ja"],
}
SHARES = {
    "kön": [0.9, 0.1],
    "ålder": [0.15, 0.6, 0.25],
    "initiativ": [0.65, 0.35],
    "skydd": [0.7, 0.3],
}
MARGINS = [[], ["utfall"], ["kön"], ["ålder"], ["initiativ"], ["skydd"]]
STAR = [*MARGINS, *(["utfall", name] for name in SHARES)]
LINKS = [
    {},
    *({"by": [name]} for name in SHARES),
    {"where": {"utfall": ["klar"]}},
    {"where": {"utfall": ["avbrott"]}},
]


def plan_content(*, method: str, star: bool, k: int = 5, m: int = 2) -> dict[str, Any]:
    return {
        "name": "halvår", "version": 1, "method": method, "k": k, "m": m,
        "dims": DIMS, "tables": STAR if star else MARGINS, "cumulative": LINKS,
        "remainder": {"ålder": "18-24"},
    }  # fmt: skip


def programme(*, persons: int, releases: int, seed: int) -> list[list[tuple[str, ...]]]:
    """Return who is where after each half-year, in the order of the persons: people come, finish and stay
    finished.
    """
    chance = random.Random(seed)
    people: list[list[str]] = []
    found = []
    for release in range(releases):
        while len(people) < round(persons * (release + 1) / releases):
            people.append(["pågår", *(chance.choices(DIMS[n], SHARES[n])[0] for n in SHARES)])
        for person in people:
            if person[0] == "pågår" and chance.random() < 0.25:
                person[0] = chance.choices(["klar", "avbrott"], [0.65, 0.35])[0]
        found.append([tuple(person) for person in people])
    return found


def rows(people: list[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    return Counter(people)
