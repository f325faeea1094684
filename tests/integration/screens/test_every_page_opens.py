"""Every page of the programme opens for whom it is for, and says no to the others in the way that fits."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.cast import NOW, make_case

CASE_PAGES = (
    "case",
    "case_person",
    "case_edit",
    "case_stages",
    "case_stage_request",
    "case_notes",
    "case_assessments",
    "case_assessment_new",
    "case_mapping_new",
    "case_plans",
    "case_plan_new",
    "case_access",
)
UNIT_PAGES = ("list", "enquiries", "enquiry_new", "case_new")


@pytest.mark.parametrize("name", CASE_PAGES)
def test_stranger_gets_the_bytes_of_an_address_that_does_not_exist(browse, cast, case, name):
    forbidden = browse(cast.stranger).get(reverse(f"cases:{name}", args=[case]))
    missing = browse(cast.stranger).get(
        reverse(f"cases:{name}", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12])
    )
    assert (forbidden.status_code, forbidden.content) == (404, missing.content)


@pytest.mark.parametrize("name", CASE_PAGES)
def test_worker_opens_the_page_of_her_case(browse, cast, case, name):
    assert browse(cast.worker).get(reverse(f"cases:{name}", args=[case])).status_code == 200


@pytest.mark.parametrize("name", UNIT_PAGES)
@pytest.mark.parametrize("who", ["auditor", "officer", "manager", "administrator"])
def test_role_without_casework_gets_403(browse, cast, name, who):
    assert browse(getattr(cast, who)).get(reverse(f"cases:{name}")).status_code == 403


@pytest.mark.parametrize("name", UNIT_PAGES)
def test_worker_opens_the_page_of_her_unit(browse, cast, name):
    assert browse(cast.worker).get(reverse(f"cases:{name}")).status_code == 200


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("auditor", "audit:log"),
        ("officer", "followup:start"),
        ("manager", "followup:start"),
        ("administrator", "accounts:list"),
    ],
)
def test_start_page_leads_those_without_cases_to_their_place(browse, cast, case, who, place):
    page = browse(getattr(cast, who)).get(reverse("start")).content.decode()
    main = page[page.index("<main") :]
    assert reverse(place) in main
    assert reverse("cases:list") not in main


def test_no_title_holds_the_persons_name(browse, cast):
    case = make_case(worker=cast.worker, given_name="Sällsynt", family_name="Namnsson")
    client = browse(cast.worker)
    pages = [client.get(reverse(f"cases:{name}", args=[case])).content.decode() for name in CASE_PAGES]
    titles = [re.search(r"<title>(.*?)</title>", page, re.S)[1] for page in pages]
    assert all("Sällsynt" in page for page in pages)
    assert not [title for title in titles if "Sällsynt" in title or "Namnsson" in title]


def test_protected_person_is_listed_by_code_name_and_not_named_inside_the_case_either(browse, cast):
    case = make_case(worker=cast.worker, given_name="Hemliga", family_name="Personen", protection="marked")
    client = browse(cast.worker)
    listed = client.get(reverse("cases:list")).content.decode()
    opened = client.get(reverse("cases:case", args=[case])).content.decode()
    assert "Hemliga" not in listed
    assert "Sekretessmarkering" in opened
    assert "Hemliga" not in opened


def test_unprotected_person_is_listed_by_name(browse, cast):
    make_case(worker=cast.worker, given_name="Öppna", family_name="Personen", protection="none")
    assert "Öppna Personen" in browse(cast.worker).get(reverse("cases:list")).content.decode()


def test_list_shows_25_and_keeps_its_state_in_the_address(browse, cast):
    for _ in range(26):
        make_case(worker=cast.worker)
    client = browse(cast.worker)
    first = client.get(reverse("cases:list"), {"visa": "egna"})
    second = client.get(reverse("cases:list"), {"visa": "egna", "page": "2"})
    assert [len(page.context["rows"]) for page in (first, second)] == [25, 1]
    assert "visa=egna" in first.content.decode()
    assert "page=2" in first.content.decode()


def test_opening_a_case_leaves_one_leaf(browse, cast, case):
    from audit.models import Leaf

    browse(cast.worker).get(reverse("cases:case", args=[case]))
    assert Leaf.objects.filter(event="case.viewed").count() == 1


def test_no_text_of_a_case_stays_in_the_session(browse, cast, case):
    client = browse(cast.worker)
    client.post(reverse("cases:case_note_new", args=[case]))
    values = str(dict(client.session.items()))
    assert "Prov" not in values
    assert str(NOW.year) + "0607" not in values
