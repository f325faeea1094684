"""The fixed plan of publication: which tables, with which cut points, under which promise.

A plan is decided before anybody sees a figure and applies to every release under it; a table outside it is
a new version of the plan. It must never depend on what the data happen to be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from followup.disclosure import reading
from followup.disclosure.display import Display
from followup.disclosure.reading import Dims, Malformed, Value, Where

WHOLE: Final = "whole"
MIXED: Final = "mixed"
STEPWISE: Final = "stepwise"
METHODS: Final = (WHOLE, MIXED, STEPWISE)
LEAST_K: Final = 5
GREATEST_M: Final = 4


@dataclass(frozen=True, slots=True)
class Level:
    """A coarser view of one dimension, such as the counties of the municipalities."""

    of: str
    groups: dict[Value, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One count that the plan publishes in every release: its labels as shown and the set that it counts."""

    labels: tuple[tuple[str, Value], ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published, in what order, and the promise G(k, m) that it keeps."""

    name: str
    version: int
    method: str
    k: int
    m: int
    dims: Dims
    levels: dict[str, Level]
    tables: tuple[tuple[str, ...], ...]
    cumulative: tuple[Where, ...]
    impossible: tuple[Where, ...]
    remainder: dict[str, tuple[Value, ...]]
    content: dict[str, Any]

    @property
    def display(self) -> Display:
        """Return the display map that the promise demands."""
        return Display(k=self.k, m=self.m)

    def extends(self, *, earlier: Plan) -> bool:
        """Say whether a plan counts by everything that an earlier one counts by, and promises no less.

        A series may grow by a dimension, because what was said before says the same among the new
        categories; nothing that it counts by may change.
        """
        return (
            earlier.dims.items() <= self.dims.items()
            and all(self.levels.get(name) == level for name, level in earlier.levels.items())
            and all(rule in self.cumulative for rule in earlier.cumulative)
            and all(rule in self.impossible for rule in earlier.impossible)
            and self.k >= earlier.k
            and self.m >= earlier.m
        )

    def cells(self) -> tuple[Cell, ...]:
        """Return every published cell in the order in which it is decided."""
        return tuple(cell for table in self.tables for cell in self._cells_of(table))

    def at_once(self) -> list[list[int]]:
        """Return the positions of the cells that are printed by the display map and judged together, in
        stages.

        Tables of coarser levels come after those that they sum up, so that one small part which is not safe
        does not silence the others.
        """
        stages: list[list[int]] = [[], []]
        for position, cell in enumerate(self.cells()):
            if self.method == WHOLE or (self.method == MIXED and self._is_free(cell)):
                stages[any(name in self.levels for name, _ in cell.labels)].append(position)
        return [stage for stage in stages if stage]

    def _is_free(self, cell: Cell) -> bool:
        """Say whether a cell may be rounded freely: a table's remainder is left out, so nothing has to add
        up.
        """
        return not cell.labels or (
            len(cell.labels) == 1 and cell.labels[0][1] not in self._remainder(cell.labels[0][0])
        )

    def _remainder(self, name: str) -> tuple[Value, ...]:
        # The groups of a level have no order in a file, so the first of them is the first by name.
        return self.remainder.get(name, self._categories(name)[:1])

    def _cells_of(self, table: tuple[str, ...]) -> Iterator[Cell]:
        for values in itertools.product(*(self._categories(name) for name in table)):
            labels = tuple(zip(table, values, strict=True))
            yield Cell(labels=labels, where=self.set_of(labels=labels))

    def _categories(self, name: str) -> tuple[Value, ...]:
        return tuple(sorted(self.levels[name].groups)) if name in self.levels else self.dims[name]

    def set_of(self, *, labels: tuple[tuple[str, Value], ...]) -> Where:
        """Return the set of base categories that a cell's labels stand for."""
        found: Where = {}
        for name, value in labels:
            level = self.levels.get(name)
            base, values = (name, (value,)) if level is None else (level.of, level.groups[value])
            found[base] = tuple(v for v in found.get(base, values) if v in values)
        return found

    def parents(self, *, cell: Cell) -> list[tuple[tuple[str, Value], ...]]:
        """Return the labels of the rows that a cell is a part of: one dimension dropped or seen coarser."""
        found = []
        for position, label in enumerate(cell.labels):
            before, after = cell.labels[:position], cell.labels[position + 1 :]
            found.append((*before, *after))
            found += [(*before, coarser, *after) for coarser in self._coarser(label)]
        return found

    def _coarser(self, label: tuple[str, Value]) -> Iterator[tuple[str, Value]]:
        """Yield the groups of other levels that hold everything that a label counts."""
        ((base, values),) = self.set_of(labels=(label,)).items()
        for name, level in self.levels.items():
            if level.of == base and name != label[0]:
                yield from (
                    (name, group) for group, members in level.groups.items() if set(values) <= set(members)
                )


def read_plan(*, content: Any) -> Plan:
    """Read a plan, or refuse it as malformed."""
    found = reading.mapping(of=content, at="plan")
    reading.keys(
        of=found,
        required=("name", "version", "method", "k", "m", "dims", "tables"),
        optional=("levels", "cumulative", "impossible", "remainder"),
        at="plan",
    )
    if found["method"] not in METHODS:
        raise Malformed(f"plan.method: ska vara något av {', '.join(METHODS)}")
    dims = reading.dims(of=found["dims"], at="plan.dims")
    levels = {
        name: _level(name, item, dims)
        for name, item in reading.mapping(of=found.get("levels", {}), at="plan.levels").items()
    }
    tables = tuple(
        _table(item, {*dims, *levels}, f"plan.tables[{i}]")
        for i, item in enumerate(reading.array(of=found["tables"], at="plan.tables"))
    )
    if not tables or len({frozenset(table) for table in tables}) != len(tables):
        raise Malformed("plan.tables: minst en tabell, och varje bara en gång")
    cumulative = tuple(
        where
        for i, item in enumerate(reading.array(of=found.get("cumulative", []), at="plan.cumulative"))
        for where in _rules(item, dims, f"plan.cumulative[{i}]")
    )
    return Plan(
        name=reading.text(of=found["name"], at="plan.name"),
        version=reading.whole(of=found["version"], at="plan.version", least=1),
        method=found["method"],
        k=reading.whole(of=found["k"], at="plan.k", least=LEAST_K),
        m=_insiders(found["m"]),
        dims=dims,
        levels=levels,
        tables=tables,
        cumulative=cumulative,
        impossible=tuple(
            reading.where(of=item, dims=dims, at=f"plan.impossible[{i}]")
            for i, item in enumerate(reading.array(of=found.get("impossible", []), at="plan.impossible"))
        ),
        remainder=_remainders(
            found.get("remainder", {}), dims | {name: tuple(level.groups) for name, level in levels.items()}
        ),
        content=found,
    )


def _remainders(content: Any, known: Dims) -> dict[str, tuple[Value, ...]]:
    """Read which categories of a dimension or level are decided last: the commonest one, or one of each
    group of a level (the first category unless told).
    """
    found: dict[str, tuple[Value, ...]] = {}
    for name, value in reading.mapping(of=content, at="plan.remainder").items():
        if name not in known:
            raise Malformed(f"plan.remainder: okänd dimension {name}")
        values = value if isinstance(value, list) else [value]
        found |= reading.where(of={name: values}, dims=known, at="plan.remainder")
    return found


def _insiders(content: Any) -> int:
    m = reading.whole(of=content, at="plan.m", least=0)
    if m > GREATEST_M:
        raise Malformed(f"plan.m: högst {GREATEST_M}")
    return m


def _level(name: str, content: Any, dims: Dims) -> Level:
    at = f"plan.levels.{name}"
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("of", "groups"), optional=(), at=at)
    of = reading.text(of=found["of"], at=f"{at}.of")
    if of not in dims or name in dims:
        raise Malformed(f"{at}: ska vara ett nytt namn på en grövre indelning av en dimension")
    groups: dict[Value, tuple[Value, ...]] = {}
    for group, members in reading.mapping(of=found["groups"], at=f"{at}.groups").items():
        groups[group] = reading.where(of={of: members}, dims=dims, at=f"{at}.{group}")[of]
    flat = [value for members in groups.values() for value in members]
    if sorted(map(str, flat)) != sorted(map(str, dims[of])):
        raise Malformed(f"{at}: varje kategori hör till precis en grupp")
    return Level(of=of, groups=groups)


def _table(content: Any, names: set[str], at: str) -> tuple[str, ...]:
    table = tuple(reading.text(of=name, at=at) for name in reading.array(of=content, at=at))
    if len(set(table)) != len(table) or not set(table) <= names:
        raise Malformed(f"{at}: ska ha varje dimension bara en gång, och bara kända")
    if len(table) > 2:  # domain.md §3: no cross of more than two dimensions
        raise Malformed(f"{at}: högst två dimensioner får korsas")
    return table


def _rules(content: Any, dims: Dims, at: str) -> Iterator[Where]:
    """Read one rule: the count of ``where`` never falls, separately for each category of the ``by``
    dimensions.
    """
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=(), optional=("where", "by"), at=at)
    fixed = reading.where(of=found.get("where", {}), dims=dims, at=f"{at}.where")
    by = [
        reading.text(of=name, at=f"{at}.by") for name in reading.array(of=found.get("by", []), at=f"{at}.by")
    ]
    if not set(by) <= dims.keys() - fixed.keys():
        raise Malformed(f"{at}.by: ska ha andra dimensioner än where")
    for values in itertools.product(*(dims[name] for name in by)):
        yield {**fixed, **{name: (value,) for name, value in zip(by, values, strict=True)}}
