"""Stand-ins: how one data set shows what is left for every coalition of insiders at once.

A rule names, for every place where a person can be in a release, the place of her stand-in, or nobody. Take the
stand-ins of the known persons away from a data set: what is left are unknown persons. Together with the known ones
every count is then that of the data set, one more for each known person who is in the set and whose stand-in is not,
and one less for each in the opposite case. So a data set with that much room on both sides fits all coalitions, and
what is left of a protected count differs from the data set's own by the same number in all such data sets.

How a rule was found does not matter: ``is_rule`` and ``Margins`` are plain arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followup.disclosure.layout import Indices
from followup.disclosure.population import NOBODY, Population

Rule = Indices
"""For every unknown of all releases, the unknown of her stand-in (``NOBODY``: nobody is taken away)."""
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a rule needs room for each insider: above and below every count, in every unknown, and in every
    increase of what never falls.
    """

    above: _Flags
    below: _Flags
    taken: _Flags
    grown: _Flags

    @staticmethod
    def of(*, rule: Rule, population: Population) -> Margins:
        """Find the margins of a rule: within them every coalition stays, whatever its persons' paths."""
        members = population.members()
        persons, standins = members[:-1], members[rule]
        used = np.unique(rule[rule != NOBODY])
        taken = np.zeros(population.size, dtype=bool)
        taken[used] = True
        return Margins(
            above=np.asarray(np.any(persons & ~standins, axis=0)),
            below=np.asarray(np.any(standins & ~persons, axis=0)),
            taken=taken,
            grown=np.asarray(np.any(population.newly()[:, used], axis=1)),
        )


def nobody(*, population: Population) -> Rule:
    """Return the rule that takes nobody away: the unknown persons are the data set itself."""
    return np.full(population.size, NOBODY, dtype=np.int64)


def gone_on(*, rule: Rule, population: Population) -> Rule:
    """Return the rule with the last release of the population, as in the release that it follows."""
    width, follows = population.layout.width, population.follows[-1]
    last = np.full(width, NOBODY, dtype=np.int64)
    if follows is not None:
        before = rule[follows * width : (follows + 1) * width]
        last = np.where(before == NOBODY, NOBODY, before + len(rule) - follows * width)
    return np.concatenate([rule, last])


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
