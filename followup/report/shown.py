"""What pages, pictures and the printed report show of an indicator: words beside symbols, and where marks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from followup.report.chart import Bars, Chart, Mark, distribution, over_time
from followup.report.content import Report, Series
from followup.report.points import Point, Row, Status
from followup.report.words import meaning, period_name, period_short, spoken

# A picture takes its colours from the page, or brings them when it is printed.
PAGE = {
    "ink": "var(--ink)",
    "tint": "var(--tint)",
    "text": "var(--text)",
    "muted": "var(--muted)",
    "line": "var(--line)",
    "strong": "var(--line-strong)",
    "surface": "var(--surface)",
    "guarded": "var(--guarded)",
    "soft": "var(--guarded-soft)",
}
PRINT = {
    "ink": "#0f4c5c",
    "tint": "#d9e8eb",
    "text": "#17262b",
    "muted": "#4b5a60",
    "line": "#dfdfd9",
    "strong": "#75828a",
    "surface": "#ffffff",
    "guarded": "#56277d",
    "soft": "#f2ebf7",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in a table."""

    text: str
    words: str
    is_protected: bool
    note: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its name, and a cell for each column."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as a page shows it."""

    series: Series
    chart: Chart | None
    bars: Bars | None
    title: str
    description: str
    columns: list[str]
    rows: list[TableRow]
    marks: list[tuple[Mark, tuple[str, str]]]
    latest: Cell | None
    latest_period: str
    has_protected: bool
    has_span: bool


def shown(series: Series, report: Report) -> Shown:
    """Prepare one indicator."""
    limit = report.highest_hidden
    points = [point for row in series.rows for point in row.points]
    latest = series.latest
    last = _last_reported(series)
    is_over_time = not series.is_distribution and not series.is_silent
    chart = over_time(points=series.rows[0].points, highest_hidden=limit) if is_over_time else None
    columns = series.shown if series.is_distribution else series.periods
    return Shown(
        series=series,
        chart=chart,
        bars=distribution(rows=last, highest_hidden=limit) if last else None,
        title=_title(series, last),
        description=" ".join(spoken(point, highest_hidden=limit) for point in series.rows[0].points)
        if is_over_time
        else " ".join(f"{row.name}: {meaning(row.points[-1], highest_hidden=limit)}." for row in last),
        columns=[period_name(code) for code in columns],
        rows=_table(series, limit),
        marks=[(mark, period_short(mark.period)) for mark in chart.marks] if chart else [],
        latest=_cell(latest, limit) if latest else None,
        latest_period=period_name(latest.period) if latest else "",
        has_protected=any(point.status == Status.PROTECTED for point in points),
        has_span=any(point.status == Status.SPAN for point in points),
    )


def _title(series: Series, last: Sequence[Row]) -> str:
    if last:
        return f"{series.name}, {period_name(last[0].points[-1].period).lower()}"
    return _("%(name)s, %(unit)s") % {"name": series.name, "unit": series.unit}


def _last_reported(series: Series) -> list[Row]:
    """The rows of a distribution up to the last period that was reported."""
    if not series.is_distribution or not series.shown:
        return []
    place = series.periods.index(series.shown[-1]) + 1
    return [Row(row.name, row.points[:place]) for row in series.rows]


def _table(series: Series, limit: int) -> list[TableRow]:
    if not series.is_distribution:
        return [TableRow(period_name(point.period), [_cell(point, limit)]) for point in series.rows[0].points]
    places = [series.periods.index(code) for code in series.shown]
    return [TableRow(row.name, [_cell(row.points[place], limit) for place in places]) for row in series.rows]


def _cell(point: Point, limit: int) -> Cell:
    note = ""
    if point.corrects is not None:
        note = _("Rättad: nr %(number)s ersätter nr %(corrects)s.") % {
            "number": point.number,
            "corrects": point.corrects,
        }
    return Cell(
        text=point.text,
        words=meaning(point, highest_hidden=limit),
        is_protected=point.status == Status.PROTECTED,
        note=note or point.comment,
    )
