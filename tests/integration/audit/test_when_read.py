"""When things were read, in a heat map and a bar a day, each with its table; for the reviewer and for a case's own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf
from tests.cast import acting, make_case
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("audit:log_when")
WEEKDAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


def read(user, case, *, at):
    from cases.access import get_case

    with acting(user, at=at) as actor:
        get_case(actor=actor, case=case, at=at)


@pytest.fixture
def nine():
    """Nine in the morning nine days ago, Stockholm time: not on today's weekday, for the page itself is read today."""
    return timezone.localtime().replace(hour=9, minute=5, second=0, microsecond=0) - timedelta(days=9)


@pytest.fixture
def made(cast, nine):
    case = make_case(worker=cast.worker, at=nine - timedelta(days=3))
    for minute in range(4):
        read(cast.worker, case, at=nine + timedelta(minutes=minute))
    read(cast.supervisor, case, at=nine + timedelta(days=5, hours=14))
    return case


def numbers(page: str, day: datetime) -> list[int]:
    """The hours of a day's weekday in the table."""
    row = WEEKDAYS[day.weekday()]
    cells = page.split(f'<th class="govuk-table__header" scope="row">{row}</th>')[1].split("</tr>")[0]
    return [int(number) for number in re.findall(r">(\d+)</td>", cells)]


def test_reviewer_sees_days_and_hours_in_words_picture_and_table(cast, made, nine):
    page = signed_in(cast.auditor).get(PAGE).content.decode()
    assert numbers(page, nine)[9] == 4
    assert sum(numbers(page, nine)) == 4
    assert numbers(page, nine + timedelta(days=5))[23] == 1
    assert f"Flest på {WEEKDAYS[nine.weekday()]} mellan kl. 09 och 10: 4." in page
    assert f"Flest {nine:%Y-%m-%d}: 4." in page
    assert page.count('role="img"') == page.count("<desc") == 2
    assert ' style="' not in page


def test_it_follows_the_search_and_is_recorded_without_the_case(cast, made, nine):
    from cases.models import Case

    other = make_case(worker=cast.worker, at=nine)
    read(cast.worker, other, at=nine + timedelta(hours=1))
    number = Case.objects.get(pk=other).number
    client = signed_in(cast.auditor)
    asked = client.post(reverse("audit:log"), {"number": number})
    word = asked.headers["Location"].split("urval=")[1]
    page = client.get(f"{PAGE}?urval={word}").content.decode()
    assert (numbers(page, nine)[9], numbers(page, nine)[10]) == (0, 1)
    leaf = Leaf.objects.filter(event="log.searched", actor=cast.auditor.pk).latest("at")
    assert b"log_rhythm?" in bytes(leaf.body)
    assert number.encode() not in bytes(leaf.body)


def test_own_case_shows_when_it_was_read_and_not_what_the_reviewer_asked(cast, made, nine):
    from cases.models import Case

    number = Case.objects.get(pk=made).number
    signed_in(cast.auditor).post(reverse("audit:log"), {"number": number}, follow=True)
    page = signed_in(cast.worker).get(reverse("cases:case_access_when", args=[made])).content.decode()
    assert numbers(page, nine)[9] == 4
    # Five readings, and the one that shows this page.
    assert "6 läsningar" in page


def test_who_may_not_see_readers_sees_no_picture_of_them(cast, made):
    url = reverse("cases:case_access_when", args=[made])
    assert signed_in(cast.co_worker).get(url).status_code == 403
    assert signed_in(cast.stranger).get(url).status_code == 404
    assert signed_in(cast.worker).get(PAGE).status_code == 403


def test_nothing_found_says_what_to_do(cast):
    client = signed_in(cast.auditor)
    asked = client.post(reverse("audit:log"), {"since": "2001-01-01", "until": "2001-01-02"})
    page = client.get(f"{PAGE}?{asked.headers['Location'].split('?')[1]}").content.decode()
    assert "Inga läsningar i den tiden" in page
    assert "<svg" not in page.split("<main")[1].split("</main>")[0] or 'role="img"' not in page
