"""Judges a small attack case by writing down every whole-number table that fits it. Shares no code with the judge.

It reads the JSON of a case, tries every way in which at most so many persons can be spread over all combinations of
all dimensions, and counts. There is no solver, no bound and no grouping in it, so it is right where it is fast enough.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

Table = tuple[int, ...]


def spread(persons: int, places: int) -> Iterator[Table]:
    """Give every way to put so many persons in so many places."""
    if places == 1:
        yield (persons,)
        return
    for first in range(persons + 1):
        for rest in spread(persons - first, places - 1):
            yield (first, *rest)


def judge(case: dict[str, Any], *, most: int) -> tuple[str, list[int]] | None:
    """Give the verdict and the ends of the first protected count; None when nothing fits.

    ``most`` is the greatest number of persons that is tried in a release.
    """
    found = values(case, most=most)
    if found is None:
        return None
    need = case["k"] - case.get("m", 0)
    leaks = any(min(seen) < case["k"] and len(seen) < need for seen in found)
    return ("leak" if leaks else "no-leak"), [min(found[0]), max(found[0])]


def values(case: dict[str, Any], *, most: int) -> list[set[int]] | None:
    """Give the values that each protected count can take; None when nothing fits."""
    atoms = [dict(zip(case["dims"], row, strict=True)) for row in itertools.product(*case["dims"].values())]
    releases = releases_of(case)
    rules = [link["where"] for link in case.get("links", [])]
    states = [release_states(case, release, atoms, rules, releases, most) for release in range(releases)]
    found: list[set[int]] = [set() for _ in case["protected"]]
    chains = list(states[0])
    for following in states[1:]:
        chains = list(
            {
                (later, tuple(a + b for a, b in zip(so_far, adds, strict=True)))
                for earlier, so_far in chains
                for later, adds in following
                if all(a <= b for a, b in zip(earlier, later, strict=True))
            }
        )
    for _, sums in chains:
        for seen, value in zip(found, sums, strict=True):
            seen.add(value)
    return found if chains else None


def releases_of(case: dict[str, Any]) -> int:
    if "microdata" in case:
        return len(case["microdata"])
    terms = [t for p in case["protected"] for t in (*p["plus"], *p.get("minus", []))]
    known = [row for row in case.get("known", []) if isinstance(row, dict) and "release" in row]
    return 1 + max(item["release"] for item in (*case["statements"], *terms, *known))


def inside(person: dict[str, Any], where: dict[str, list]) -> bool:
    return all(person[name] in wanted for name, wanted in where.items())


def total(table: Table, atoms: list[dict], where: dict[str, list]) -> int:
    return sum(n for n, person in zip(table, atoms, strict=True) if inside(person, where))


def acquaintances(case: dict[str, Any], release: int) -> list[tuple[dict[str, list], int]]:
    """Give the sets within which the attacker knows persons in a release, and how many."""
    found = []
    known = case.get("known", [])
    if known and isinstance(known[0], list):
        known = [{**row, "release": r} for r, rows in enumerate(known) for row in rows]
    for row in known:
        if row.get("release", release) != release:
            continue
        names = {key: value for key, value in row.items() if key not in ("release", "where", "n")}
        where = row["where"] if "where" in row else {name: [value] for name, value in names.items()}
        found.append((where, row.get("n", 1)))
    return found


def release_states(
    case: dict[str, Any], release: int, atoms: list[dict], rules: list[dict], releases: int, most: int
) -> set[tuple[Table, Table]]:
    """Give what a release can be: the counts that may not fall, and what it adds to each protected count."""
    said = [s for s in case["statements"] if s["release"] == release]
    placements = {tuple([0] * len(atoms))}
    for where, number in acquaintances(case, release):
        fitting = [i for i, person in enumerate(atoms) if inside(person, where)]
        grown = set()
        for placed in placements:
            for way in spread(number, len(fitting)):
                more = list(placed)
                for i, n in zip(fitting, way, strict=True):
                    more[i] += n
                grown.add(tuple(more))
        placements = grown
    found = set()
    for persons in range(most + 1):
        for table in spread(persons, len(atoms)):
            if not all(
                s["lo"] <= total(table, atoms, s["where"])
                and (s["hi"] is None or total(table, atoms, s["where"]) <= s["hi"])
                for s in said
            ):
                continue
            for placed in placements:
                unknown = tuple(a - b for a, b in zip(table, placed, strict=True))
                if min(unknown) < 0:
                    continue
                adds = []
                for query in case["protected"]:
                    value = 0
                    for sign, side in ((1, "plus"), (-1, "minus")):
                        for term in query.get(side, []):
                            if term["release"] == release:
                                value += sign * total(unknown, atoms, term["where"])
                    adds.append(value)
                found.add((tuple(total(table, atoms, where) for where in rules), tuple(adds)))
    return found
