"""The report as a workbook, in both common formats: the figures, and how they were made."""

from __future__ import annotations

from avhopp.web import tables
from avhopp.web.tables import Value
from followup.report.content import Report
from followup.report.flat import COLUMNS, lines
from followup.report.method import method_notes

FIGURES, METHOD = "Siffror", "Metod"


def write_xlsx(report: Report) -> bytes:
    """Write an Office Open XML workbook."""
    return tables.write_xlsx(_sheets(report), title=report.agreement, author=report.municipality)


def write_ods(report: Report) -> bytes:
    """Write an OpenDocument workbook."""
    return tables.write_ods(_sheets(report), title=report.agreement, author=report.municipality)


def _sheets(report: Report) -> list[tuple[str, list[tuple[Value, ...]]]]:
    figures: list[tuple[Value, ...]] = [COLUMNS, *(line.values for line in lines(report))]
    notes: list[tuple[Value, ...]] = [(METHOD,), *((note,) for note in method_notes(report))]
    return [(FIGURES, figures), (METHOD, notes)]
