"""What has been changed in a case, from what to what, for whoever reads the case and for nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import make_case
from tests.signed_in import signed_in
from tests.universe import World

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Vill lämna.", "Vill lämna staden också."


def place(case) -> str:
    return reverse("cases:case_access_changes", args=[case])


@pytest.fixture
def changed(cast, case, opened):
    from cases.actions.cases import edit_case

    with opened(cast.worker) as (found, actor):
        edit_case(
            opened=found, changes={"need": AFTER, "source": "police"}, version=1, by=actor, now=timezone.now()
        )
    return case


def test_change_is_shown_with_who_when_from_what_and_to_what(cast, changed):
    page = signed_in(cast.worker).get(place(changed)).content.decode()
    for said in (BEFORE, AFTER, "Den enskilde själv", "Polisen", "Vad gäller ärendet?", "Worker"):
        assert said in page
    assert "En person lades till" in page
    # The number by which the program finds a row, and the index of names, are nobody's reading.
    assert str(changed) not in page.split("<main")[1].split("<table")[1].split("</table>")[0]


def test_database_holds_neither_the_old_nor_the_new_in_clear(changed):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM audit_changeentry AS t")
        rows = " ".join(text for (text,) in cursor.fetchall())
    assert "cases.case" in rows
    assert BEFORE not in rows
    assert AFTER not in rows


def test_stranger_and_missing_get_the_same_answer(cast, changed):
    client = signed_in(cast.stranger)
    missing = client.get(place("00000000-0000-4000-8000-000000000000"))
    forbidden = client.get(place(changed))
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert forbidden.content == missing.content


def test_what_is_masked_on_its_own_page_is_masked_here(cast):
    case = make_case(worker=cast.worker, at=timezone.now(), protection="registered", family_name="Dolsson")
    answer = signed_in(cast.worker).get(place(case))
    assert (answer.status_code, answer.content) == (302, b"")
    assert answer.headers["Location"] == reverse("cases:case_person_page", args=[case])


def test_tables_that_not_everybody_sees_whole_are_left_out(cast, case, opened):
    from audit.changes import ChangeEntry
    from cases.queries.changes import SHOWN
    from tests.universe.notes import SCENARIOS

    SCENARIOS["notes.start"](World(cast, case, opened))()
    told = set(ChangeEntry.objects.values_list("object_repr", flat=True))
    assert "cases.note" in told
    assert not {"cases.note", "cases.keepapart", "cases.recusal", "cases.restriction"} & SHOWN.keys()
    page = signed_in(cast.worker).get(place(case)).content.decode()
    assert "anteckning" not in page.split("<table")[1].split("</table>")[0]
