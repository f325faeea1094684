"""Stand-ins: how one data set shows what is left for every coalition of insiders at once.

A rule names, for every place where a person can be in a release, the place of her stand-in, or nobody. Take the
stand-ins of the known persons away from a data set: what is left are unknown persons. Together with the known ones
every count is then that of the data set, one more for each known person who is in the set and whose stand-in is not,
and one less for each in the opposite case. So a data set with that much room on both sides fits all coalitions, and
what is left of a protected count differs from the data set's own by the same number in all such data sets.

How a rule was found does not matter: ``is_rule`` and ``Margins`` are plain arithmetic.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices
from followup.disclosure.population import NOBODY, Population

Rule = Indices
"""For every unknown of all releases, the unknown of her stand-in (``NOBODY``: nobody is taken away)."""
Kind: TypeAlias = tuple[int, int] | None
"""A release and the column of it that a person is in (``NOBODY``: she is not in it); None: whoever."""
Coalition: TypeAlias = tuple[tuple[Kind, int], ...]
"""How many persons of each kind the attacker knows: one rule can answer for all coalitions that are alike in this."""


def anybody(*, insiders: int) -> Coalition:
    """Return all coalitions of so many persons as one."""
    return ((None, insiders),)


def parted(*, population: Population, insiders: int, release: int, table: int) -> Iterator[Coalition]:
    """Yield the coalitions of so many persons by where a table of a release has each of them; together they are all."""
    columns = np.flatnonzero(population.layout.tables() == table).tolist()
    kinds = [(release, column) for column in (*columns, NOBODY)]
    for chosen in itertools.combinations_with_replacement(kinds, insiders):
        yield tuple(Counter[Kind](chosen).items())


def places(*, kind: Kind, population: Population) -> npt.NDArray[np.bool_]:
    """Say which unknowns a person of a kind can be in; who is in a set that nobody leaves stays there."""
    found = np.ones(population.size, dtype=bool)
    if kind is None:
        return found
    release, column = kind
    centres, tables, width = population.layout.centres(), population.layout.tables(), population.layout.width
    here = np.zeros(width, dtype=bool)
    if column != NOBODY:
        here = (centres == centres[column]) & (tables != tables[column])
        here[[column, centres[column]]] = True
    found[release * width : (release + 1) * width] = here
    kept = [
        link for link in population.links if column in link or (column != NOBODY and centres[column] in link)
    ]
    for later in population.after(release=release):
        for link in kept:
            stays = np.isin(np.arange(width), link) | (tables != tables[link[0]])
            if tables[link[0]] == 0:
                stays &= np.isin(centres, link)
            found[later * width : (later + 1) * width] &= stays
    return found


@dataclass(frozen=True, slots=True)
class Margins:
    """For how many persons a rule needs room: above and below every count, in every unknown, and in every increase of
    what never falls.
    """

    above: Indices
    below: Indices
    taken: Indices
    grown: Indices

    @staticmethod
    def of(*, rule: Rule, population: Population, coalition: Coalition) -> Margins:
        """Find the margins of a rule, within which every such coalition stays. Whoever may be on any path; a person of
        a kind leaves no set that nobody leaves.
        """
        members = population.members()
        persons, standins = members[:-1], members[rule]
        newly = population.newly()
        found = Margins(*(np.zeros(size, dtype=np.int64) for size in (
            persons.shape[1], persons.shape[1], population.size, len(newly),
        )))  # fmt: skip
        for kind, number in coalition:
            here = places(kind=kind, population=population)
            used = np.unique(rule[here & (rule != NOBODY)])
            found.above[np.any((persons & ~standins)[here], axis=0)] += number
            found.below[np.any((standins & ~persons)[here], axis=0)] += number
            found.taken[used] += number
            found.grown[np.any(newly[:, used], axis=1)] += number
        return found


def nobody(*, population: Population) -> Rule:
    """Return the rule that takes nobody away: the unknown persons are the data set itself."""
    return np.full(population.size, NOBODY, dtype=np.int64)


def is_rule(*, rule: Rule, population: Population) -> bool:
    """Say whether every stand-in is one person in the same release: in all tables under the same value of the
    centre.
    """
    if rule.shape != (population.size,) or (rule < NOBODY).any() or (rule >= population.size).any():
        return False
    releases, width = len(population.follows), population.layout.width
    starts = np.repeat(np.arange(releases) * width, width)
    centres = np.tile(population.layout.centres(), releases) + starts
    tables = np.tile(population.layout.tables(), releases)
    taken = rule != NOBODY
    there = rule[taken]
    return bool(
        (taken == (rule[centres] != NOBODY)).all()
        and (starts[there] == starts[taken]).all()
        and (tables[there] == tables[taken]).all()
        and (centres[there] == rule[centres][taken]).all()
    )
