"""The guarantee G(k, m), decided from what is printed alone: looks for what shows it, or for persons who break it.

What is found is shown by plain arithmetic (``showing``). Where neither is found the answer is that it is not safe. This
module must never look at the true data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from followup.disclosure.coalition import Coalitions, Known
from followup.disclosure.parting import Parting
from followup.disclosure.proposing import propose
from followup.disclosure.protected import Protected
from followup.disclosure.room import Room
from followup.disclosure.search import CAP
from followup.disclosure.showing import Showing
from followup.disclosure.standins import Coalition, Rule, anybody, is_rule

_SUSPECTS: Final = 60  # counts that are looked at for a coalition that breaks the promise


@dataclass(frozen=True, slots=True)
class Break:
    """A protected count of which an attacker who knows ``insiders`` persons may learn too much.

    ``known`` names such persons, when they were found: then she does.
    """

    protected: Protected
    insiders: int
    known: Known | None = None


class Audit(Showing):
    """Statements of which it is asked whether the promise holds for them."""

    @contextmanager
    def _supposing(self, count: int, low: int, high: int) -> Iterator[None]:
        before, floor = self.limits[count], self._floor
        self._floor = dict(floor)
        self._limit(count, max(low, before[0]), min(high, before[1]))
        try:
            yield
        finally:
            self._floor = floor
            self._limit(count, *before)

    def has_witness(self) -> bool:
        """Say whether some data set fits every statement: without one the statements contradict each other."""
        if self.witnesses.inside(room=self._base).any():
            return True
        point = self._base.point(weights={}, sign=1, equal=None)
        if point is None:
            return False
        self.witnesses.add(point=point)
        return True

    def is_safe_if(self, *, count: int, low: int, high: int) -> bool:
        """Say whether the promise would hold, were a count stated to lie between low and high.

        No new rule of stand-ins is looked for: there is one, if one was needed for what is printed at once.
        """
        with self._supposing(count, low, high):
            return all(self._first_unshown(j) is None for j in range(self._m, -1, -1))

    def first_break(self) -> Break | None:
        """Return a protected count that is not safe; None when the promise holds."""
        for j in range(self._m, -1, -1):
            while (number := self._first_unshown(j)) is not None:
                found = self._break_without_insiders() or self._found_break([number], j)
                if found is None and self._finds_rule(number, j):
                    continue
                found = found or self._found_break(self._narrowest(j), j)
                if found is None and self._is_shown_in_parts(number, j):
                    break
                return found or Break(self.protected[number], j)
        return None

    def _is_shown_in_parts(self, number: int, j: int) -> bool:
        """Say whether all counts that no room shows have their values in every part of the coalitions."""
        protected = self.protected[number]
        if j not in self.partings:
            release, column = divmod(
                int(self._population.columns[protected.plus][0]), self._population.layout.width
            )
            self.partings[j] = Parting(
                population=self._population, insiders=j, release=release,
                table=int(self._population.layout.tables()[column]), random=self._random,
            )  # fmt: skip
        parting = self.partings[j]
        return parting.is_small and all(
            self._has_values_in_part(parting, part, n, j)
            for part in range(len(parting.coalitions))
            for n in self._unproved(j)
        )

    def _has_values_in_part(self, parting: Parting, part: int, number: int, j: int) -> bool:
        need = self._k - j
        if any(self._has_values_in(room, number, need) for room in parting.rooms(part=part)):
            return True
        rule = self._proposed(number, j, parting.coalitions[part])
        if rule is None:
            return False
        room = parting.add(part=part, rule=rule, limits=self.limits)
        return self._has_values_in(room, number, need)

    def _proposed(self, number: int, j: int, coalition: Coalition) -> Rule | None:
        """Ask for a rule of stand-ins under which a count has its values, and keep the data sets that come with it."""
        found = propose(
            population=self._population, limits=self.limits, coalition=coalition,
            weights=self._weights(number), spread=self._k - j - 1,
        )  # fmt: skip
        if found is None or not is_rule(rule=found[0], population=self._population):
            return None
        rule, points = found
        for point in points:
            self.witnesses.add(point=point)
        if not self.witnesses.inside(room=self._base, first=-len(points)).all():
            raise ArithmeticError("the solver's data set does not fit the statements: refuse the release")
        return rule

    def _break_without_insiders(self) -> Break | None:
        number = self._first_unshown(0)
        return None if number is None else Break(self.protected[number], 0, ())

    def _first_unshown(self, j: int) -> int | None:
        numbers = self._lacking(j)
        numbers.sort(key=lambda n: n not in self._suspects)
        for number in numbers:
            if not self._has_values(number, j) and not self._is_proved_large(number, j):
                self._suspects = [number, *(s for s in self._suspects if s != number)][:8]
                return number
        return None

    def _finds_rule(self, number: int, j: int) -> bool:
        """Look for a rule of stand-ins under which a count has its values; say whether there is one now."""
        rule = self._proposed(number, j, anybody(insiders=j))
        if rule is None:
            return False
        self.rules.append(rule)
        return self._has_values(number, j)

    def _found_break(self, numbers: Sequence[int], j: int) -> Break | None:
        """Look for persons who break the promise for one of these counts."""
        coalitions = Coalitions(population=self._population, base=self._base, insiders=j)
        for number in numbers:
            weights = self._weights(number)
            known = coalitions.breaking(weights=weights, k=self._k, need=self._k - j)
            if known is not None:
                return Break(self.protected[number], j, known)
        return None

    def _narrowest(self, j: int) -> list[int]:
        return sorted(self._lacking(j), key=self._width)[:_SUSPECTS]

    def _width(self, number: int) -> int:
        ends = self.reach(protected=self.protected[number])
        return CAP if ends is None else ends[1] - ends[0]

    def _has_values(self, number: int, j: int) -> bool:
        """Look for k - j values of a protected count in a room of j insiders; say whether they exist."""
        return any(self._has_values_in(room, number, self._k - j) for room in self._rooms_of(j))

    def _has_values_in(self, room: Room, number: int, need: int) -> bool:
        """Gather values of a protected count from data sets in a room: the greatest, those between, and only then the
        least, which is mostly known.
        """
        plus, minus = self._signs[number]
        seen = self.witnesses.seen(plus=plus, minus=minus, fits=self.witnesses.inside(room=room))
        tried: set[int] = set()
        for sign in (-1, 1):
            if len(seen) >= need:
                break
            end = self._propose(room, number, sign, None)
            if end is None:
                return False
            seen.add(end)
            for value in range(min(seen) + 1, max(seen)):
                if len(seen) >= need:
                    break
                if value not in seen | tried:
                    tried.add(value)
                    found = self._propose(room, number, 1, value)
                    seen |= set() if found is None else {found}
        return len(seen) >= need

    def _propose(self, room: Room, number: int, sign: int, value: int | None) -> int | None:
        """Ask the solver for a data set, verify it by re-tabulation, and return the protected count's
        value.
        """
        weights = self._weights(number)
        if value is None:
            point = room.point(weights=weights, sign=sign, equal=None)
        else:
            point = room.point(weights={}, sign=1, equal=(weights, value))
        if point is None:
            return None
        row = self.witnesses.add(point=point)
        if not self.witnesses.inside(room=room, first=-1)[0]:
            raise ArithmeticError("the solver's data set does not fit the statements: refuse the release")
        plus, minus = self._signs[number]
        return int(row[plus] - row[minus])
