"""Tables as files: numbers are numbers, texts are texts, and nothing is a formula in anybody's spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

import odfdo
import xlsxwriter

Value = str | int | Decimal | None
Row = Sequence[Value]
Sheets = Iterable[tuple[str, Sequence[Row]]]

KINDS: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def write_xlsx(sheets: Sheets, *, title: str, author: str) -> bytes:
    """Write an Office Open XML workbook; the first row of each sheet is its head."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _PLAIN)
    book.set_properties({"title": title, "author": author})
    head = book.add_format({"bold": True, "bottom": 1})
    for name, rows in sheets:
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
        sheet.set_column(0, len(rows[0]), 18)
    book.close()
    return out.getvalue()


def write_ods(sheets: Sheets, *, title: str, author: str) -> bytes:
    """Write an OpenDocument workbook."""
    document = odfdo.Document("spreadsheet")
    document.meta.title = title
    document.meta.creator = author
    document.body.clear()
    for name, rows in sheets:
        table = odfdo.Table(name)
        for values in rows:
            table.append_row(odfdo.Row())
            table.set_row_cells(table.height - 1, [_cell(value) for value in values])
        document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write_csv(rows: Iterable[Row]) -> bytes:
    """Write CSV for a Swedish spreadsheet: semicolons, a decimal comma, UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows([_written(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write(form: str, *, name: str, rows: Sequence[Row], author: str) -> bytes:
    """Write one table in one of the `KINDS`."""
    if form == "csv":
        return write_csv(rows)
    writer = write_xlsx if form == "xlsx" else write_ods
    return writer([(name, rows)], title=name, author=author)


def defuse(text: str) -> str:
    """Keep a text from being a formula in anybody's spreadsheet, whatever stands before its first sign.

    Full-width signs become plain ones in some programmes, and blanks are passed over, so both are looked through.
    """
    seen = text.lstrip("".join(c for c in text if unicodedata.category(c)[0] in "ZC"))
    first = unicodedata.normalize("NFKC", seen[:1])
    return f"'{text}" if first in {"=", "+", "-", "@", "|", "%"} else text


def _cell(value: Value) -> odfdo.Cell:
    if value is None:
        return odfdo.Cell()
    if isinstance(value, str):
        return odfdo.Cell(value, cell_type="string")
    return odfdo.Cell(Decimal(value), cell_type="float")


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defuse(value)
    return f"{Decimal(value).normalize():f}".replace(".", ",")
