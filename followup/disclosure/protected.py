"""Which counts must stay hidden: every published count, every row without one of its cells, and every increase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from followup.disclosure.population import Population


@dataclass(frozen=True, slots=True)
class Protected:
    """A count that must stay hidden: a published count, or a difference of two (numbers of counts)."""

    plus: int
    minus: int | None

    def weights(self, *, population: Population) -> dict[int, int]:
        """Return the weights of the unknowns that add up to it."""
        found = dict.fromkeys(population.columns[self.plus].tolist(), 1)
        if self.minus is not None:
            for column in population.columns[self.minus].tolist():
                found[column] = found.get(column, 0) - 1
        return {column: weight for column, weight in found.items() if weight}


def of_release(
    *, population: Population, counts: Sequence[int], parts: Sequence[tuple[int, int]]
) -> list[Protected]:
    """Return what the counts of the newest release add; ``parts`` names rows and their cells by position among them."""
    columns = population.columns
    # A row that has but one cell is that cell: nobody is left to protect.
    pairs = [(counts[row], counts[cell]) for row, cell in parts]
    return [
        *(Protected(number, None) for number in counts),
        *(Protected(a, b) for a, b in pairs if not np.array_equal(columns[a], columns[b])),
        *_increases(population, counts),
    ]


def _increases(population: Population, counts: Sequence[int]) -> Iterator[Protected]:
    """Yield the increase of each count since every earlier release that counted the same set."""
    places: dict[tuple[int, ...], list[int]] = {}
    for number, columns in enumerate(population.columns):
        places.setdefault(tuple((columns % population.layout.width).tolist()), []).append(number)
    new = set(counts)
    for numbers in places.values():
        for later in (number for number in numbers if number in new):
            yield from (Protected(later, earlier) for earlier in numbers if earlier not in new)
