"""All releases of a series as statements, kept apart in parts of the population that no statement joins.

Municipalities that only their own tables mention cannot narrow each other's counts, so each is audited by
itself; the first figure that counts several of them together joins them. It must never drop a statement
once made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from followup.disclosure.audit import Audit, Break
from followup.disclosure.idle import without_idle
from followup.disclosure.layout import Layout
from followup.disclosure.plan import Cell, Plan
from followup.disclosure.protected import Protected
from followup.disclosure.reading import Value
from followup.disclosure.release import Elsewhere, Release
from followup.disclosure.search import CAP

Labels = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One release in the series: its period, its cells and the slot whose people are still there.

    A period without a release of which something is known from elsewhere has a slot without cells
    (``release`` None).
    """

    release: int | None
    period: str
    cells: tuple[Cell, ...]
    parts: tuple[tuple[int, int], ...]
    follows: int | None
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some values of the centre, their audit, and the number of each count by slot and position."""

    scope: frozenset[Value]
    audit: Audit
    numbers: dict[tuple[int, int], int]


class Series:
    """The slots of a series and what has been said about them so far."""

    def __init__(self, *, plan: Plan, slots: Sequence[Slot]) -> None:
        self.plan, self.slots = plan, slots
        self._sets = [[*(c.where for c in slot.cells), *(e.where for e in slot.elsewhere)] for slot in slots]
        self._held = without_idle(plan=plan, counted=[w for sets in self._sets for w in sets])
        self._layout = Layout(
            dims=self._held.dims,
            wheres=[*self._held.cumulative, *(w for sets in self._sets for w in sets)],
            impossible=self._held.impossible,
        )
        self._spans = [[frozenset(self._layout.values_of(where=w)) for w in sets] for sets in self._sets]
        self._rules = [frozenset(self._layout.values_of(where=where)) for where in self._held.cumulative]
        self._said: dict[tuple[int, int], tuple[int, int]] = {}
        self._parts: list[Part] = []

    def slot_of(self, *, release: int) -> int:
        """Return the slot of a release by its position in the series."""
        return [slot.release for slot in self.slots].index(release)

    def part_of(self, *, slot: int, position: int) -> Part:
        """Return the part that a count belongs to, joining those that it spans."""
        scope = self._closed(self._spans[slot][position])
        touched = [part for part in self._parts if part.scope & scope]
        if len(touched) == 1 and scope <= touched[0].scope:
            return touched[0]
        joined = self._build(scope.union(*(part.scope for part in touched)))
        self._parts = [*(part for part in self._parts if not part.scope & scope), joined]
        return joined

    def parts(self) -> Sequence[Part]:
        """Return every part about which something was said, in the order of the centre's values."""
        order = {value: i for i, value in enumerate(self._layout.scope)}
        return sorted(self._parts, key=lambda part: min(order[value] for value in part.scope))

    def say(self, *, slot: int, position: int, low: int, high: int) -> Part:
        """Take a statement as made."""
        part = self.part_of(slot=slot, position=position)
        part.audit.narrow(count=part.numbers[slot, position], low=low, high=high)
        self._said[slot, position] = (low, high)
        return part

    def take_back(self, *, slot: int, position: int) -> None:
        """Forget a statement that was considered and will not be released."""
        part = self.part_of(slot=slot, position=position)
        part.audit.narrow(count=part.numbers[slot, position], low=0, high=CAP)
        self._said.pop((slot, position), None)

    def describe(self, *, part: Part, protected: Protected) -> tuple[tuple[int, int], tuple[int, int] | None]:
        """Return the slot and position of both sides of a protected count."""
        places = {number: place for place, number in part.numbers.items()}
        minus = None if protected.minus is None else places[protected.minus]
        return places[protected.plus], minus

    def labels(
        self, *, part: Part, protected: Protected
    ) -> tuple[tuple[int, Labels], tuple[int, Labels] | None] | None:
        """Return slot and cell of both sides of a protected count; None when one is no published cell."""
        first, second = self.describe(part=part, protected=protected)
        sides = [first] if second is None else [first, second]
        if any(position >= len(self.slots[slot].cells) for slot, position in sides):
            return None
        named = [(slot, self.slots[slot].cells[position].labels) for slot, position in sides]
        return named[0], None if second is None else named[1]

    def _closed(self, values: Iterable[Value]) -> frozenset[Value]:
        scope = set(values)
        while wider := [span for span in self._rules if span & scope and not span <= scope]:
            scope.update(*wider)
        return frozenset(scope)

    def _build(self, scope: frozenset[Value]) -> Part:
        ordered = [value for value in self._layout.scope if value in scope]
        layout = self._layout.within(scope=ordered)
        links = [w for w, span in zip(self._held.cumulative, self._rules, strict=True) if span <= scope]
        audit = Audit(layout=layout, links=links, k=self.plan.k, m=self.plan.m)
        numbers: dict[tuple[int, int], int] = {}
        for number, slot in enumerate(self.slots):
            sets = self._sets[number]
            inside = [i for i, span in enumerate(self._spans[number]) if span <= scope]
            place = {position: i for i, position in enumerate(inside)}
            pairs = [(place[row], place[cell]) for row, cell in slot.parts if row in place and cell in place]
            found = audit.add_release(wheres=[sets[i] for i in inside], parts=pairs, follows=slot.follows)
            numbers.update({(number, position): count for position, count in zip(inside, found, strict=True)})
        for said, (low, high) in self._said.items():
            if said in numbers:
                audit.narrow(count=numbers[said], low=low, high=high)
        return Part(scope, audit, numbers)


def slots_of(*, releases: Sequence[Release]) -> list[Slot]:
    """Return the slots of released files; a correction stands beside what it corrects and goes on from
    there.
    """
    elsewhere = [item for release in releases for item in release.elsewhere]
    waiting = sorted({item.period for item in elsewhere} - {release.period for release in releases})
    slots: list[Slot] = []
    current: dict[str, int] = {}
    for number, release in enumerate(releases):
        while waiting and waiting[0] < release.period:
            _add_slot(slots, current, release=None, plan=release.plan, period=waiting.pop(0))
        _add_slot(slots, current, release=number, plan=release.plan, period=release.period)
    for period in waiting:
        _add_slot(slots, current, release=None, plan=releases[-1].plan, period=period)
    return [replace(s, elsewhere=tuple(e for e in elsewhere if e.period == s.period)) for s in slots]


def _add_slot(
    slots: list[Slot], current: dict[str, int], *, release: int | None, plan: Plan, period: str
) -> None:
    """Add the slot of a period after the slot that stands for the period before it."""
    before = max((known for known in current if known < period), default=None)
    follows = None if before is None else current[before]
    current[period] = len(slots)
    slots.append(_slot(release=release, plan=plan, period=period, follows=follows))


def _slot(*, release: int | None, plan: Plan, period: str, follows: int | None) -> Slot:
    if release is None:
        return Slot(release=None, period=period, cells=(), parts=(), follows=follows, elsewhere=())
    cells = plan.cells()
    place = {cell.labels: i for i, cell in enumerate(cells)}
    known = {frozenset(labels): i for labels, i in place.items()}
    parts = tuple(
        (known[frozenset(row)], i)
        for i, cell in enumerate(cells)
        for row in plan.parents(cell=cell)
        if frozenset(row) in known
    )
    return Slot(release=release, period=period, cells=cells, parts=parts, follows=follows, elsewhere=())


def replay(*, series: Series, releases: Sequence[Release]) -> None:
    """Take every statement of the released files as made."""
    for slot, found in enumerate(series.slots):
        for position, said in enumerate(() if found.release is None else releases[found.release].cells):
            if said.low > 0 or said.high is not None:
                series.say(
                    slot=slot, position=position, low=said.low, high=CAP if said.high is None else said.high
                )
    for slot, found in enumerate(series.slots):
        for index, item in enumerate(found.elsewhere, start=len(found.cells)):
            series.say(slot=slot, position=index, low=item.low, high=CAP if item.high is None else item.high)


def first_break(*, series: Series) -> tuple[Part, Break] | None:
    """Return the first protected count of any part that is not safe; None when the promise holds."""
    for part in series.parts():
        found = part.audit.first_break()
        if found is not None:
            return part, found
    return None
