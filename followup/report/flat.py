"""The report as one table: a row for each figure, with what a reader may take it to mean. Pure but for the words.

The columns are fixed, so that a script of the recipient's goes on working. A hidden value is an empty cell, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from avhopp.web import tables
from avhopp.web.tables import Value
from followup.report.content import Report
from followup.report.points import Point, Status

COLUMNS = (
    "insatsomrade",
    "indikator",
    "kategori",
    "period",
    "varde",
    "status",
    "nedre",
    "ovre",
    "enhet",
    "kalla",
    "redovisning",
    "rattar",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure."""

    values: tuple[Value, ...]


def lines(report: Report) -> Iterator[Line]:
    """Give every figure of the report, in the order of areas, indicators, categories and periods."""
    for area in report.areas:
        for series in area.series:
            for row in series.rows:
                for point in row.points:
                    source = point.source or series.source
                    yield Line(
                        (
                            area.number,
                            series.name,
                            row.name,
                            point.period,
                            _value(point),
                            str(point.status),
                            point.low,
                            point.high,
                            series.unit,
                            source,
                            point.number,
                            point.corrects,
                        )
                    )


def _value(point: Point) -> Decimal | None:
    """The number as printed; a span has none, because its middle is nobody's figure."""
    return point.value if point.status in {Status.ROUNDED, Status.OUTSIDE} else None


def write_csv(report: Report) -> bytes:
    """Write the table as CSV."""
    return tables.write_csv([COLUMNS, *(line.values for line in lines(report))])
