"""How variants are compared: every round measures all of them in a new order, and the ratio is taken within the round.

Neighbours on a machine slow everything that runs beside them, so a ratio holds still where milliseconds do not. A goal
is judged by the median, and counts as missed only when the lower quartile is above it too. Pure but for the clock that
the variants bring with them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

WARM_UP = 2


class Verdict(StrEnum):
    """What became of a goal."""

    REACHED = "reached"
    WITHIN_SPREAD = "missed, within the spread"
    MISSED = "missed"
    NO_GOAL = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table: a variant against its base, one value a round; `base` is the base's median in seconds."""

    what: str
    values: tuple[float, ...]
    goal: float | None = None
    unit: str = "×"
    base: float | None = None

    @property
    def median(self) -> float:
        return median(self.values)

    def percentile(self, percent: int) -> float:
        """The value below which so many per cent of the rounds lie."""
        return quantiles(self.values, n=100, method="inclusive")[percent - 1]

    @property
    def verdict(self) -> Verdict:
        if self.goal is None:
            return Verdict.NO_GOAL
        if self.median <= self.goal:
            return Verdict.REACHED
        return Verdict.MISSED if self.percentile(25) > self.goal else Verdict.WITHIN_SPREAD


def measure(
    variants: Mapping[str, Callable[[], float]], *, rounds: int, seed: int = 1
) -> dict[str, list[float]]:
    """Measure each variant once a round, in an order drawn anew; the first rounds only fill caches."""
    order, drawn = list(variants), random.Random(seed)
    found: dict[str, list[float]] = {name: [] for name in order}
    for turn in range(rounds + WARM_UP):
        drawn.shuffle(order)
        for name in order:
            value = variants[name]()
            if turn >= WARM_UP:
                found[name].append(value)
    return found


def against(measured: Mapping[str, list[float]], *, base: str, goals: Mapping[str, float]) -> list[Compared]:
    """Divide every variant by the base, round by round."""
    return [
        Compared(
            name,
            tuple(one / floor for one, floor in zip(values, measured[base], strict=True)),
            goals.get(name),
            base=median(measured[base]),
        )
        for name, values in measured.items()
        if name != base
    ]
