"""Where the marks of a heat map and of a bar a day stand, in the drawing's own units. Pure.

A colour never tells anything alone: a square that holds something has its number written in it, and the table beside
the drawing has them all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 760
LEFT, TOP = 52, 24
SIDE_X, SIDE_Y = 29, 26
DAYS, HOURS = 7, 24
STEPS = 5
OPACITIES = ("0", "0.12", "0.24", "0.36", "0.85", "1")
HEIGHT, FLOOR, CEILING = 190, 150, 20


@dataclass(frozen=True, slots=True)
class Square:
    """One hour of a weekday; `step` is 0 for nothing and 1 to 5 for how much of the most there is."""

    x: int
    y: int
    step: int
    number: int

    @property
    def opacity(self) -> str:
        """How dark it is, as SVG writes it; between the third and the fourth it leaps, so that numbers can be read."""
        return OPACITIES[self.step]

    @property
    def is_dark(self) -> bool:
        """Whether its number must be written in the light colour."""
        return self.step >= 4


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The whole drawing: squares, and the words at its edges with their places."""

    squares: list[Square]
    hours: list[tuple[int, str]]
    days: list[int]
    width: int = WIDTH
    height: int = TOP + DAYS * SIDE_Y + 4
    left: int = LEFT
    side_x: int = SIDE_X - 2
    side_y: int = SIDE_Y - 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; `label` is written below when there is room."""

    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class DayBars:
    """The whole drawing of one bar a day, with round numbers at its lines."""

    bars: list[Bar]
    lines: list[tuple[int, str]]
    bar: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR


def heat_map(*, counts: Mapping[tuple[int, int], int]) -> HeatMap:
    """Place how many there are by weekday and hour."""
    most = max(counts.values(), default=0)
    squares = [
        Square(
            LEFT + hour * SIDE_X,
            TOP + day * SIDE_Y,
            math.ceil(counts.get((day, hour), 0) * STEPS / most) if most else 0,
            counts.get((day, hour), 0),
        )
        for day in range(DAYS)
        for hour in range(HOURS)
    ]
    hours = [(LEFT + hour * SIDE_X + SIDE_X // 2, f"{hour:02}") for hour in range(0, HOURS, 2)]
    return HeatMap(squares, hours, [TOP + day * SIDE_Y + SIDE_Y // 2 for day in range(DAYS)])


def day_bars(*, days: Sequence[tuple[date, int]]) -> DayBars:
    """Place how many there are on each day, from left to right."""
    place = (WIDTH - LEFT) / max(len(days), 1)
    step, top = _scale(max((number for _, number in days), default=0))
    every = math.ceil(48 / place)
    bars = []
    for number, (day, count) in enumerate(days):
        height = _height(count, top)
        label = f"{day.day}/{day.month}" if number % every == 0 else ""
        bars.append(Bar(LEFT + int(place * number), FLOOR - height, max(height, 2 if count else 0), label))
    lines = [(FLOOR - _height(step * n, top), str(step * n)) for n in range(top // step + 1)]
    return DayBars(bars, lines, max(int(place) - 2, 2))


def _scale(highest: int) -> tuple[int, int]:
    """A round step that gives at most five lines, and the round number at or above the highest."""
    size = 10 ** int(math.log10(max(highest, 1)))
    step = max(1, next(size * part // 10 for part in (2, 5, 10, 20, 50) if highest <= size * part // 10 * 5))
    return step, max(math.ceil(highest / step), 1) * step


def _height(number: int, top: int) -> int:
    return round(number * (FLOOR - CEILING) / top)
