"""Judges attack cases: what does somebody who knows these statements, and these persons, find out?

A case names the statements that were printed, the rules that link one release to the next, the persons whom
the attacker knows and the counts that must stay hidden. The answer is exact in whole numbers or there is
none: what is malformed, contradicts itself or cannot be proved is refused and never called harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followup.disclosure.case_format import Case, read_case, read_cases
from followup.disclosure.exact import Infeasible, Programme, Row, maximise, minimise
from followup.disclosure.groups import Counted, Groups
from followup.disclosure.reading import Malformed, Where
from followup.disclosure.solver import NotProved


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a case came to: ``leak`` or ``no-leak``, and the first protected count's interval (None: no
    end).
    """

    name: str
    verdict: str
    interval: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A case that was not judged, and why."""

    name: str
    reason: str


def judge_file(*, text: str | bytes) -> Iterator[Judgement | Refused]:
    """Judge every case of a file in order; one that cannot be judged is refused and the others go on."""
    for name, content in read_cases(text=text):
        try:
            yield judge(case=read_case(name=name, content=content))
        except (Malformed, Infeasible, NotProved) as error:
            yield Refused(name=name, reason=str(error))


def judge(*, case: Case) -> Judgement:
    """Find what the attacker can reach for every protected count, in whole numbers."""
    programme, groups = _programme(case)
    queries = [groups.weights(plus=query.plus, minus=query.minus) for query in case.protected]
    first = (_least(programme, queries[0]), _greatest(programme, queries[0]))
    leaks = any(_leaks(programme, weights, case) for weights in queries)
    return Judgement(name=case.name, verdict="leak" if leaks else "no-leak", interval=first)


def _least(programme: Programme, weights: dict[int, int]) -> int | None:
    return minimise(programme=programme, objective=weights).value


def _greatest(programme: Programme, weights: dict[int, int]) -> int | None:
    return maximise(programme=programme, objective=weights).value


def _leaks(programme: Programme, weights: dict[int, int], case: Case) -> bool:
    """Say whether a count that can be below k has fewer than k - m possible whole-number values."""
    least, greatest = _least(programme, weights), _greatest(programme, weights)
    if least is None or greatest is None:
        return False  # a direction without end adds its step again and again: values without number
    if least >= case.k:
        return False
    need = case.k - case.m
    if greatest - least + 1 < need:
        return True
    value = least
    for _ in range(need - 1):  # the values need not be neighbours: ask for the next one each time
        above = Programme(programme.lower, programme.upper, (*programme.rows, Row(weights, value + 1, None)))
        try:
            value = minimise(programme=above, objective=weights).value or 0
        except Infeasible:
            return True
    return False


def _programme(case: Case) -> tuple[Programme, Groups]:
    used: list[list[Where]] = [[] for _ in range(case.releases)]
    for statement in case.statements:
        used[statement.release].append(statement.where)
    for known in case.known:
        used[known.release].append(known.where)
    for query in case.protected:
        for release, where in (*query.plus, *query.minus):
            used[release].append(where)
    for wheres in used:
        wheres.extend(case.links)
    groups = Groups(
        dims=case.dims, used=used, known=[Counted(k.release, k.where, k.count) for k in case.known]
    )
    rows = [
        Row(groups.everybody(release=s.release, where=s.where), s.low, s.high) for s in case.statements
    ] + groups.known_rows()
    for where in case.links:
        for release in range(case.releases - 1):
            later = groups.everybody(release=release + 1, where=where)
            earlier = groups.everybody(release=release, where=where)
            rows.append(Row({**later, **{column: -weight for column, weight in earlier.items()}}, 0, None))
    return Programme((0,) * groups.size, (None,) * groups.size, tuple(rows)), groups
