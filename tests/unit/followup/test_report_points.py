"""Figures as readers get them: made of print alone, drawn so that nothing hidden can be read off, defused in files."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avhopp.web.tables import defuse
from followup.catalogue import COUNTED
from followup.disclosure.display import Display
from followup.report.chart import FLOOR, HEIGHT, ROW_LEFT, TOP, WIDTH, distribution, over_time
from followup.report.points import Point, Released, Row, Said, Status, Typed, of_figures, of_releases

DISPLAY = Display(k=5, m=2)
HIDDEN = Said("..", 0, 7)
MET = COUNTED["met_soon"]
SOON, LATER = MET.of


def printed(n: int) -> Said:
    bucket = DISPLAY.bucket(count=n)
    return Said(
        DISPLAY.printed(first=bucket, last=bucket), DISPLAY.low(bucket=bucket), DISPLAY.high(bucket=bucket)
    )


def share(soon: Said, later: Said) -> Point:
    release = Released("2025H1", 1, None, {(SOON,): soon, (LATER,): later})
    (row,) = of_releases(counted=MET, categories=[], releases=[release], periods=["2025H1"])
    return row.points[0]


@given(st.integers(0, 200), st.integers(0, 200))
def test_share_is_a_span_that_holds_the_true_share_and_is_made_of_print_alone(soon, later):
    point = share(printed(soon), printed(later))
    if point.status == Status.PROTECTED:
        assert (point.text, point.value, point.low) == ("..", None, None)
    elif soon + later:
        assert point.low <= Fraction(100 * soon, soon + later) <= point.high
        assert point.low % 5 == point.high % 5 == 0


@pytest.mark.parametrize(
    ("soon", "later", "text"),
    [
        (printed(40), printed(10), "75–85 %"),
        (printed(40), HIDDEN, "80–100 %"),
        (HIDDEN, HIDDEN, ".."),
        (HIDDEN, printed(8), ".."),
        (Said("..", 0, None), printed(40), ".."),
        (printed(40), Said("..", 0, None), ".."),
    ],
)
def test_share_of_few_or_of_nobody_knows_how_many_is_not_given(soon, later, text):
    assert share(soon, later).text == text


def test_two_data_sets_that_print_alike_give_the_same_share():
    assert share(printed(38), printed(9)) == share(printed(42), printed(12))


def test_period_without_a_release_and_a_count_outside_the_plan_look_the_same():
    release = Released("2025H2", 1, None, {(): printed(40)})
    exit_cases = COUNTED["exit_cases"]
    (row,) = of_releases(counted=exit_cases, categories=[], releases=[release], periods=["2025H1", "2025H2"])
    assert [(p.status, p.text, p.number) for p in row.points] == [(Status.SILENT, "", None)] * 2


def test_correction_takes_the_place_of_what_it_corrects_and_says_so():
    exit_cases = COUNTED["exit_cases"]
    cell = exit_cases.cells
    releases = [
        Released("2025H1", 1, None, {cell: printed(20)}),
        Released("2025H1", 2, 1, {cell: printed(30)}),
    ]
    (row,) = of_releases(counted=exit_cases, categories=[], releases=releases, periods=["2025H1"])
    assert (row.points[0].text, row.points[0].number, row.points[0].corrects) == ("30", 2, 1)


def test_last_typed_figure_of_a_period_counts_and_is_written_in_swedish():
    figures = [
        Typed("2024", Decimal("27.00"), "mätningen", ""),
        Typed("2024", Decimal("26.50"), "ny", "rättad"),
    ]
    (row,) = of_figures(figures=figures, periods=["2024", "2025"])
    assert [(p.text, p.source, p.status) for p in row.points] == [
        ("26,5", "ny", Status.OUTSIDE),
        ("", "", Status.SILENT),
    ]


def point(status: Status, **given: object) -> Point:
    return Point("2025H1", status, **given)


HIDDEN_POINT = point(Status.PROTECTED, text="..", low=0, high=7)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=16))
def test_marks_stand_inside_the_drawing_and_lines_are_few(numbers):
    points = [point(Status.ROUNDED, text=str(n), value=Decimal(n)) for n in numbers]
    chart = over_time(points=[*points, HIDDEN_POINT, point(Status.SILENT)], highest_hidden=7)
    for mark in chart.marks:
        assert 0 <= mark.x < mark.x + mark.width <= WIDTH
        assert TOP - 8 <= mark.y <= mark.y + mark.height == FLOOR < HEIGHT
    assert 2 <= len(chart.lines) <= 8


def test_protected_periods_are_drawn_alike_and_never_as_zero():
    hidden = [HIDDEN_POINT, point(Status.PROTECTED, text="..", low=0, high=None)]
    chart = over_time(points=[*hidden, point(Status.ROUNDED, text="40", value=Decimal(40))], highest_hidden=7)
    assert len({(mark.height, mark.y, mark.kind) for mark in chart.marks[:2]}) == 1
    assert chart.marks[0].height > 0
    assert chart.marks[2].height > chart.marks[0].height


def test_span_is_drawn_from_end_to_end_and_silence_as_nothing():
    span = point(Status.SPAN, text="13–22", value=Decimal("17.5"), low=13, high=22)
    chart = over_time(points=[span, point(Status.SILENT)], highest_hidden=7)
    assert chart.marks[0].y + chart.marks[0].height < FLOOR
    assert (chart.marks[1].kind, chart.marks[1].height, chart.marks[1].text) == ("none", 0, "")


def test_bars_of_a_distribution_begin_at_the_line_and_protected_ones_are_alike():
    rows = [
        Row("a", (point(Status.ROUNDED, text="40", value=Decimal(40)),)),
        *(Row(name, (HIDDEN_POINT,)) for name in "bc"),
    ]
    bars = distribution(rows=rows, highest_hidden=7)
    assert {mark.x for mark in bars.marks} == {ROW_LEFT}
    assert bars.marks[1].width == bars.marks[2].width > 0


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        " =1",
        "\u00a0=1",
        "\r=1",
        "\u200b=1",
        "＝1",
        "－1",
        "|x",
        "%x",
        "\x00=1",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Avhopparärenden", "7–14", "a=b", "", "polisens (2025)"])
def test_ordinary_text_is_left_as_it_is(text):
    assert defuse(text) == text
