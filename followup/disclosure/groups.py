"""Persons that no statement tells apart, counted together: the unknowns of an attack case.

Two persons who match exactly the same sets of a release are interchangeable for whoever reads only those
sets, so one column per such group loses nothing and keeps the programme small. Known persons have columns
of their own; a query never counts them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from followup.disclosure.exact import Row
from followup.disclosure.reading import Dims, Malformed, Where

LARGEST: Final = 300_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of known persons who match ``where`` in a release."""

    release: int
    where: Where
    count: int


class Groups:
    """The columns of an attack case: unknown persons per group and release, then known persons per record."""

    def __init__(self, *, dims: Dims, used: Sequence[Sequence[Where]], known: Sequence[Counted]) -> None:
        self._unknown: list[dict[int, list[Where]]] = []
        self._known: list[tuple[Counted, dict[int, Where]]] = []
        self.size = 0
        for wheres in used:
            members = self._number(_representatives(dims, wheres))
            self._unknown.append({column: [where] for column, where in members.items()})
        for item in known:
            inside = [where for column in self._unknown[item.release].values() for where in column]
            fitting = [where for where in inside if _within(where, item.where)]
            self._known.append((item, self._number(fitting)))

    def weights(
        self, *, plus: Iterable[tuple[int, Where]], minus: Iterable[tuple[int, Where]]
    ) -> dict[int, int]:
        """Return the weights that count the unknown persons of the plus sets less those of the minus sets."""
        found: dict[int, int] = {}
        for sign, terms in ((1, plus), (-1, minus)):
            for release, where in terms:
                for column, (person,) in self._unknown[release].items():
                    if _within(person, where):
                        found[column] = found.get(column, 0) + sign
        return {column: weight for column, weight in found.items() if weight}

    def everybody(self, *, release: int, where: Where) -> dict[int, int]:
        """Return the weights that count all persons, known and unknown, who match in a release."""
        found = self.weights(plus=[(release, where)], minus=[])
        for item, columns in self._known:
            if item.release == release:
                found.update({column: 1 for column, person in columns.items() if _within(person, where)})
        return found

    def known_rows(self) -> list[Row]:
        """Return the condition of each known record: exactly so many persons, somewhere within its set."""
        return [Row(dict.fromkeys(columns, 1), item.count, item.count) for item, columns in self._known]

    def _number(self, persons: Sequence[Where]) -> dict[int, Where]:
        start = self.size
        self.size += len(persons)
        return dict(enumerate(persons, start=start))


def _within(person: Where, where: Where) -> bool:
    return all(person[name][0] in values for name, values in where.items())


def _representatives(dims: Dims, wheres: Sequence[Where]) -> list[Where]:
    """Return one person for each way in which the sets of a release can tell persons apart."""
    kept: dict[str, list[tuple[str | int, ...]]] = {}
    for name, values in dims.items():
        seen: dict[tuple[bool, ...], str | int] = {}
        for value in values:
            seen.setdefault(tuple(value in where.get(name, values) for where in wheres), value)
        kept[name] = [(value,) for value in seen.values()]
    if math.prod(len(values) for values in kept.values()) > LARGEST:
        raise Malformed("the case tells too many kinds of persons apart to be judged exactly")
    found: dict[tuple[bool, ...], Where] = {}
    for combination in itertools.product(*kept.values()):
        person = dict(zip(kept, combination, strict=True))
        found.setdefault(tuple(_within(person, where) for where in wheres), person)
    return list(found.values())
