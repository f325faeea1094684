"""Random small attack cases of each kind, few enough persons that every table can be tried. Nobody in them exists."""

from __future__ import annotations

import itertools
import random
from typing import Any

Where = dict[str, list[str]]
LINE = {"ålder": ["-17", "18-20", "21-24", "25+"]}
CROSS = {"kön": ["man", "kvinna"], "utfall": ["pågår", "klar"]}
WIDE = {"kön": ["man", "kvinna"], "utfall": ["pågår", "klar", "avbrott"]}


def case(*, kind: str, seed: int) -> tuple[dict[str, Any], int]:
    """Give a case and the greatest number of persons in a release that its statements allow."""
    chance = random.Random(f"{kind} {seed}")
    return KINDS[kind](chance)


def subsets(chance: random.Random, dims: dict[str, list[str]]) -> Where:
    """Give a random set of persons, possibly everybody."""
    found = {}
    for name, values in dims.items():
        if chance.random() < 0.6:
            found[name] = sorted(chance.sample(values, chance.randint(1, len(values))), key=values.index)
    return found


def ranges(chance: random.Random, dims: dict[str, list[str]]) -> Where:
    """Give a random run of neighbouring categories of the first dimension."""
    name, values = next(iter(dims.items()))
    first = chance.randrange(len(values))
    return {name: values[first : chance.randint(first + 1, len(values))]}


def people(chance: random.Random, dims: dict[str, list[str]], releases: int, most: int) -> list[dict]:
    """Give the counts of each combination in each release; nobody leaves, some change their place."""
    atoms = list(itertools.product(*dims.values()))
    weights = [chance.choice([0, 1, 1, 3]) + 0.05 for _ in atoms]
    found, now = [], dict.fromkeys(atoms, 0)
    for release in range(releases):
        size = chance.randint(sum(now.values()), most) if release else chance.randint(1, most)
        for _ in range(size - sum(now.values())):
            now[chance.choices(atoms, weights)[0]] += 1
        if release and chance.random() < 0.5:
            origin = chance.choice([a for a in atoms if now[a]] or atoms)
            if now[origin]:
                now[origin] -= 1
                now[chance.choice(atoms)] += 1
        found.append(dict(now))
    return found


def count(dims: dict[str, list[str]], table: dict, where: Where) -> int:
    return sum(
        n
        for atom, n in table.items()
        if all(value in where.get(name, [value]) for name, value in zip(dims, atom, strict=True))
    )


def said(chance: random.Random, release: int, where: Where, true: int) -> dict[str, Any]:
    """Say a count exactly, rounded, hidden or within some interval that holds it."""
    way = chance.choice(["exact", "exact", "hidden", "rounded", "loose"])
    low, high = true, true
    if way == "hidden" and true < 4:
        low, high = 0, 3
    elif way == "rounded":
        low = true - true % 3
        high = low + 2
    elif way == "loose":
        low, high = max(0, true - chance.randint(0, 2)), true + chance.randint(0, 2)
    return {
        "release": release,
        "where": where,
        "shown": str(true) if low == high else "..",
        "lo": low,
        "hi": high,
    }


def built(
    chance: random.Random,
    dims: dict[str, list[str]],
    tables: list[dict],
    sets: list[tuple[int, Where]],
    **more: Any,
) -> tuple[dict[str, Any], int]:
    """Make a case of what is said about these sets, with the total of each release said within some limits."""
    k = chance.randint(2, 5)
    statements = [said(chance, r, where, count(dims, tables[r], where)) for r, where in sets]
    totals = []
    for release, table in enumerate(tables):
        totals.append(said(chance, release, {}, sum(table.values())))
    statements += totals
    chance.shuffle(statements)
    found = {
        "dims": dims,
        "k": k,
        "m": chance.choice([0, 0, *range(min(k, 3))]),
        "statements": statements,
        "links": [],
        **more,
    }
    if "protected" not in found:
        found["protected"] = protected(chance, dims, tables, [where for _, where in sets])
    if chance.random() < 0.7:
        found["microdata"] = [
            [{**dict(zip(dims, atom, strict=True)), "n": n} for atom, n in table.items() if n]
            for table in tables
        ]
    return found, max(item["hi"] for item in totals)


def protected(
    chance: random.Random, dims: dict[str, list[str]], tables: list[dict], wheres: list[Where]
) -> list[dict[str, Any]]:
    """Protect sets, rows without a part of them, and increases."""
    last = len(tables) - 1
    found = []
    for number in range(chance.randint(1, 2)):
        where = chance.choice([*wheres, subsets(chance, dims)])
        query: dict[str, Any] = {
            "name": f"q{number}",
            "plus": [{"release": last, "where": where}],
            "minus": [],
        }
        if last and chance.random() < 0.6:
            query["minus"] = [{"release": chance.randrange(last), "where": where}]
        elif chance.random() < 0.3:
            query["minus"] = [{"release": last, "where": {**where, **subsets(chance, dims)}}]
        found.append(query)
    return found


def subtraction(chance: random.Random) -> tuple[dict, int]:
    dims = {"ålder": LINE["ålder"][: chance.randint(2, 4)]}
    cells = [(0, {"ålder": [value]}) for value in dims["ålder"]]
    return built(chance, dims, people(chance, dims, 1, 9), cells)


def linked(chance: random.Random) -> tuple[dict, int]:
    dims = chance.choice([CROSS, CROSS, WIDE])
    sets: list[tuple[int, Where]] = [(0, {name: [v]}) for name, values in dims.items() for v in values]
    crossed = [
        (0, dict(zip(dims, ([v] for v in atom), strict=True))) for atom in itertools.product(*dims.values())
    ]
    sets += chance.sample(crossed, chance.randint(0, len(crossed)))
    return built(chance, dims, people(chance, dims, 1, 6), chance.sample(sets, chance.randint(2, len(sets))))


def successive(chance: random.Random) -> tuple[dict, int]:
    dims = {"utfall": WIDE["utfall"]}
    releases = chance.randint(2, 3)
    tables = people(chance, dims, releases, 6)
    sets: list[tuple[int, Where]] = [(r, {"utfall": [v]}) for r in range(releases) for v in dims["utfall"]]
    wheres: list[Where] = [{}, *({"utfall": [v]} for v in dims["utfall"])]
    links = [
        {"type": "cumulative", "where": where}
        for where in wheres
        if all(count(dims, a, where) <= count(dims, b, where) for a, b in itertools.pairwise(tables))
        and chance.random() < 0.8
    ]
    return built(chance, dims, tables, chance.sample(sets, chance.randint(2, len(sets))), links=links)


def overlapping(chance: random.Random) -> tuple[dict, int]:
    releases = chance.randint(1, 2)
    tables = people(chance, LINE, releases, 6)
    sets = [(chance.randrange(releases), ranges(chance, LINE)) for _ in range(chance.randint(2, 5))]
    links = [{"type": "cumulative", "where": {}}] if releases == 2 else []
    return built(chance, LINE, tables, sets, links=links)


def whole_group(chance: random.Random) -> tuple[dict, int]:
    tables = people(chance, CROSS, 1, 7)
    group = {"kön": [chance.choice(CROSS["kön"])]}
    has = {**group, "utfall": [chance.choice(CROSS["utfall"])]}
    rest = {"plus": [{"release": 0, "where": group}], "minus": [{"release": 0, "where": has}]}
    sets = [(0, group), (0, has), *((0, subsets(chance, CROSS)) for _ in range(chance.randint(0, 3)))]
    return built(chance, CROSS, tables, sets, protected=[rest])


def whole_numbers(chance: random.Random) -> tuple[dict, int]:
    """Each pair of three or four groups is said together, so that halves fit where whole persons do not."""
    dims = {"ålder": LINE["ålder"][: chance.randint(3, 4)]}
    tables = people(chance, dims, 1, 8)
    pairs: list[tuple[int, Where]] = [
        (0, {"ålder": list(p)}) for p in itertools.combinations(dims["ålder"], 2)
    ]
    one = chance.choice(dims["ålder"])
    queries = [{"plus": [{"release": 0, "where": {"ålder": [one]}}] * chance.randint(1, 2), "minus": []}]
    return built(chance, dims, tables, chance.sample(pairs, 3), protected=queries)


def insiders(chance: random.Random) -> tuple[dict, int]:
    dims, releases = chance.choice([(CROSS, 1), ({"utfall": WIDE["utfall"]}, 2)])
    tables = people(chance, dims, releases, 5)
    sets = [(r, subsets(chance, dims)) for r in range(releases) for _ in range(chance.randint(2, 4))]
    return built(
        chance,
        dims,
        tables,
        sets,
        known=acquaintances(chance, dims, tables),
        links=grows(chance, dims, tables),
    )


def grows(chance: random.Random, dims: dict[str, list[str]], tables: list[dict]) -> list[dict]:
    wheres = [{}, subsets(chance, dims)]
    pairs = list(itertools.pairwise(tables))
    kept = [
        where for where in wheres if all(count(dims, a, where) <= count(dims, b, where) for a, b in pairs)
    ]
    return [{"type": "cumulative", "where": where} for where in kept] if pairs else []


def acquaintances(chance: random.Random, dims: dict[str, list[str]], tables: list[dict]) -> list:
    """Give known persons in each of the forms in which a case may write them."""
    fully = []
    for table in tables:
        present = [atom for atom, n in table.items() for _ in range(n)]
        met = chance.sample(present, min(len(present), chance.randint(0, 2)))
        fully.append([dict(zip(dims, atom, strict=True)) for atom in met])
    if chance.random() < 0.5:
        return fully
    rows = [(r, row) for r, rows in enumerate(fully) for row in rows]
    found: list[dict[str, Any]] = []
    for release, row in rows:
        less = {name: value for name, value in row.items() if chance.random() < 0.7}
        if chance.random() < 0.5:
            found.append({"release": release, "where": {n: [v] for n, v in less.items()}, "n": 1})
        elif len(tables) == 1:
            found.append({**less, "n": 1} if chance.random() < 0.5 else less)
        else:
            found.append({"release": release, **less})
    return found


def contradicting(chance: random.Random) -> tuple[dict, int]:
    """What is said need not be true of anybody."""
    made, most = linked(chance)
    made.pop("microdata", None)
    for item in made["statements"]:
        if item["where"] and chance.random() < 0.4:
            item["lo"] = item["hi"] = chance.randint(0, 5)
    return made, most


KINDS = {
    "subtraction": subtraction,
    "linked tables": linked,
    "successive releases": successive,
    "overlapping releases": overlapping,
    "whole groups": whole_group,
    "whole numbers": whole_numbers,
    "insiders": insiders,
    "contradictions": contradicting,
}
