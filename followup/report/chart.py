"""Where the marks of a picture stand, in the drawing's own units. Pure.

A protected figure is drawn as a hatched field over everything that it may be, never as a bar of a height, and a period
without a report is left empty: nothing of what is hidden may be read off a drawing, so it is made from print alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from followup.report.points import Point, Row, Status

WIDTH = 720
HEIGHT = 268
TOP = 34
LEFT = 48
FLOOR = 214
WIDEST = 64
# However tall its neighbours are, a protected figure must not look like zero.
LOWEST = 8
ROW, ROW_LEFT, ROW_RIGHT = 34, 290, 96


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar; a hatched field when `kind` is hidden, a pale one with both ends when it is a span."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    centre: int
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the chart at a round number."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing of one figure over time."""

    marks: list[Mark]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole drawing of a distribution in one period, one bar under the other."""

    marks: list[Mark]
    height: int
    width: int = WIDTH
    left: int = ROW_LEFT


KINDS = {
    Status.ROUNDED: "bar",
    Status.OUTSIDE: "bar",
    Status.SPAN: "span",
    Status.PROTECTED: "hidden",
    Status.SILENT: "none",
}


def over_time(*, points: Sequence[Point], highest_hidden: int) -> Chart:
    """Place one figure's points from left to right; `highest_hidden` is the largest count that is ever hidden."""
    step, top = _scale(max([1.0, *(_reach(point, highest_hidden)[1] for point in points)]))
    place = (WIDTH - LEFT) / max(len(points), 1)
    width = min(int(place * 0.6), WIDEST)
    marks = []
    for position, point in enumerate(points):
        low, high = _reach(point, highest_hidden)
        y, floor = FLOOR - _height(high, top), FLOOR - _height(low, top)
        height = 0 if point.status == Status.SILENT else max(floor - y, LOWEST)
        centre = LEFT + int(place * position + place / 2)
        kind = KINDS[point.status]
        marks.append(
            Mark(kind, centre - width // 2, floor - height, width, height, centre, point.text, point.period)
        )
    count = math.ceil(top / step)
    return Chart(marks, [Line(FLOOR - _height(step * n, top), _number(step * n)) for n in range(count + 1)])


def distribution(*, rows: Sequence[Row], highest_hidden: int) -> Bars:
    """Place the last points of a distribution's categories, one under the other."""
    points = [row.points[-1] for row in rows]
    top = max([1.0, *(_reach(point, highest_hidden)[1] for point in points)])
    room = WIDTH - ROW_LEFT - ROW_RIGHT
    marks = []
    for number, (row, point) in enumerate(zip(rows, points, strict=True)):
        low, high = _reach(point, highest_hidden)
        start, end = (ROW_LEFT + round(room * side / top) for side in (low, high))
        length = 0 if point.status == Status.SILENT else max(end - start, LOWEST)
        kind, y = KINDS[point.status], ROW * number + 6
        marks.append(Mark(kind, start, y, length, ROW - 12, y + (ROW - 12) // 2, point.text, row.name))
    return Bars(marks, ROW * len(rows) + 4)


def _reach(point: Point, highest_hidden: int) -> tuple[float, float]:
    """Between which numbers a point is drawn: all that it may be."""
    if point.status == Status.PROTECTED:
        return 0.0, float(highest_hidden)
    if point.status == Status.SPAN:
        return float(point.low or 0), float(point.high if point.high is not None else point.low or 0)
    return 0.0, 0.0 if point.value is None else max(float(point.value), 0.0)


def _scale(highest: float) -> tuple[float, float]:
    """A round step that gives at most six lines, and the round number above the highest."""
    size = 10 ** math.floor(math.log10(highest))
    step = next(size * part for part in (0.2, 0.5, 1, 2, 5) if highest <= size * part * 6)
    step = max(step, 1)
    return step, math.ceil(highest / step) * step


def _height(number: float, top: float) -> int:
    return round(number * (FLOOR - TOP) / top)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
