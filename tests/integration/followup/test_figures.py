"""Figures from outside come in compiled, with their source; a file that looks like people is refused whole."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from audit.models import Leaf
from followup import importing
from followup.actions import figures
from followup.actions.figures import CountedHere, WrongPeriod
from followup.importing import NotFigures
from followup.models import Indicator, TypedFigure
from followup.personal import LooksPersonal, holds_identity_number
from followup.policies import NotAllowed
from tests.cast import acting
from tests.followup_made import JANUARY

HEAD = "indikator;period;värde;källa;kommentar\n"
GOOD = HEAD + "otrygga;2024;27,5;trygghetsmätningen;\nordning;2025H1;1 371;polisen;preliminär\n"
PEOPLE = {
    "a column of names": "namn;indikator;period;värde;källa\nProv Provsson;otrygga;2024;27;x\n",
    "a row a person": HEAD + "ordning;2025H1;10;polisen;\nordning;2025H1;11;polisen;\n",
    "an identity number": HEAD + "ordning;2025H1;371;polisen;gäller 19900607-2384\n",
    "an identity number without a dash": HEAD + "ordning;2025H1;371;9006072384;\n",
    "a samordningsnummer": HEAD + "ordning;2025H1;371;polisen;197010632391\n",
    "an interim number": HEAD + "ordning;2025H1;371;polisen;19900607-T384\n",
    "a case number": HEAD + "ordning;2025H1;371;polisen;26-7KQ4M\n",
    "an address of mail": HEAD + "ordning;2025H1;371;polisen;prov@example.org\n",
    "an identity number as the head": "19900607-2384;period;värde;källa\nx;2024;1;y\n",
    "age and sex": "indikator;period;värde;källa;ålder;kön\nordning;2025H1;371;polisen;17;flicka\n",
}
NOT_FIGURES = {
    "nothing": "",
    "no source": "indikator;period;värde\notrygga;2024;27\n",
    "an empty source": HEAD + "otrygga;2024;27;;\n",
    "words for a value": HEAD + "otrygga;2024;Prov Provsson;mätningen;\n",
    "no number": HEAD + "otrygga;2024;NaN;mätningen;\n",
    "too fine a number": HEAD + "otrygga;2024;27,555;mätningen;\n",
    "the same column twice": "indikator;period;värde;värde;källa\notrygga;2024;27;28;x\n",
    "too many rows": HEAD + "".join(f"otrygga;{n};27;x;\n" for n in range(2100)),
}


def take_in(cast, agreement, text, *, is_public=True, name="figurer.csv"):
    found = importing.read(name=name, raw=text if isinstance(text, bytes) else text.encode())
    with acting(cast.manager, at=JANUARY) as actor:
        return figures.import_figures(
            agreement=agreement, figures=found, is_public=is_public, by=actor, now=JANUARY
        )


def workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(";"))
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize("name", ["figurer.csv", "figurer.XLSX"])
def test_compiled_figures_come_in_with_source_and_one_leaf(cast, agreement, name):
    raw = GOOD.encode("utf-8-sig") if name.endswith("csv") else workbook(GOOD)
    take_in(cast, agreement, raw, name=name)
    found = TypedFigure.objects.order_by("period").values_list("period", "value", "source", "comment")
    assert list(found) == [
        ("2024", Decimal("27.50"), "trygghetsmätningen", ""),
        ("2025H1", Decimal("1371.00"), "polisen", "preliminär"),
    ]
    assert Leaf.objects.filter(event="followup.figures_entered").count() == 1


@pytest.mark.parametrize("kind", [*PEOPLE])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_file_that_looks_like_people_is_refused_and_nothing_is_kept(cast, agreement, kind, form):
    raw = PEOPLE[kind].encode() if form == "csv" else workbook(PEOPLE[kind])
    with pytest.raises(LooksPersonal) as refused:
        take_in(cast, agreement, raw, name=f"x.{form}")
    assert not TypedFigure.objects.exists()
    for found in ("Provsson", "1990", "9006", "7KQ4M", "example", "T384"):
        assert found not in str(refused.value)


@pytest.mark.parametrize("kind", [*NOT_FIGURES])
def test_file_that_is_not_figures_is_refused(kind):
    with pytest.raises(NotFigures):
        importing.read(name="x.csv", raw=NOT_FIGURES[kind].encode())


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"PK\x03\x04nothing", b"x" * 1_000_001])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_file_that_cannot_be_read_is_refused(name, raw):
    with pytest.raises((NotFigures, LooksPersonal)):
        importing.read(name=name, raw=raw)


def test_one_bad_row_takes_in_nothing(cast, agreement):
    for row in ("okänd;2025;1;x;", "exit_cases;2025H1;40;x;", "otrygga;2025H1;27;x;", "ordning;2025;27;x;"):
        with pytest.raises(NotFigures) as refused:
            take_in(cast, agreement, GOOD + row + "\n")
        assert refused.value.row == 4
    assert not TypedFigure.objects.exists()


def test_small_number_needs_that_its_owner_has_published_it(cast, agreement):
    text = HEAD + "ordning;2025H1;3;polisen;\n"
    with pytest.raises(LooksPersonal):
        take_in(cast, agreement, text, is_public=False)
    take_in(cast, agreement, text, is_public=True)


def test_counted_indicator_takes_no_typed_figure_and_a_period_is_of_its_kind(cast, agreement):
    with acting(cast.manager, at=JANUARY) as actor:
        given = {
            "value": Decimal(40),
            "source": "x",
            "comment": "",
            "is_public": True,
            "by": actor,
            "now": JANUARY,
        }
        with pytest.raises(CountedHere):
            figures.enter_figure(indicator=Indicator.objects.get(code="exit_cases"), period="2025H1", **given)
        for period in ("2025H1", "25", "2025-01", ""):
            with pytest.raises(WrongPeriod):
                figures.enter_figure(indicator=Indicator.objects.get(code="otrygga"), period=period, **given)
    with acting(cast.officer, at=JANUARY) as actor, pytest.raises(NotAllowed):
        figures.enter_figure(
            indicator=Indicator.objects.get(code="otrygga"), period="2025", **{**given, "by": actor}
        )


@given(
    st.integers(1900, 1999),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
    st.sampled_from([0, 60]),
)
def test_every_right_identity_number_is_seen_however_it_is_written(year, month, day, serial, more):
    short = f"{year % 100:02d}{month:02d}{day + more:02d}{serial:03d}"
    short += luhn.calc_check_digit(short)
    dashed, spaced = f"{short[:6]}-{short[6:]}", f"{short[:6]} {short[6:]}"
    for text in (short, dashed, dashed.replace("-", "+"), f"19{short}", f"(nr {spaced})"):
        assert holds_identity_number(text), text


@pytest.mark.parametrize(
    "text", ["1 371 händelser", "2025H1", "08-123 456 78", "SFS 2025:400", "2023–2026", "12345678901234"]
)
def test_ordinary_text_is_not_taken_for_an_identity_number(text):
    assert not holds_identity_number(text)
