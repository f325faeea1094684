"""Dimensions that nothing published counts by, and whose rules say nothing of the others: they may be left out.

Leaving out a rule lets an attacker seem to know less, so it has to be shown that every data set without the dimension
is one with it. It is when everybody can be given a category by the category that she has in one other dimension, such
that nobody is where nobody can be, and what never falls is made of disjoint sets that never fall themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from followup.disclosure.plan import Plan
from followup.disclosure.reading import Value, Where

_Given = Mapping[Value, Value]


def without_idle(*, plan: Plan, counted: Iterable[Where]) -> Plan:
    """Return the plan without the rules of the dimensions that ``counted`` does not name and that are idle."""
    used = {name for where in counted for name in where}
    while (name := _first_idle(plan, used)) is not None:
        plan = replace(
            plan,
            dims={other: values for other, values in plan.dims.items() if other != name},
            cumulative=tuple(where for where in plan.cumulative if name not in where),
            impossible=tuple(where for where in plan.impossible if name not in where),
        )
    return plan


def _first_idle(plan: Plan, used: set[str]) -> str | None:
    return next((name for name in plan.dims if name not in used and _is_idle(plan, name)), None)


def _is_idle(plan: Plan, name: str) -> bool:
    rules = [where for where in (*plan.cumulative, *plan.impossible) if name in where]
    crossed = [where for where in plan.cumulative if name in where and len(where) > 1]
    others = {other for where in rules for other in where} - {name}
    if crossed or len(others) > 1:
        return False
    other = next(iter(others), None)
    return any(_fits(plan, name, other, given) for given in _ways(plan, name, other))


def _ways(plan: Plan, name: str, other: str | None) -> Iterator[_Given]:
    """Yield ways to give everybody a category: one for all, then for each the last one that is possible."""
    values = plan.dims[other] if other else ("",)
    for category in plan.dims[name]:
        yield dict.fromkeys(values, category)
    allowed = {
        value: [c for c in plan.dims[name] if not _is_nowhere(plan, {name: c, other or "": value})]
        for value in values
    }
    if all(allowed.values()):
        yield {value: categories[-1] for value, categories in allowed.items()}


def _fits(plan: Plan, name: str, other: str | None, given: _Given) -> bool:
    if any(_is_nowhere(plan, {name: category, other or "": value}) for value, category in given.items()):
        return False
    steady = [frozenset(where[other]) for where in plan.cumulative if other and set(where) == {other}]
    if any(not where for where in plan.cumulative):
        steady.append(frozenset(given))
    wanted = [frozenset(where[name]) for where in plan.cumulative if name in where]
    return all(_is_made_of(frozenset(v for v, c in given.items() if c in kept), steady) for kept in wanted)


def _is_nowhere(plan: Plan, place: Mapping[str, Value]) -> bool:
    """Say whether nobody can be there, by the rules that name no other dimension."""
    return any(
        where.keys() <= place.keys() and all(place[name] in where[name] for name in where)
        for where in plan.impossible
    )


def _is_made_of(whole: frozenset[Value], parts: Sequence[frozenset[Value]]) -> bool:
    """Say whether a set is a union of some of the parts, none of which shares anything with another."""
    if not whole:
        return True
    first = min(whole, key=str)
    return any(first in part <= whole and _is_made_of(whole - part, parts) for part in parts)
