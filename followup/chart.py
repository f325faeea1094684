"""Where the bars of a half-year chart stand, in the drawing's own units. Pure.

A protected figure is drawn as a hatched field over everything that it may be, never as a bar of a height: nothing
of what it hides may be read off the drawing, so the drawing is made from the printed figures alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
HEIGHT = 280
TOP = 32
LEFT = 44
FLOOR = 224
WIDEST = 72
# However tall its neighbours are, a protected figure must not look like zero.
LOWEST = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure; `number` is None when it is protected."""

    half: str
    year: str
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, or one hatched field when `is_hidden`."""

    x: int
    y: int
    width: int
    height: int
    centre: int
    text: str
    half: str
    year: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the chart at a round number."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    width: int
    height: int
    left: int
    floor: int
    bars: list[Bar]
    lines: list[Line]


def draw(*, figures: Sequence[Figure], least_shown: int) -> Chart:
    """Place figures from left to right; `least_shown` is the smallest count that is ever shown."""
    highest = max([least_shown, *(figure.number for figure in figures if figure.number)])
    step = next(size for size in (5, 10, 50, 100, highest) if highest <= size * 6)
    top = -(-highest // step) * step
    place = (WIDTH - LEFT) // max(len(figures), 1)
    width = min(place * 3 // 5, WIDEST)
    bars = []
    for position, figure in enumerate(figures):
        height = max(_height(least_shown if figure.number is None else figure.number, top), LOWEST)
        centre = LEFT + place * position + place // 2
        bars.append(
            Bar(
                x=centre - width // 2,
                y=FLOOR - height,
                width=width,
                height=height,
                centre=centre,
                text=figure.text,
                half=figure.half,
                year=figure.year,
                is_hidden=figure.number is None,
            )
        )
    lines = [Line(FLOOR - _height(number, top), str(number)) for number in range(0, top + 1, step)]
    return Chart(WIDTH, HEIGHT, LEFT, FLOOR, bars, lines)


def _height(number: int, top: int) -> int:
    return number * (FLOOR - TOP) // top
