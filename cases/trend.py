"""Where the points of a line over time stand, in the drawing's own units. Pure.

Time runs evenly from the first day to the last, so that a slow change looks slow. A day that stands too close to one
already written is drawn without words; the table beside the drawing has them all. Small enough for a telephone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 320
HEIGHT = 184
# The lines begin at LEFT; the points stand a little further in, so that their words keep clear of the scale.
LEFT = 34
FIRST = 66
LAST = 282
TOP = 28
FLOOR = 144
# Room for a day in words.
LEAST_BETWEEN_WORDS = 80


@dataclass(frozen=True, slots=True)
class Value:
    """What was measured one day, with its text."""

    on: date
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One point; `is_written` when there is room for its words."""

    x: int
    y: int
    text: str
    day: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the drawing at a step of the scale."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The whole drawing; `path` is what an SVG polyline reads."""

    width: int
    height: int
    left: int
    floor: int
    marks: list[Mark]
    lines: list[Line]
    path: str


def with_sign(number: int) -> str:
    """A number with its sign, as it is printed: a real minus, and none on zero."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def draw(*, values: Sequence[Value], scale: Sequence[tuple[int, str]]) -> Trend:
    """Place values from the first day to the last; `scale` gives the steps with their texts, the lowest first."""
    lowest, highest = scale[0][0], scale[-1][0]

    def height(number: int) -> int:
        return FLOOR - (number - lowest) * (FLOOR - TOP) // max(highest - lowest, 1)

    first = min((value.on for value in values), default=date.min)
    days = max(((value.on - first).days for value in values), default=0)
    marks: list[Mark] = []
    written = LAST + LEAST_BETWEEN_WORDS
    for value in sorted(values, key=lambda value: value.on, reverse=True):
        x = FIRST + (LAST - FIRST) * (value.on - first).days // days if days else (FIRST + LAST) // 2
        has_room = written - x >= LEAST_BETWEEN_WORDS
        written = x if has_room else written
        marks.insert(0, Mark(x, height(value.number), value.text, f"{value.on:%Y-%m-%d}", has_room))
    lines = [Line(height(number), text) for number, text in scale]
    path = " ".join(f"{mark.x},{mark.y}" for mark in marks)
    return Trend(WIDTH, HEIGHT, LEFT, FLOOR, marks, lines, path)
