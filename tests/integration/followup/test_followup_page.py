"""What the safety manager and the officer see: four areas, figures with their words, and only what is released."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from audit.models import Leaf
from cases.models import Case
from followup.models import Indicator, Measure, Narrative, Neighbour, Release, TypedFigure
from followup.steps import Step
from tests.followup_made import JULY, count, courses, make_agreement, propose, published
from tests.signed_in import signed_in

START = "followup:start"


@pytest.fixture
def at_july():
    with time_machine.travel(JULY, tick=False):
        yield


@pytest.fixture
def manager(cast, at_july):
    return signed_in(cast.manager, fresh=True)


@pytest.fixture
def officer(cast, at_july):
    return signed_in(cast.officer, fresh=True)


@pytest.fixture
def released(cast, agreement):
    courses(cast, 14, met_after=1)
    courses(cast, 2, met_after=9, track="prevention")
    courses(cast, 8, track=None)
    return published(cast, agreement)


def text_of(client, name, *arguments) -> str:
    answer = client.get(reverse(f"followup:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def area_page(client, agreement, number=2) -> str:
    return text_of(client, "area", agreement.areas.get(number=number).pk)


def tables(html: str) -> dict[str, list[list[str]]]:
    found = {}
    for table in re.findall(r"<table.*?</table>", html, re.S):
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", table, re.S)[1].strip()
        rows = re.findall(r"<tr.*?</tr>", re.search(r"<tbody.*?</tbody>", table, re.S)[0], re.S)
        found[caption] = [
            [
                re.sub(
                    r"<[^>]+>", "", re.sub(r"<span class=.govuk-visually-hidden.*?</span>", "", cell)
                ).strip()
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            ]
            for row in rows
        ]
    return found


def test_page_without_an_agreement_says_what_to_do(manager, officer):
    assert "Ta in en fil" in text_of(manager, "start")
    assert "Ta in en fil" not in text_of(officer, "start")


def test_start_page_shows_the_areas_in_their_own_words_and_the_last_figures(manager, released):
    html = text_of(manager, "start")
    assert "Vidareutveckla modellen för avhopparverksamheten." in html
    assert re.search(r"Avhopparärenden</span>\s*<span class=\"app-mini__value\">15</span>", html)
    assert "Senast redovisat: Andra halvåret 2025 (nr 1)" in html


def test_start_page_tells_the_manager_what_she_could_do_next_and_the_officer_nothing(
    manager, officer, released
):
    assert "Första halvåret 2026 är slut och inte redovisat." in text_of(manager, "start")
    assert "inte redovisat" not in text_of(officer, "start")


def test_figures_stand_in_a_table_with_their_words(manager, agreement, released):
    rows = tables(area_page(manager, agreement))["Avhopparärenden, ärenden sedan start"]
    assert rows[-2] == ["Andra halvåret 2025", "15", "omkring 15"]
    assert rows[-1] == ["Första halvåret 2026", "", "ingen redovisning denna period"]
    rows = tables(area_page(manager, agreement))["Förebyggande ärenden, ärenden sedan start"]
    assert rows[-2] == ["Andra halvåret 2025", "..", "0 till 7, eller visas inte"]


def test_refused_and_never_proposed_periods_look_alike_to_the_recipient(cast, agreement, officer, released):
    before = area_page(officer, agreement)
    refused = count(propose(cast, agreement, plan="utforlig", period="2026H1", now=JULY), now=JULY)
    assert refused.step == Step.REFUSED
    hide = re.compile(r'value="[^"]{20,}"|X-CSRFToken[^}]*')
    assert hide.sub("", area_page(officer, agreement)) == hide.sub("", before)
    assert str(refused.pk) not in text_of(officer, "releases")
    assert officer.get(reverse("followup:release", args=[refused.pk])).status_code == 404


def test_pictures_have_their_words_and_protected_figures_are_hatched(manager, agreement, released):
    html = area_page(manager, agreement)
    pictures = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg xmlns.*?</svg>", html, re.S)]
    assert len(pictures) >= 5
    space = "{http://www.w3.org/2000/svg}"
    for picture in pictures:
        named = {element.get("id"): element.text for element in picture}
        assert picture.get("role") == "img"
        assert all(named[key] for key in picture.get("aria-labelledby").split())
    words = " ".join(picture.find(f"{space}desc").text for picture in pictures)
    assert "Andra halvåret 2025: omkring 15." in words
    assert "Andra halvåret 2025: 0 till 7, eller visas inte." in words
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_page_holds_no_case_no_exact_count_and_no_link_to_the_programme(manager, agreement, released):
    for html in (
        text_of(manager, "start"),
        area_page(manager, agreement),
        text_of(manager, "release", released.pk),
    ):
        links = re.findall(r'href="([^"]*)"', html)
        assert not [
            link for link in links if "arenden/" in link or "forfragningar" in link or "logg/" in link
        ]
        for case in Case.objects.all():
            assert not {str(case.pk), case.number, case.code_name} & set(re.findall(r"[\w-]+", html))
        assert "Kanarie" not in html
        assert not re.search(r">\s*(24|16|14)\s*<", html)
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html)


def test_manager_proposes_and_the_worker_is_told_only_after_the_commit(
    manager, agreement, released, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr("followup.tasks.work_on_release.delay", told.append)
    plan = agreement.plans.get(code="grov-halvar")
    with django_capture_on_commit_callbacks(execute=True):
        answer = manager.post(reverse("followup:release_new"), {"plan": plan.pk, "period": "2026H1"})
        assert told == []
    made = Release.objects.get(step=Step.WAITING)
    assert answer.url == reverse("followup:release", args=[made.pk])
    assert told == [str(made.pk)]


def test_yearly_plan_for_a_first_half_year_is_an_error_of_the_form(manager, agreement, released):
    plan = agreement.plans.get(code="grov-ar")
    answer = manager.post(reverse("followup:release_new"), {"plan": plan.pk, "period": "2026H1"})
    assert answer.status_code == 422
    assert "Planen redovisas vid årets slut" in answer.content.decode()


def test_second_proposal_at_once_is_an_error_of_the_form(cast, manager, agreement, released):
    propose(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY)
    plan = agreement.plans.get(code="grov-halvar")
    answer = manager.post(reverse("followup:release_new"), {"plan": plan.pk, "period": "2026H1"})
    assert answer.status_code == 422
    assert "En annan redovisning är på väg" in answer.content.decode()


def test_refusal_says_why_to_the_manager_and_offers_another_plan(cast, manager, agreement, released):
    refused = count(propose(cast, agreement, plan="utforlig", period="2026H1", now=JULY), now=JULY)
    html = text_of(manager, "release", refused.pk)
    assert "skulle kunna räknas ut" in html
    assert "Välj en annan plan" in html
    assert "&lt;" not in html


def test_progress_is_asked_for_until_it_is_done(cast, manager, agreement, released):
    release = propose(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY)
    url = reverse("followup:release_progress", args=[release.pk])
    assert url in text_of(manager, "release", release.pk)
    assert manager.get(url).status_code == 200
    count(release, now=JULY)
    done = manager.get(url)
    assert (done.status_code, done.headers["HX-Refresh"]) == (286, "true")


def test_officer_reads_everything_and_approves_what_she_saw(cast, manager, officer, agreement, released):
    release = count(propose(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY), now=JULY)
    assert "väntar på att du granskar" in text_of(officer, "start")
    url = reverse("followup:release_decide", args=[release.pk])
    html = officer.get(url).content.decode()
    assert "Avrundat till närmaste femtal." in html
    assert "0 till 7 döljs alltid" in html
    assert "Prövat mot en angripare" in html
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', html)[1]
    assert officer.post(url, {"seen": seen, "do": "return", "comment": ""}).status_code == 422
    assert officer.post(url, {"seen": "0" * 64, "do": "approve"}).status_code == 409
    assert officer.post(url, {"seen": seen, "do": "approve"}).status_code == 302
    assert Release.objects.get(pk=release.pk).step == Step.APPROVED
    assert manager.get(url).status_code == 302


def test_approval_asks_who_one_is_once_more(cast, officer, agreement, released):
    release = count(propose(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY), now=JULY)
    url = reverse("followup:release_decide", args=[release.pk])
    stale = signed_in(cast.officer)
    assert "bekrafta" in stale.get(url).url
    assert stale.post(url, {"do": "approve"}).status_code == 401


def test_manager_takes_a_proposal_back(cast, manager, agreement, released):
    release = propose(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY)
    manager.post(reverse("followup:release_withdraw", args=[release.pk]))
    assert Release.objects.get(pk=release.pk).step == Step.WITHDRAWN
    assert manager.post(reverse("followup:release_withdraw", args=[release.pk])).status_code == 409


def test_published_release_shows_who_proposed_and_approved_and_its_hash(officer, released):
    html = text_of(officer, "release", released.pk)
    for words in ("Manager", "Officer", released.sha256):
        assert words in html


def test_figures_are_typed_in_and_a_file_of_people_is_refused_on_the_page(manager, agreement):
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {
        "indicator": Indicator.objects.get(code="otrygga").pk,
        "period": "2025",
        "value": "24,5",
        "source": "mätningen",
    }
    assert manager.post(reverse("followup:figures"), form).status_code == 302
    assert str(TypedFigure.objects.get().value) == "24.50"
    people = SimpleUploadedFile("x.csv", "namn;period;värde;källa\nProv Provsson;2025;1;x\n".encode())
    answer = manager.post(reverse("followup:figures_file"), {"file": people})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "tas inte emot" in html
    assert "Provsson" not in html
    assert TypedFigure.objects.count() == 1


def test_agreement_comes_in_and_out_as_a_file(cast, manager):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from followup import definition
    from tests.followup_made import definition_data

    raw = definition.write(definition_data())
    answer = manager.post(reverse("followup:agreement_file"), {"file": SimpleUploadedFile("a.json", raw)})
    assert answer.status_code == 302
    exported = manager.get(reverse("followup:agreement_export"))
    assert exported.content == raw
    assert exported.headers["Content-Disposition"].startswith("attachment")
    again = manager.post(reverse("followup:agreement_file"), {"file": SimpleUploadedFile("a.json", raw)})
    assert again.status_code == 302
    bad = manager.post(reverse("followup:agreement_file"), {"file": SimpleUploadedFile("a.json", b"{}")})
    assert (bad.status_code, "saknar" in bad.content.decode()) == (422, True)


def test_manager_writes_about_an_area_and_keeps_measures(manager, agreement):
    area = agreement.areas.get(number=4)
    url = reverse("followup:narrative", args=[area.pk])
    assert manager.post(url, {"period": "2025H2", "text": "Lugnare."}).status_code == 302
    assert manager.post(url, {"period": "2025H2", "text": "Om 19900607-2384"}).status_code == 422
    assert Narrative.objects.get().text == "Lugnare."
    new = {"text": "Vandringar", "responsible": "Fält", "state": "ongoing"}
    assert manager.post(reverse("followup:measure_new", args=[area.pk]), new).status_code == 302
    measure = Measure.objects.get(text="Vandringar")
    assert (
        manager.post(reverse("followup:measure", args=[measure.pk]), {**new, "state": "done"}).status_code
        == 302
    )
    indicator = area.indicators.first()
    changed = {
        name: getattr(indicator, name) or "x" for name in ("name", "definition", "unit", "source", "target")
    }
    assert manager.post(reverse("followup:indicator", args=[indicator.pk]), changed).status_code == 302
    html = text_of(manager, "area", area.pk)
    assert "Lugnare." in html
    assert "Genomförd" in html


def test_figure_known_from_elsewhere_is_entered_on_the_page(manager, agreement):
    cell = '[["slag", "avhopparärenden"]]'
    form = {"period": "2025H2", "cell": cell, "low": "12", "high": "10", "source": "protokoll"}
    assert manager.post(reverse("followup:known"), form).status_code == 422
    assert manager.post(reverse("followup:known"), {**form, "high": "14"}).status_code == 302
    assert "protokoll" in text_of(manager, "known")


@pytest.mark.parametrize("form", ["pdf", "xlsx", "ods", "csv", "json"])
def test_each_file_is_fetched_with_a_leaf_and_holds_no_exact_count(manager, released, form):
    answer = manager.get(reverse(f"followup:report_{form}"))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (leaf,) = Leaf.objects.filter(event="followup.exported")
    assert f"form={form}" in bytes(leaf.body).decode()
    assert released.sha256 in bytes(leaf.body).decode()
    assert b"Kanarie" not in answer.content


def test_report_before_anything_is_released_has_no_file_to_check(manager, agreement):
    assert manager.get(reverse("followup:report_json")).status_code == 404
    assert manager.get(reverse("followup:report_csv")).status_code == 200


def test_earlier_agreement_is_read_by_its_address(cast, manager, agreement):
    from datetime import date

    later = make_agreement(cast, name="Nästa", starts_on=date(2027, 1, 1), ends_on=date(2030, 12, 31))
    html = manager.get(reverse(START), {"overenskommelse": str(later.pk)}).content.decode()
    assert "Nästa" in html
    assert f"overenskommelse={later.pk}" in html
    for wrong in ("x", str(cast.manager.pk)):
        assert manager.get(reverse(START), {"overenskommelse": wrong}).status_code == 404


def test_start_page_costs_as_many_statements_however_much_is_released(cast, manager, agreement, released):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        manager.get(reverse(START))
        with CaptureQueriesContext(connection) as asked:
            manager.get(reverse(START))
        return len(asked)

    before = cost()
    published(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY)
    assert cost() <= before + 1


def test_nobody_but_the_manager_reaches_the_forms(officer, agreement):
    area = agreement.areas.first().pk
    for name, arguments in (
        ("release_new", []),
        ("figures", []),
        ("figures_file", []),
        ("known", []),
        ("neighbour_new", []),
        ("agreement_file", []),
        ("measure_new", [area]),
    ):
        assert officer.get(reverse(f"followup:{name}", args=arguments)).status_code == 403
    assert not Neighbour.objects.exists()


def test_file_is_held_in_memory_and_its_form_needs_its_token(cast, at_july, agreement, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def never(*args, **kwargs):
        raise AssertionError("a file was written to a disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", never)
    client = signed_in(cast.manager, enforce_csrf_checks=True)
    url = reverse("followup:figures_file")
    raw = b"indikator;period;v\xc3\xa4rde;k\xc3\xa4lla\nordning;2025H1;371;polisen\n"
    assert client.post(url, {"file": SimpleUploadedFile("x.csv", raw)}).status_code == 403
    client.get(url)
    token = client.cookies["csrf"].value
    large = SimpleUploadedFile("x.csv", b"x" * 3_000_000)
    answer = client.post(url, {"file": large, "csrfmiddlewaretoken": token})
    assert (answer.status_code, "för stor" in answer.content.decode()) == (422, True)
    sent = {"file": SimpleUploadedFile("x.csv", raw), "csrfmiddlewaretoken": token}
    assert client.post(url, sent).status_code == 302
    assert TypedFigure.objects.count() == 1
