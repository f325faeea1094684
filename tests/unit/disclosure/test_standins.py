"""What lies in a room of a rule of stand-ins fits every coalition; a rule that is none is not believed."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from followup.disclosure import standins
from followup.disclosure.layout import Layout
from followup.disclosure.ledger import Ledger, is_shown
from followup.disclosure.plan import read_plan
from followup.disclosure.population import NOBODY, Population
from followup.disclosure.proposing import propose
from followup.disclosure.room import Room

DIMS = {"utfall": ("pågår", "klar"), "kön": ("man", "kvinna"), "ålder": ("-17", "18-24", "25+")}
SETS = [
    {}, {"utfall": ("klar",)}, {"kön": ("man",)}, {"ålder": ("18-24", "25+")},
    {"utfall": ("klar",), "kön": ("kvinna",)}, {"utfall": ("pågår",), "ålder": ("-17",)},
]  # fmt: skip
LINKS = [{}, {"utfall": ("klar",)}, {"kön": ("man",)}, {"kön": ("kvinna",)}]
CROSS = [dict(zip(DIMS, values, strict=True)) for values in itertools.product(*DIMS.values())]
RELEASES = 2


def population() -> Population:
    found = Population(layout=Layout(dims=DIMS, wheres=[*SETS, *LINKS]), links=LINKS)
    for release in range(RELEASES):
        found.add_release(wheres=SETS, follows=release - 1 if release else None)
    return found


PEOPLE = population()
WIDTH = PEOPLE.layout.width
CENTRES, TABLES = PEOPLE.layout.centres(), PEOPLE.layout.tables()


def placed(person: dict, release: int) -> np.ndarray:
    """Return the data set of one person in one release: once in the centre and once in every arm."""
    found = np.zeros(PEOPLE.size, dtype=np.int64)
    assert PEOPLE.layout.centre == "utfall"
    for where in (["utfall"], ["utfall", "kön"], ["utfall", "ålder"]):
        (column,) = PEOPLE.layout.columns(where={name: (person[name],) for name in where})
        found[release * WIDTH + column] += 1
    return found


@st.composite
def rules(draw: st.DrawFn) -> standins.Rule:
    rule = standins.nobody(population=PEOPLE)
    for release, place in itertools.product(range(RELEASES), range(WIDTH)):
        start, centre = release * WIDTH, int(CENTRES[place])
        if place == centre:
            rule[start + place] = draw(st.sampled_from([NOBODY, *(start + np.flatnonzero(TABLES == 0))]))
        elif rule[start + centre] != NOBODY:
            under = rule[start + centre] - start
            same = np.flatnonzero((TABLES[place] == TABLES) & (under == CENTRES))
            rule[start + place] = draw(st.sampled_from(list(start + same)))
    return rule


def standing_in(rule: standins.Rule, person: dict, release: int) -> np.ndarray:
    there = np.flatnonzero(placed(person, release))
    found = np.zeros(PEOPLE.size, dtype=np.int64)
    np.add.at(found, rule[there][rule[there] != NOBODY], 1)
    return found


persons = st.one_of(st.none(), st.sampled_from(CROSS))
crowds = st.fixed_dictionaries(
    {
        "crowd": st.lists(st.integers(0, 4), min_size=len(CROSS), max_size=len(CROSS)),
        "newcomers": st.lists(st.integers(0, 1), min_size=len(CROSS), max_size=len(CROSS)),
        "slack": st.lists(
            st.integers(0, 1), min_size=len(SETS) * RELEASES * 2, max_size=len(SETS) * RELEASES * 2
        ),
    }
)


def steady(path: tuple) -> bool:
    """Say whether a person leaves no set that nobody leaves."""
    first, second = path
    return first is None or (
        second is not None
        and first["kön"] == second["kön"]
        and (first["utfall"] == "pågår" or second["utfall"] == "klar")
    )


def require_fit(rule: np.ndarray, made: dict, paths: list, coalition: standins.Coalition) -> None:
    """Put a data set into the room that the rule needs for such a coalition, and take the coalition away."""
    point = np.zeros(PEOPLE.size, dtype=np.int64)
    crowd = [*made["crowd"], *made["newcomers"]]
    for (release, person), n in zip(itertools.product(range(RELEASES), CROSS), crowd, strict=True):
        for later in range(release, RELEASES):  # whoever has come stays as she is
            point += n * placed(person, later)
    one = point[np.newaxis, :]
    values = PEOPLE.tabulate(points=one)
    margins = standins.Margins.of(rule=rule, population=PEOPLE, coalition=coalition)
    slack = made["slack"]
    ends = [
        (max(0, int(value - low - below)), int(value + high + above))
        for value, low, high, below, above in zip(
            values[0, 1:], slack[::2], slack[1::2], margins.below, margins.above, strict=True
        )
    ]
    room = Room(
        population=PEOPLE, coalition=coalition, rule=rule, limits=ends, random=np.random.default_rng(1)
    )
    assume(room.fits(rows=PEOPLE.counted(points=one))[0])
    known, away = np.zeros_like(point), np.zeros_like(point)
    for path, release in itertools.product(paths, range(RELEASES)):
        if path[release] is not None:
            known += placed(path[release], release)
            away += standing_in(rule, path[release], release)
    unknown = point - away
    counts = PEOPLE.tabulate(points=(unknown + known)[np.newaxis, :])[0, 1:]
    assert PEOPLE.holds(point=unknown)
    assert all(low <= n <= high for n, (low, high) in zip(counts, ends, strict=True))


@settings(max_examples=150, deadline=None)
@given(rule=rules(), made=crowds, paths=st.lists(st.tuples(persons, persons), min_size=1, max_size=3))
def test_data_set_in_a_room_fits_every_coalition(rule, made, paths) -> None:
    assert standins.is_rule(rule=rule, population=PEOPLE)
    require_fit(rule, made, paths, standins.anybody(insiders=len(paths)))


@settings(max_examples=300, deadline=None)
@given(
    rule=rules(),
    made=crowds,
    paths=st.lists(st.tuples(persons, persons).filter(steady), min_size=1, max_size=3),
    release=st.integers(0, RELEASES - 1),
    table=st.integers(0, int(TABLES.max())),
)
def test_data_set_in_the_room_of_a_part_fits_the_coalitions_of_that_part(
    rule, made, paths, release, table
) -> None:
    kinds = Counter((release, place_in(path[release], table)) for path in paths)
    (coalition,) = [
        part
        for part in standins.parted(population=PEOPLE, insiders=len(paths), release=release, table=table)
        if Counter(dict(part)) == kinds
    ]
    require_fit(rule, made, paths, coalition)


def place_in(person: dict | None, table: int) -> int:
    """Return the column of a table that a person is in."""
    if person is None:
        return NOBODY
    (column,) = [column for column in np.flatnonzero(placed(person, 0)) if TABLES[column] == table]
    return int(column)


def test_rule_that_parts_a_person_or_moves_her_in_time_is_none() -> None:
    rule = np.arange(PEOPLE.size)  # everybody herself
    assert standins.is_rule(rule=rule, population=PEOPLE)
    other_centre = rule.copy()
    other_centre[2], other_centre[0] = rule[2], 1  # she stands in as ended, and as a man who goes on
    later = np.roll(rule, -WIDTH)
    half = rule.copy()
    half[3] = NOBODY
    other_table = rule.copy()
    other_table[2] = WIDTH - 1
    for wrong in (other_centre, later, half, other_table, rule[:-1], rule + PEOPLE.size, rule - 2):
        assert not standins.is_rule(rule=wrong, population=PEOPLE)


def test_proposed_rule_is_one_and_its_data_sets_have_the_room_that_it_needs() -> None:
    limits = [(18, 22), (0, 7), (13, 17), (13, 17), (0, 7), (3, 7)] * RELEASES
    weights = dict.fromkeys(PEOPLE.columns[0].tolist(), 1)
    found = propose(
        population=PEOPLE, limits=limits, coalition=standins.anybody(insiders=2), weights=weights, spread=2
    )
    assert found is not None
    rule, points = found
    assert standins.is_rule(rule=rule, population=PEOPLE)
    room = Room(
        population=PEOPLE,
        coalition=standins.anybody(insiders=2),
        rule=rule,
        limits=limits,
        random=np.random.default_rng(1),
    )
    assert room.fits(rows=PEOPLE.counted(points=points)).all()
    assert abs(np.diff(PEOPLE.tabulate(points=points)[:, 1])[0]) >= 2


PLAN = read_plan(
    content={
        "name": "år", "version": 1, "method": "whole", "k": 5, "m": 2,
        "dims": {"kön": ["man", "kvinna"], "utfall": ["pågår", "klar"]},
        "tables": [[], ["kön"], ["utfall"]],
        "cumulative": [{}, {"by": ["kön"]}, {"where": {"utfall": ["klar"]}}],
    }
)  # fmt: skip


def test_parts_that_round_to_more_than_their_total_are_released_and_shown_by_their_stand_ins() -> None:
    """15 and 10 make 20: no data set leaves two values above every count, yet no two persons tell too much."""
    rows = {("man", "pågår"): 13, ("kvinna", "pågår"): 8}
    passed = Ledger().propose(plan=PLAN, period="2025", rows=rows)
    assert [cell.printed for cell in passed.release.cells] == ["20", "15", "10", "20", ".."]
    ((points, found, parts),) = passed.witnesses
    assert found
    assert is_shown(releases=[passed.release], witnesses=passed.witnesses)
    assert not is_shown(releases=[passed.release], witnesses=((points, (), parts),))
    moved = tuple((*rule[1:], rule[0]) for rule in found)
    assert not is_shown(releases=[passed.release], witnesses=((points, moved, parts),))
