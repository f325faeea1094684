"""Reads the register that a unit keeps today: CSV or XLSX with Swedish headings, into rows of text. Pure.

A workbook is read for its values alone, never for its formulas; what cannot be read is refused with a sentence. What
a row means is for the form that checks it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from defusedxml import EntitiesForbidden
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from avhopp.translation import gettext_noop

MOST_ROWS = 10_000
MOST_BYTES = 10 * 1024 * 1024
# A workbook is a compressed archive: what it unfolds to is limited before it is read.
MOST_UNFOLDED = 200 * 1024 * 1024
XLSX = b"PK\x03\x04"

HEADINGS: dict[str, tuple[str, ...]] = {
    "track": ("slag av ärende", "slag", "spår", "ärendetyp"),
    "given_name": ("förnamn", "tilltalsnamn"),
    "family_name": ("efternamn",),
    "identity_number": ("personnummer", "samordningsnummer", "nummer", "pnr"),
    "birth_date": ("födelsedatum", "född"),
    "legal_sex": ("juridiskt kön", "kön"),
    "protection": ("skyddade personuppgifter", "skydd", "sekretess"),
    "phone": ("telefon", "telefonnummer", "mobil"),
    "language": ("språk",),
    "source": ("initiativtagare", "remitterande", "källa"),
    "opened_on": ("öppnat", "öppnad", "inkom", "startdatum"),
    "responsible": ("ansvarig handläggare", "handläggare", "ansvarig"),
    "need": ("vad ärendet gäller", "vad gäller ärendet", "behov", "beskrivning"),
}
NEEDED = ("track", "given_name", "legal_sex", "source", "responsible", "need")


class CannotRead(Exception):
    """The file is not a register that can be read; the message says why and what to do."""


def rows(content: bytes) -> list[dict[str, str]]:
    """Give the rows by our names of the columns; raises `CannotRead`. Empty rows are left out."""
    if len(content) > MOST_BYTES:
        raise CannotRead(gettext_noop("Filen är större än 10 MB. Dela den."))
    lines = _workbook(content) if content.startswith(XLSX) else _text(content)
    head = next(lines, None)
    if head is None:
        raise CannotRead(gettext_noop("Filen är tom."))
    names = _names(head)
    found: list[dict[str, str]] = []
    for line in lines:
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(found) == MOST_ROWS:
            raise CannotRead(gettext_noop("Filen har fler än 10 000 rader. Dela den."))
        found.append({name: cell for name, cell in zip(names, cells, strict=False) if name})
    if not found:
        raise CannotRead(gettext_noop("Filen har rubriker men inga rader."))
    return found


def day(text: str) -> str:
    """Bring both Swedish ways of writing a day to ÅÅÅÅ-MM-DD; what is neither stays as it is."""
    if match := re.fullmatch(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})(?:[ T]00:00(?::00)?)?", text.strip()):
        return "-".join(match.groups())
    if match := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text.strip()):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    return text


def _names(head: Iterable[str]) -> list[str]:
    known = {heading: name for name, headings in HEADINGS.items() for heading in headings}
    names = [known.get(" ".join(cell.casefold().split()).rstrip("?:* "), "") for cell in head]
    if len([name for name in names if name]) != len({name for name in names if name}):
        raise CannotRead(gettext_noop("Två kolumner betyder samma sak. Ta bort den ena."))
    missing = [name for name in NEEDED if name not in names]
    if missing:
        words = ", ".join(HEADINGS[name][0] for name in missing)
        raise CannotRead(f"{gettext_noop('Rubriker saknas på första raden:')} {words}")
    return names


def _text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What older Windows programs write.
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise CannotRead(gettext_noop("Filen är varken CSV eller XLSX. Spara registret som någon av dem."))
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error:
        raise CannotRead(
            gettext_noop("Filen går inte att läsa som CSV. Se efter citattecken som inte stängs.")
        ) from None


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNFOLDED:
                raise CannotRead(gettext_noop("Arbetsboken är för stor. Spara den som CSV."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for line in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in line]
    except (InvalidFileException, zipfile.BadZipFile, EntitiesForbidden, KeyError, ValueError, IndexError):
        raise CannotRead(gettext_noop("Arbetsboken går inte att läsa. Spara den som CSV.")) from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
