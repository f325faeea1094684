"""One indicator's figures by period, made of what was printed and of what was typed in. Pure.

Shares are worked out from the ends that the printed counts state, never from the counts themselves, so they say
nothing that the release does not say. A period in which nothing is reported looks the same whatever the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from followup.catalogue import Counted, Label
from followup.disclosure.display import HIDDEN

LEAST_BASE = 10
WIDEST_SHARE = 60
STEP = 5


class Status(StrEnum):
    """What kind of figure a point is; the word is the one in the files."""

    ROUNDED = "avrundat"
    SPAN = "spann"
    PROTECTED = "skyddat"
    SILENT = "ingen_redovisning"
    OUTSIDE = "utifran"


@dataclass(frozen=True, slots=True)
class Said:
    """One released count: what was printed and what it says (`high` None: no upper end)."""

    printed: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Released:
    """The latest release of a period: its number, what it corrects, and its counts by their labels."""

    period: str
    number: int
    corrects: int | None
    counts: Mapping[tuple[Label, ...], Said]


@dataclass(frozen=True, slots=True)
class Typed:
    """One figure that was typed in."""

    period: str
    value: Decimal
    source: str
    comment: str


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one period. `value` is where it is drawn; None when it is not drawn as a number."""

    period: str
    status: Status
    text: str = ""
    value: Decimal | None = None
    low: int | None = None
    high: int | None = None
    number: int | None = None
    corrects: int | None = None
    source: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A category of a distribution with its point in each period; a single figure has one row without a name."""

    name: str
    points: tuple[Point, ...]


def of_releases(
    *, counted: Counted, categories: Sequence[str], releases: Iterable[Released], periods: Sequence[str]
) -> tuple[Row, ...]:
    """Give a counted indicator's rows; `categories` are those of its dimension when it is a distribution."""
    by_period = {release.period: release for release in releases}
    if counted.table:
        return tuple(
            Row(name, tuple(_count(by_period.get(p), p, (counted.table, name)) for p in periods))
            for name in categories
        )
    one = _share if counted.of else _single
    return (Row("", tuple(one(by_period.get(period), period, counted) for period in periods)),)


def of_figures(*, figures: Iterable[Typed], periods: Sequence[str]) -> tuple[Row, ...]:
    """Give a typed indicator's row; of several figures of a period the last one counts."""
    latest = {figure.period: figure for figure in figures}
    return (Row("", tuple(_typed(latest.get(period), period) for period in periods)),)


def _single(release: Released | None, period: str, counted: Counted) -> Point:
    return _count(release, period, *counted.cells)


def _count(release: Released | None, period: str, *labels: Label) -> Point:
    said = release.counts.get(labels) if release else None
    if release is None or said is None:
        return Point(period, Status.SILENT)
    point = Point(
        period,
        Status.PROTECTED,
        said.printed,
        low=said.low,
        high=said.high,
        number=release.number,
        corrects=release.corrects,
    )
    if said.printed == HIDDEN:
        return point
    if said.printed.isdigit():
        return replace(point, status=Status.ROUNDED, value=Decimal(said.printed))
    middle = Decimal(said.low + (said.high or said.low)) / 2
    return replace(point, status=Status.SPAN, value=middle)


def _share(release: Released | None, period: str, counted: Counted) -> Point:
    """A share lies between the ends that the printed counts of the part and of the rest allow."""
    if release is None or any((label,) not in release.counts for label in counted.of):
        return Point(period, Status.SILENT)
    part = [release.counts[label,] for label in counted.cells]
    rest = [release.counts[label,] for label in counted.of if label not in counted.cells]
    point = Point(period, Status.PROTECTED, HIDDEN, number=release.number, corrects=release.corrects)
    if sum(said.low for said in (*part, *rest)) < LEAST_BASE:
        return point
    (least, most), (least_rest, most_rest) = _ends(part), _ends(rest)
    low = 0 if most_rest is None else _percent(least, least + most_rest)
    high = 100 if most is None else 100 - _percent(least_rest, least_rest + most)
    if high - low > WIDEST_SHARE:
        return point
    text = f"{low}\N{EN DASH}{high} %" if low < high else f"{low} %"
    return replace(point, status=Status.SPAN, text=text, value=Decimal(low + high) / 2, low=low, high=high)


def _ends(said: Sequence[Said]) -> tuple[int, int | None]:
    highs = [item.high for item in said]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return sum(item.low for item in said), high


def _percent(part: int, whole: int) -> int:
    """The share in percent, rounded down to a step; of nobody it is nothing."""
    return STEP * (100 * part // (STEP * whole)) if whole else 0


def _typed(figure: Typed | None, period: str) -> Point:
    if figure is None:
        return Point(period, Status.SILENT)
    plain = figure.value.normalize()
    text = f"{plain:f}".replace(".", ",")
    return Point(period, Status.OUTSIDE, text, figure.value, source=figure.source, comment=figure.comment)
