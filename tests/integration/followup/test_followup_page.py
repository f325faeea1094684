"""What a safety manager sees: the agreement in its own words and one protected figure, as picture and as table."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from audit.events import job
from audit.models import Leaf
from cases.models import Case
from followup.actions import AgreementData, Area, register_agreement
from followup.chart import FLOOR, HEIGHT, TOP, WIDTH, Figure, draw
from tests.cast import make_case
from tests.signed_in import signed_in

START = "followup:start"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AREAS = (
    Area(1, "Utveckla samarbetet för att öka kunskapen kring brott i nära relation.", is_counted=True),
    Area(
        2,
        "Reducera rekrytering till kriminella nätverk och vidareutveckla modellen för avhopparverksamheten.",
        is_counted=True,
    ),
    Area(3, "Utveckla myndighetssamverkan mot organiserad brottslighet.", is_counted=True),
    Area(4, "Minska antalet otrygghetsskapande händelser i offentlig miljö."),
)


@pytest.fixture
def agreement(db):
    return register_agreement(
        data=AgreementData(
            name="Samverkansöverenskommelse 2023–2026",
            parties=["Provkommun", "Lokalpolisområde Prov"],
            starts_on=date(2023, 1, 1),
            ends_on=date(2026, 12, 31),
            decided_on=date(2023, 5, 8),
            decided_by="Kommunstyrelsen",
            purpose="Mindre brottslighet i den offentliga miljön.",
            areas=AREAS,
        ),
        by=job("set_up"),
        now=datetime(2023, 5, 9, 8, tzinfo=UTC),
    )


def page(user, *, now=NOW) -> str:
    with time_machine.travel(now, tick=False):
        answer = signed_in(user).get(reverse(START))
    assert answer.status_code == 200
    return answer.content.decode()


def drawing(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(re.search(r"<svg width.*?</svg>", html, re.S).group())


def table(html: str) -> list[list[str]]:
    body = re.search(r"<tbody.*?</tbody>", html, re.S).group()
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


@pytest.fixture
def two_half_years(cast, agreement):
    """Twelve cases in one half-year, three in the next."""
    for day, number in ((datetime(2025, 9, 1, 9, tzinfo=UTC), 12), (datetime(2026, 3, 2, 9, tzinfo=UTC), 3)):
        for _ in range(number):
            make_case(worker=cast.worker, at=day, given_name="Kanariefågel", need="Kanarieöarna")
    return cast


def test_page_without_an_agreement_says_so_and_freezes_nothing(cast):
    assert "Ingen överenskommelse är inlagd" in page(cast.manager)
    assert not Leaf.objects.filter(event="followup.figure_frozen").exists()


def test_page_shows_the_agreement_and_its_areas_in_their_own_words(cast, agreement):
    html = page(cast.manager)
    for words in (
        "Samverkansöverenskommelse 2023–2026",
        "Lokalpolisområde Prov",
        "2023-05-08",
        *[a.text for a in AREAS],
    ):
        assert words in html


def test_only_ended_half_years_of_the_agreement_are_shown(cast, agreement):
    periods = [row[0] for row in table(page(cast.manager))]
    assert periods[0] == "Första halvåret 2023"
    assert periods[-1] == "Första halvåret 2026"
    assert len(periods) == 7


def test_small_figures_are_two_dots_and_larger_ones_rounded(two_half_years):
    rows = {row[0]: row[1:3] for row in table(page(two_half_years.manager))}
    assert rows["Andra halvåret 2025"] == ["10", "omkring 10"]
    assert rows["Första halvåret 2026"] == ["..", "färre än 8"]
    # A half-year without any case looks exactly like one with seven.
    assert rows["Första halvåret 2023"] == rows["Första halvåret 2026"]


def test_protected_half_years_are_drawn_alike_and_never_as_zero(two_half_years):
    picture = drawing(page(two_half_years.manager))
    bars = [bar for bar in picture.iter("rect") if "rx" in bar.attrib]
    hatched = [bar for bar in bars if bar.get("fill") == "url(#skraffering)"]
    assert (len(bars), len(hatched)) == (7, 6)
    assert len({(bar.get("height"), bar.get("y")) for bar in hatched}) == 1
    assert int(hatched[0].get("height")) > 0


def test_picture_has_its_words_for_those_who_hear_the_page(two_half_years):
    picture = drawing(page(two_half_years.manager))
    assert picture.get("role") == "img"
    named = {element.get("id"): element.text for element in picture}
    name, words = (named[key] for key in picture.get("aria-labelledby").split())
    assert name == "Öppnade avhopparärenden per halvår"
    assert "Andra halvåret 2025: omkring 10." in words
    assert "Första halvåret 2026: färre än 8." in words


def test_symbol_is_explained_beside_the_figures(cast, agreement):
    html = page(cast.manager)
    assert "betyder något av talen 0 till 7" in html
    assert "Även noll är dolt." in html


def test_page_needs_no_inline_style_or_script(cast, agreement):
    html = page(cast.manager)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html)


def test_page_holds_no_case_no_exact_count_and_no_link_to_the_programme(two_half_years):
    html = page(two_half_years.manager)
    links = re.findall(r'href="([^"]*)"', html)
    assert not [link for link in links if "arenden" in link or "forfragningar" in link or "logg/" in link]
    for case in Case.objects.all():
        for secret in (str(case.pk), case.number, case.code_name):
            assert secret not in html
    assert "Kanarie" not in html
    assert not re.search(r">\s*(12|3)\s*<", html)


def test_second_reading_shows_the_first_ones_figures_though_cases_have_come(two_half_years):
    first = table(page(two_half_years.manager))
    for _ in range(20):
        make_case(worker=two_half_years.worker, at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert table(page(two_half_years.officer, now=datetime(2026, 12, 1, 9, tzinfo=UTC))) == first


@pytest.mark.parametrize("number", [None, 10, 25, 60, 145, 500, 2005])
def test_bars_stay_inside_the_drawing_and_their_height_follows_the_number(number):
    figures = [Figure("jan–jun", "2023", None, ".."), Figure("jul–dec", "2023", number, str(number))]
    chart = draw(figures=figures, least_shown=8)
    for bar in chart.bars:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
        assert TOP <= bar.y < bar.y + bar.height == FLOOR < HEIGHT
    assert 2 <= len(chart.lines) <= 8
    if number and number < 200:
        assert chart.bars[1].height / chart.bars[0].height == pytest.approx(number / 8, rel=0.2)


def test_drawing_is_made_from_what_is_printed_alone():
    hidden = Figure("jan–jun", "2023", None, "..")
    assert len({bar.height for bar in draw(figures=[hidden] * 5, least_shown=8).bars}) == 1
