"""Bedömningar: written at the desk, read with what has moved, and the threat where everybody in the case sees it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Assessment, NeedsMapping
from tests.universe import World
from tests.universe import assessments as threat
from tests.universe import mappings as needs

TODAY = timezone.localdate()
TYPED = {
    **threat.THREAT,
    "assessed_on": f"{TODAY}",
    "review_on": f"{TODAY + timedelta(days=30)}",
    "valid_until": f"{TODAY + timedelta(days=60)}",
}


@pytest.fixture
def client(browse, cast, case):
    return browse(cast.worker)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def page(client, case) -> str:
    return client.get(reverse("cases:case_assessments", args=[case])).content.decode()


def sign_on_screen(client, address, typed):
    sent = client.post(address, {**typed, "version": 1, "do": "review"})
    assert sent.status_code == 302, sent.context["form"].errors
    read_through = client.get(sent.url).content.decode()
    assert client.post(address, {"version": 2, "do": "sign"}).status_code == 302
    return read_through


def test_worker_assesses_the_threat_and_the_bar_says_so_on_every_page(client, case):
    address = client.post(reverse("cases:case_assessment_new", args=[case])).url
    assert "Risken är hög" in sign_on_screen(client, address, TYPED)
    for name in ("case", "case_notes", "case_access"):
        bar = client.get(reverse(f"cases:{name}", args=[case])).content.decode()
        assert re.search(rf"Hotnivå</dt><dd>Hög, bedömd {TODAY}", bar)


def test_threat_is_told_to_nobody_in_a_list(client, world, case):
    threat.sign(world)
    for name in ("cases:list", "start", "cases:enquiries"):
        assert "Hotnivå" not in client.get(reverse(name)).content.decode()


def test_threat_that_has_run_out_is_said_to_have(client, world, case):
    threat.sign(
        world,
        assessed_on=date(2026, 1, 1),
        review_on=date(2026, 1, 10),
        valid_until=date(2026, 1, 20),
    )
    shown = page(client, case)
    assert "Hög, gällde till 2026-01-20" in shown
    assert "Gäller inte längre" in shown


def test_what_comes_from_the_police_carries_its_mark_and_nothing_else_does(client, world, case):
    threat.sign(world, police_information="Uppges vara eftersökt.")
    shown = page(client, case)
    marked = re.findall(r"<h4[^>]*>([^<]*) <strong[^>]*>Lämnas inte ut utan menprövning", shown)
    assert marked == ["Uppgifter från polisen"]
    assert "Uppges vara eftersökt." in shown


def test_no_level_means_no_fact_in_the_bar(client, world, case):
    threat.sign(world, kind="asi", training="ASI 2025", threat_level="")
    assert "Hotnivå</dt>" not in page(client, case)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"threat_level": ""}, "threat_level"),
        ({"kind": "savry"}, "training"),
        ({"result": ""}, "result"),
        ({"valid_until": f"{TODAY + timedelta(days=1)}"}, "valid_until"),
        ({"review_on": f"{TODAY - timedelta(days=1)}"}, "review_on"),
        ({"assessed_on": f"{TODAY + timedelta(days=1)}"}, "assessed_on"),
    ],
)
def test_what_is_not_whole_is_not_read_through(client, case, changes, field):
    address = client.post(reverse("cases:case_assessment_new", args=[case])).url
    response = client.post(address, {**TYPED, "version": 1, "do": "review", **changes})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_half_an_assessment_is_saved_while_it_is_written(client, case):
    address = client.post(reverse("cases:case_assessment_new", args=[case])).url
    response = client.post(address + "spara/", {"version": 1, "result": "Halv"})
    assert (response.status_code, "sparat kl." in response.content.decode()) == (200, True)


def test_areas_are_scored_one_by_one_and_compared_with_the_last_time(client, world, case):
    needs.sign(world, mapped_on=date(2026, 1, 1), areas={"housing": {"score": 4}, "health": {"score": 1}})
    address = client.post(reverse("cases:case_mapping_new", args=[case])).url
    assert "Förra gången: 4 – Akut behov" in client.get(address).content.decode()
    typed = {"mapped_on": f"{TODAY}", "housing_score": "1", "health_score": "3", "crime_score": "2"}
    sign_on_screen(client, address, typed)
    shown = page(client, case)
    assert "6 av 12 poäng i 3 bedömda områden." in shown
    assert "Behovet har minskat med 1 (−1) sedan 2026-01-01, i 2 jämförda områden." in shown
    newest = shown[shown.index(f"Kartläggning {TODAY}</h3>") :]
    table = newest[: newest.index("</table>")]
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table, re.S)
    rows = {name.strip(): cells for name, cells in found}
    assert "Minskat −3" in rows["Boende"]
    assert "Ökat +2" in rows["Psykisk och fysisk hälsa"]
    assert "Minskat" not in rows["Kriminalitet"]
    assert "Ökat" not in rows["Kriminalitet"]


def test_trend_is_drawn_with_its_table_and_told_in_words(client, world, case):
    needs.sign(world, mapped_on=date(2026, 1, 1), areas={"housing": {"score": 4}})
    needs.sign(world, mapped_on=date(2026, 2, 1), areas={"housing": {"score": 2}})
    shown = page(client, case)
    assert re.search(r"<desc[^>]*>2026-01-01: 100 %\. 2026-02-01: 50 %\.</desc>", shown)
    drawing = shown[shown.index('<svg class="app-trend"') :]
    assert drawing[: drawing.index("</svg>")].count("<circle") == 2
    assert "Kartläggningar över tid" in shown
    assert "Minskat −2" in shown


def test_mapping_without_a_score_says_where_to_begin(client, case):
    address = client.post(reverse("cases:case_mapping_new", args=[case])).url
    response = client.post(address, {"mapped_on": f"{TODAY}", "version": 1, "do": "review"})
    assert response.status_code == 422
    assert "protection_score" in response.context["form"].errors


def test_score_outside_the_scale_is_refused(client, case):
    address = client.post(reverse("cases:case_mapping_new", args=[case])).url
    assert client.post(address, {"housing_score": "5", "version": 1, "do": "save"}).status_code == 422


def test_two_people_on_one_mapping_see_both(browse, cast, client, case):
    address = client.post(reverse("cases:case_mapping_new", args=[case])).url
    typed = {"mapped_on": f"{TODAY}", "version": 1, "do": "save"}
    browse(cast.supervisor).post(address, {**typed, "housing_state": "Arbetsledarens ord."})
    response = client.post(address, {**typed, "housing_state": "Mina ord."})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Arbetsledarens ord." in shown
    assert "Mina ord." in shown
    assert NeedsMapping.objects.get().version == 2


def test_correction_keeps_the_original_beneath(client, world, case):
    signed = threat.sign(world)
    draft = client.post(reverse("cases:case_assessment_correct", args=[case, signed.pk])).url
    typed = {**TYPED, "threat_level": "acute", "correction_reason": "Fel nivå."}
    sign_on_screen(client, draft, typed)
    shown = page(client, case)
    original = re.search(r"<summary>Ursprunglig lydelse</summary>(.*?)</details>", shown, re.S)[1]
    assert "Hotnivå: Akut" in shown
    assert "Hög" in original
    assert "Fel nivå." in original


def test_draft_is_thrown_away_after_asking(client, case):
    address = client.post(reverse("cases:case_assessment_new", args=[case])).url
    assert "Kasta utkastet?" in client.get(address + "kasta/").content.decode()
    assert client.post(address + "kasta/", {"version": 1}).status_code == 302
    assert not Assessment.objects.exists()


def test_link_makes_nothing_until_the_button_is_pressed(client, case):
    for name in ("case_assessment_new", "case_mapping_new"):
        assert client.get(reverse(f"cases:{name}", args=[case])).status_code == 200
    assert not Assessment.objects.exists()
    assert not NeedsMapping.objects.exists()
