"""An attacker written without the protector: released files and SciPy only, over the full cross of all
dimensions.

It shares no code with followup.disclosure: it reads the JSON, counts persons in every combination of every
release, and asks SciPy's integer solver how far a protected count can go.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, lil_array

Person = tuple[int | None, ...]
"""Where a known person is in each release: the number of a combination, or None before she came."""


@dataclass(frozen=True)
class Query:
    """Persons of one set in one release, less those of another set in another release (or nobody)."""

    plus: tuple[int, np.ndarray]
    minus: tuple[int, np.ndarray] | None


class Attacker:
    def __init__(self, files: Sequence[dict[str, Any]], k: int) -> None:
        self.files, self.k = files, k
        plan = files[0]["plan"]
        self.dims = plan["dims"]
        self.atoms = list(itertools.product(*self.dims.values()))
        self.size = len(self.atoms)
        self.statements = [
            (release, self.members(dict(map(tuple, cell["cell"]))), cell["lo"], cell["hi"])
            for release, file in enumerate(files)
            for cell in file["cells"]
        ]
        self.links = [members for rule in plan.get("cumulative", []) for members in self._each(rule)]
        self.matrix, self.low, self.high = self._constraints()

    def _each(self, rule: dict[str, Any]) -> list[np.ndarray]:
        by = rule.get("by", [])
        fixed = rule.get("where", {})
        found = []
        for values in itertools.product(*(self.dims[name] for name in by)):
            found.append(self.members({**fixed, **dict(zip(by, values, strict=True))}))
        return found

    def members(self, labels: dict[str, Any]) -> np.ndarray:
        wanted = {name: value if isinstance(value, list) else [value] for name, value in labels.items()}
        names = list(self.dims)
        return np.array(
            [all(atom[names.index(n)] in values for n, values in wanted.items()) for atom in self.atoms]
        )

    def _constraints(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        releases = len(self.files)
        rows = len(self.statements) + len(self.links) * (releases - 1)
        matrix, low, high = lil_array((rows, releases * self.size)), np.zeros(rows), np.full(rows, np.inf)
        for row, (release, members, lo, hi) in enumerate(self.statements):
            matrix[row, release * self.size + np.flatnonzero(members)] = 1
            low[row], high[row] = lo, np.inf if hi is None else hi
        row = len(self.statements)
        for members, release in itertools.product(self.links, range(releases - 1)):
            matrix[row, (release + 1) * self.size + np.flatnonzero(members)] = 1
            matrix[row, release * self.size + np.flatnonzero(members)] = -1
            row += 1
        return csr_array(matrix), low, high

    def queries(self) -> list[Query]:
        """Every cell, every row without one of its cells, every increase: made from the printed cells."""
        found = []
        for release, file in enumerate(self.files):
            cells = {
                frozenset(map(tuple, c["cell"])): self.members(dict(map(tuple, c["cell"])))
                for c in file["cells"]
            }
            for labels, members in cells.items():
                found.append(Query((release, members), None))
                found += [
                    Query((release, cells[labels - {pair}] & ~members), None)
                    for pair in labels
                    if labels - {pair} in cells
                ]
                found += [Query((release, members), (earlier, members)) for earlier in range(release)]
        return found

    def _cost(self, query: Query) -> np.ndarray:
        cost = np.zeros(self.matrix.shape[1])
        for sign, side in ((1, query.plus), (-1, query.minus)):
            if side is not None:
                release, members = side
                cost[release * self.size + np.flatnonzero(members)] += sign
        return cost

    def _room(self, known: Sequence[Person]) -> tuple[np.ndarray, np.ndarray]:
        """What is left of each statement for the persons whom the attacker does not know; nobody leaves a
        link.
        """
        place = np.zeros(self.matrix.shape[1])
        for person in known:
            for release, atom in enumerate(person):
                if atom is not None:
                    place[release * self.size + atom] += 1
        taken = self.matrix @ place
        taken[len(self.statements) :] = 0
        return self.low - taken, self.high - taken

    def place(self, person: dict[str, Any]) -> int:
        """Return the number of the combination that a person has."""
        return self.atoms.index(tuple(person[name] for name in self.dims))

    def obey(self, known: Sequence[Person]) -> bool:
        """Say whether the known persons together obey the links: none of the sets loses one of them."""
        counts = []
        for release in range(len(self.files)):
            places = [person[release] for person in known if person[release] is not None]
            counts.append([int(members[places].sum()) for members in self.links])
        return all(
            a <= b for before, after in itertools.pairwise(counts) for a, b in zip(before, after, strict=True)
        )

    def outer(self, query: Query, known: Sequence[Person] = ()) -> tuple[float, float] | None:
        """Ends without the demand for whole persons: the attacker can be sure of at least this much."""
        low, high = self._room(known)
        upper = np.isfinite(high)
        a = csr_array(np.vstack([self.matrix[upper].toarray(), -self.matrix.toarray()]))
        b = np.concatenate([high[upper], -low])
        ends = []
        for sign in (1, -1):
            found = linprog(sign * self._cost(query), A_ub=a, b_ub=b, bounds=(0, None), method="highs")
            if found.status == 3:
                ends.append(np.inf)
            elif found.status != 0:
                return None
            else:
                ends.append(found.fun)
        return float(ends[0] if np.isfinite(ends[0]) else -np.inf), float(-ends[1])

    def _end(
        self, cost: np.ndarray, room: tuple[np.ndarray, np.ndarray], above: tuple[np.ndarray, int] | None
    ) -> int | None:
        constraints = [LinearConstraint(self.matrix, *room)]
        if above is not None:
            constraints.append(LinearConstraint(above[0][np.newaxis, :], above[1], np.inf))
        found = milp(
            cost, integrality=np.ones(len(cost)), bounds=Bounds(0, 1e7), constraints=constraints,
            options={"time_limit": 60, "mip_rel_gap": 0},
        )  # fmt: skip
        if found.status == 2:
            return None
        assert found.status == 0, found.message
        return round(found.fun)

    def learns_too_much(self, query: Query, known: Sequence[Person] = ()) -> bool:
        """Say whether the attacker, knowing these persons, has fewer than k - j values left for a small
        count.
        """
        need, room, cost = self.k - len(known), self._room(known), self._cost(query)
        least = self._end(cost, room, None)
        if least is None or least >= self.k:
            return False
        value = least
        for _ in range(need - 1):
            following = self._end(cost, room, (cost, value + 1))
            if following is None:
                return True
            value = following
        return False
