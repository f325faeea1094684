"""Reading a unit's register: separators, encodings, both ways of writing a day, and files that are none."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cases.register import CannotRead, day, rows

HEAD = [
    "Slag av ärende",
    "Förnamn",
    "Kön",
    "Initiativtagare",
    "Ansvarig handläggare",
    "Vad ärendet gäller",
    "Öppnat",
]
LINE = ["Avhopparärende", "Åsa", "Kvinna", "Polisen", "Worker", 'Vill; "lämna"', "1/3/2026"]
READ = {
    "track": "Avhopparärende",
    "given_name": "Åsa",
    "legal_sex": "Kvinna",
    "source": "Polisen",
    "responsible": "Worker",
    "need": 'Vill; "lämna"',
    "opened_on": "1/3/2026",
}


def csv_of(separator: str, *lines: list[str]) -> str:
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_whatever_program_wrote_it(separator, encoding):
    assert rows(csv_of(separator, HEAD, LINE).encode(encoding)) == [READ]


def workbook(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook_is_read_with_its_days():
    from datetime import datetime

    found = rows(workbook(HEAD, [*LINE[:-1], datetime(2026, 3, 1)]))
    assert found == [{**READ, "opened_on": "2026-03-01"}]


def test_formula_in_a_workbook_is_read_as_nothing():
    assert rows(workbook(HEAD, [LINE[0], '=HYPERLINK("x")', *LINE[2:]]))[0]["given_name"] == ""


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "tom"),
        (csv_of(";", HEAD).encode(), "inga rader"),
        (csv_of(";", ["Namn", "Annat"], ["a", "b"]).encode(), "Rubriker saknas"),
        (csv_of(";", [*HEAD, "Förnamn"], [*LINE, "x"]).encode(), "samma sak"),
        (b"PK\x03\x04 not a workbook", "Arbetsboken"),
        (b"\x00\x01\x02", "varken CSV"),
        ((csv_of(";", HEAD) + '"never closed').encode(), "citattecken"),
    ],
)
def test_what_is_no_register_is_refused_with_what_to_do(content, word):
    with pytest.raises(CannotRead, match=word):
        rows(content)


def test_workbook_that_unfolds_to_too_much_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 1024 * 1024))
    with pytest.raises(CannotRead, match="för stor"):
        rows(out.getvalue())


def test_workbook_with_entities_is_refused():
    good = workbook(HEAD, LINE)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            target.writestr(part.filename, bomb if is_sheet else source.read(part.filename))
    with pytest.raises(CannotRead):
        rows(out.getvalue())


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-03-01", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026-03-01 00:00:00", "2026-03-01"),
        ("1/3/2026", "2026-03-01"),
        ("01.03.2026", "2026-03-01"),
        ("1-3-2026", "2026-03-01"),
        ("i mars", "i mars"),
        ("", ""),
    ],
)
def test_both_swedish_ways_of_writing_a_day(typed, iso):
    assert day(typed) == iso


@given(st.binary(max_size=400))
def test_any_bytes_are_a_register_or_refused(content):
    try:
        assert rows(content)
    except CannotRead:
        return
