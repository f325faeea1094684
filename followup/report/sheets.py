"""The report as a workbook, in both common formats: numbers are numbers, texts are texts, and nothing is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

import odfdo
import xlsxwriter

from followup.report.content import Report
from followup.report.flat import COLUMNS, Value, lines
from followup.report.method import method_notes

FIGURES, METHOD = "Siffror", "Metod"
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def write_xlsx(report: Report) -> bytes:
    """Write an Office Open XML workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": report.agreement, "author": report.municipality})
    head = book.add_format({"bold": True, "bottom": 1})
    for name, rows in _sheets(report):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, str):
                    sheet.write_string(place, column, value, head if place == 0 else None)
                else:
                    sheet.write_number(place, column, float(value))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS), 18)
    book.close()
    return out.getvalue()


def write_ods(report: Report) -> bytes:
    """Write an OpenDocument workbook."""
    document = odfdo.Document("spreadsheet")
    document.meta.title = report.agreement
    document.meta.creator = report.municipality
    document.body.clear()
    for name, rows in _sheets(report):
        table = odfdo.Table(name)
        for values in rows:
            table.append_row(odfdo.Row())
            table.set_row_cells(table.height - 1, [_cell(value) for value in values])
        document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cell(value: Value) -> odfdo.Cell:
    if value is None:
        return odfdo.Cell()
    if isinstance(value, str):
        return odfdo.Cell(value, cell_type="string")
    return odfdo.Cell(Decimal(value), cell_type="float")


def _sheets(report: Report) -> Iterable[tuple[str, list[tuple[Value, ...]]]]:
    figures: list[tuple[Value, ...]] = [COLUMNS, *(line.values for line in lines(report))]
    notes: list[tuple[Value, ...]] = [(METHOD,), *((note,) for note in method_notes(report))]
    return (FIGURES, figures), (METHOD, notes)
