"""Details of a protected person: on no page until the reader asks for some of them, for a while, for herself alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf
from tests.addresses import ADDRESSES, ask
from tests.cast import TEST_NUMBER, make_case
from tests.universe import rows_of
from tests.universe.given import Given

NAME, FAMILY, PHONE = "Sällsynt", "Namnsson", "070-1740699"
# The last four digits count as themselves or after the date, and not as part of a row's id or a form's token.
NUMBER = rf"(?<![0-9A-Za-z])(?:(?:19)?900607[-+]?)?{TEST_NUMBER[8:]}(?![0-9A-Za-z])"
DETAILS = re.compile("|".join([NAME, FAMILY, PHONE, "1990-06-07", NUMBER]))
ROW_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def details_in(page: str) -> list[str]:
    return DETAILS.findall(ROW_ID.sub("", page))


@pytest.fixture
def protected(cast):
    return make_case(
        worker=cast.worker,
        given_name=NAME,
        family_name=FAMILY,
        phone=PHONE,
        protection="marked",
        at=timezone.now(),
    )


def person_page(case) -> str:
    return reverse("cases:case_person_page", args=[case])


def shown(browser, case, group):
    return browser.post(reverse("cases:case_unmask", args=[case]), {"group": group}, follow=True)


def test_no_page_of_the_case_holds_a_detail_that_nobody_has_asked_for(browse, cast):
    case = make_case(
        worker=cast.worker, given_name=NAME, family_name=FAMILY, phone=PHONE, protection="marked"
    )
    rows = {"case": case, **rows_of(Given(case, cast.worker, cast.supervisor, cast.co_worker))}
    readers = [browse(cast.worker), browse(cast.supervisor)]
    pages = 0
    for name, converters in ADDRESSES:
        if not name.startswith("cases:") or "case" not in converters or not set(converters) <= rows.keys():
            continue
        url = reverse(name, kwargs={key: rows[key] for key in converters})
        for reader in readers:
            answer = ask(reader, url)
            if answer.status_code == 200 and not answer.streaming:
                assert details_in(answer.content.decode()) == [], name
                pages += 1
    assert pages > 60


@pytest.mark.parametrize(
    "written", ["199006072384", "19900607-2384", "900607-2384", "2384", NAME, FAMILY, PHONE]
)
def test_search_for_details_finds_each_way_of_writing_them_and_no_id(written):
    assert details_in(f"<td>{written}</td>") == [written]
    assert details_in("375c15b9-2384-48bf-a0b3-6e6ba47cfcd5 token=Ab2384xY") == []


def test_each_group_is_shown_by_itself_and_recorded(browse, cast, protected):
    browser = browse(cast.worker)
    page = browser.get(person_page(protected)).content.decode()
    assert "Visa namn och nummer" in page
    assert NAME not in page
    page = shown(browser, protected, "identity").content.decode()
    assert NAME in page
    assert PHONE not in page
    assert PHONE in shown(browser, protected, "contact").content.decode()
    assert Leaf.objects.filter(event="person.unmasked", actor=cast.worker.pk).count() == 2


def test_it_is_hidden_again_after_a_quarter_of_an_hour(browse, cast, protected):
    browser = browse(cast.worker)
    shown(browser, protected, "identity")
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        assert NAME in browser.get(person_page(protected)).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1), tick=False):
        browser = browse(cast.worker)
        assert NAME not in browser.get(person_page(protected)).content.decode()


def test_what_one_has_asked_for_is_not_shown_to_a_colleague(browse, cast, protected):
    shown(browse(cast.worker), protected, "identity")
    assert NAME not in browse(cast.supervisor).get(person_page(protected)).content.decode()


def test_form_that_would_show_it_leads_to_where_it_is_asked_for(browse, cast, protected):
    browser = browse(cast.worker)
    url = reverse("cases:case_person", args=[protected])
    assert browser.get(url).headers["Location"] == person_page(protected)
    shown(browser, protected, "identity")
    assert NAME in browser.get(url).content.decode()


def test_stranger_cannot_ask_and_an_unknown_group_shows_nothing(browse, cast, protected):
    assert shown(browse(cast.stranger), protected, "identity").status_code == 404
    shown(browse(cast.worker), protected, "everything")
    assert not Leaf.objects.filter(event="person.unmasked").exists()
