"""Tasks for the ages that the law knows follow the birth date, whoever changes it, and the database learns no day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from audit.models import Leaf
from cases import tasks
from cases.actions import people
from cases.models import BirthDateWatch, Case, Person, Task
from cases.models.task import TaskEnd

pytestmark = pytest.mark.django_db
BORN = date(2009, 5, 14)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(tasks.follow_birth_date, "delay", tasks.follow_birth_date.run)


def age_tasks(life) -> dict[str, date]:
    """The waiting age tasks and the days that they hold, opened."""
    with life.opened():
        return {task.rule: task.birthday for task in life.tasks(ended="") if task.rule.startswith("age_")}


def edit(life, **changes) -> None:
    with life.opened() as verb:
        version = Case.objects.get(pk=life.case).version
        people.edit_person(changes=changes, version=version, **verb)


def test_the_ages_ahead_are_set_when_a_case_is_opened(begin):
    life = begin(date(2027, 3, 1), birth_date=BORN)
    assert age_tasks(life) == {
        "age_18": date(2027, 5, 14),
        "age_18_officer": date(2027, 5, 14),
        "age_21": date(2030, 5, 14),
    }


def test_the_database_holds_the_month_of_a_birthday_and_nothing_nearer(begin):
    life = begin(date(2027, 3, 1), birth_date=BORN)
    assert {task.due_on.day for task in life.tasks(rule__startswith="age_")} == {1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM cases_task t WHERE rule LIKE 'age%%'")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert "2027-05-01" in stored
    assert "05-14" not in stored


def test_nothing_is_set_for_a_grown_up_or_an_unknown_age(begin):
    assert age_tasks(begin(date(2027, 3, 1), birth_date=date(1990, 6, 7))) == {}
    assert age_tasks(begin(date(2027, 3, 1), birth_date=None)) == {}


def test_a_date_that_becomes_known_sets_them(begin):
    life = begin(date(2027, 3, 1), birth_date=None)
    edit(life, birth_date=BORN)
    assert set(age_tasks(life)) == {"age_18", "age_18_officer", "age_21"}
    assert Leaf.objects.filter(event="person.edited").count() == 1


@pytest.mark.parametrize("corrected", [date(2009, 5, 20), date(2009, 11, 2), date(2012, 2, 29)])
def test_a_corrected_date_moves_them_within_the_month_and_beyond_it(begin, corrected):
    from cases.deadlines import ages_of

    life = begin(date(2027, 3, 1), birth_date=BORN)
    edit(life, birth_date=corrected)
    wanted = {code: day for code, day in ages_of(corrected).items() if day >= life.day}
    assert age_tasks(life) == wanted
    assert {task.ended for task in life.tasks(rule="age_21")} == {"", "replaced"}


def test_a_date_that_is_corrected_there_and_back_leaves_what_was_there(begin):
    life = begin(date(2027, 3, 1), birth_date=BORN)
    before = age_tasks(life)
    edit(life, birth_date=date(2012, 2, 29))
    edit(life, birth_date=BORN)
    assert age_tasks(life) == before


def test_one_that_makes_the_client_grown_up_takes_them_away(begin):
    life = begin(date(2027, 3, 1), birth_date=BORN)
    edit(life, birth_date=date(1999, 1, 1))
    assert age_tasks(life) == {}


def test_what_is_dealt_with_is_not_set_again(begin):
    from cases.actions.tasks import end

    life = begin(date(2027, 5, 1), birth_date=BORN)
    with life.opened() as verb:
        end(task=Task.objects.get(case=life.case, rule="age_18"), how=TaskEnd.DONE, **verb)
    edit(life, birth_date=date(2012, 2, 29))
    edit(life, birth_date=BORN)
    assert set(age_tasks(life)) == {"age_18_officer", "age_21"}


def test_the_nightly_job_opens_nothing_where_all_is_as_it_should_be(begin):
    begin(date(2027, 3, 1), birth_date=BORN)
    begin(date(2027, 3, 1), birth_date=None)
    before = Leaf.objects.count()
    tasks.follow_birth_dates()
    assert Leaf.objects.count() == before


def test_the_nightly_job_sets_what_another_way_forgot(begin):
    """A birth date that was saved past the actions that set the tasks, as an import or a later verb might."""
    life = begin(date(2027, 3, 1), birth_date=None)
    with life.opened():
        person = Person.objects.get(cases=life.case)
        person.birth_date = BORN
        person.save()
    assert age_tasks(life) == {}
    tasks.follow_birth_dates()
    tasks.follow_birth_dates()
    assert set(age_tasks(life)) == {"age_18", "age_18_officer", "age_21"}
    (leaf,) = Leaf.objects.filter(event="ages.followed")
    assert (leaf.actor, leaf.role) == (None, "job:follow_birth_dates")
    assert Leaf.objects.filter(event="case.opened_by_clock").count() == 1


def test_a_case_that_has_ended_is_left_alone(begin):
    life = begin(date(2027, 3, 1), birth_date=BORN)
    life.move("closed", closure_reason="declined")
    BirthDateWatch.objects.all().delete()
    tasks.follow_birth_dates()
    assert age_tasks(life) == {}


@pytest.mark.parametrize("role", ["job:remind_of_deadlines", "supervisor"])
def test_no_other_job_and_no_person_opens_a_case_by_the_clock(begin, role):
    from audit.events import Actor
    from avhopp.sealed.scope import CryptoScope, Denied
    from cases.access import NotVisible, open_by_clock
    from tests.integration.clocks.conftest import noon

    life = begin(date(2027, 3, 1), birth_date=BORN)
    found = Case.objects.select_related("person").get(pk=life.case)
    actor, now = Actor(user=None, role=role), noon(life.day)
    with CryptoScope(actor=actor, purpose="ages", at=now):
        with pytest.raises(NotVisible):
            open_by_clock(actor=actor, at=now, case=found)
        with pytest.raises(Denied):
            _ = found.person.birth_date
    assert Leaf.objects.filter(event="case.refused", role=role).exists()
