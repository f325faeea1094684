"""Reads figures from a file that somebody brings: CSV or XLSX with one figure a row, already compiled. Pure.

A file that looks like a list of people is refused whole: a column that is not asked for, a figure given twice (one row
a person), anything like an identity number. Nothing is guessed, and nothing of a refused file is kept.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

import openpyxl

from avhopp.translation import gettext_noop
from followup.personal import LooksPersonal, require_impersonal

COLUMNS: Final = ("indikator", "period", "värde", "källa", "kommentar")
MOST_ROWS: Final = 2_000
MOST_BYTES: Final = 1_000_000


class NotFigures(Exception):
    """The file cannot be read as figures; `reason` says what to do and `row` where, when it is about a row."""

    def __init__(self, reason: str, *, row: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.row = reason, row


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was brought."""

    row: int
    code: str
    period: str
    value: Decimal
    source: str
    comment: str


def read(*, name: str, raw: bytes) -> list[Figure]:
    """Read a file's figures; raises `NotFigures` or `LooksPersonal`."""
    if len(raw) > MOST_BYTES:
        raise NotFigures(gettext_noop("Filen är för stor. En fil med sammanställda uppgifter är liten."))
    rows = _workbook(raw) if name.lower().endswith(".xlsx") else _text(raw)
    require_impersonal(texts=(cell for row in rows for cell in row))
    if not rows:
        raise NotFigures(gettext_noop("Filen är tom."))
    head = [cell.strip().lower() for cell in rows[0]]
    _require_columns(head)
    figures = [_figure(dict(zip(head, row, strict=False)), number) for number, row in _numbered(rows[1:])]
    _require_compiled(figures)
    return figures


def _numbered(rows: Iterable[Sequence[str]]) -> Iterable[tuple[int, Sequence[str]]]:
    return ((number, row) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row))


def _require_columns(head: list[str]) -> None:
    if any(name and name not in COLUMNS for name in head):
        raise LooksPersonal(
            gettext_noop(
                "Filen har en kolumn som inte ska vara med. Kolumnerna är indikator, period, värde, källa och"
                " kommentar. En fil med namn, ålder eller en rad för varje person tas inte emot."
            )
        )
    if len(set(head)) != len(head) or not set(COLUMNS[:4]) <= set(head):
        raise NotFigures(
            gettext_noop(
                "Filens första rad ska ha kolumnerna indikator, period, värde och källa, och gärna kommentar."
            )
        )


def _figure(cells: dict[str, str], number: int) -> Figure:
    text = {name: cells.get(name, "").strip() for name in COLUMNS}
    try:
        value = Decimal(text["värde"].replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise NotFigures(gettext_noop("Värdet är inget tal."), row=number) from None
    if not value.is_finite() or abs(value) >= 10**12 or value.as_tuple().exponent < -2:  # type: ignore[operator]
        raise NotFigures(gettext_noop("Värdet ska vara ett tal med högst två decimaler."), row=number)
    if not text["källa"]:
        raise NotFigures(gettext_noop("Källan saknas. Skriv vem som äger uppgiften."), row=number)
    return Figure(number, text["indikator"], text["period"], value, text["källa"], text["kommentar"])


def _require_compiled(figures: Sequence[Figure]) -> None:
    """Refuse a file that gives the same figure twice: then a row is not a compiled figure but perhaps a person."""
    seen: set[tuple[str, str]] = set()
    for figure in figures:
        if (figure.code, figure.period) in seen:
            raise LooksPersonal(
                gettext_noop(
                    "Samma indikator och period står på flera rader. Filen ser ut att ha en rad för varje person eller"
                    " händelse; ta in sammanställda uppgifter i stället."
                )
            )
        seen.add((figure.code, figure.period))


def _text(raw: bytes) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotFigures(
            gettext_noop("Filen går inte att läsa. Spara den som CSV med UTF-8, eller som XLSX.")
        ) from None
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise NotFigures(gettext_noop("Filen går inte att läsa som CSV.")) from None
    return _limited(rows)


def _workbook(raw: bytes) -> list[list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=40)
        rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError):
        raise NotFigures(gettext_noop("Filen går inte att läsa som XLSX.")) from None
    return _limited([_trimmed(row) for row in rows])


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _limited(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS:
        raise NotFigures(gettext_noop("Filen har för många rader för att vara sammanställda uppgifter."))
    return rows
