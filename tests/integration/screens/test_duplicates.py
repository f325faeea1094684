"""Intake is told whom to ask, and never whom it is about."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Leaf
from cases.actions import duplicates
from cases.models import Case, Person
from tests.cast import NOW, TEST_NUMBER, acting, make_case, person_data

NEW = "/arenden/nytt/"
TYPED = {
    "track": "exit",
    "intake": "own_contact",
    "given_name": "Muhammed",
    "family_name": "Exempelsson",
    "identity_kind": "unknown",
    "identity_number": "",
    "birth_date": "1990-06-07",
    "legal_sex": "man",
    "protection": "none",
    "source": "self",
    "need": "Vill lämna.",
    "phone": "",
}


@pytest.fixture
def theirs(cast):
    """Somebody whom the other unit knows, spelt in another way."""
    return make_case(worker=cast.stranger, given_name="Mohamed", family_name="Exempelson")


def send(client, cast, **changes):
    key = client.get(NEW).context["form"]["key"].value()
    return client.post(NEW, {**TYPED, "responsible": str(cast.worker.pk), "key": key, **changes})


def test_the_unit_is_named_and_nothing_else(browse, cast, theirs):
    response = send(browse(cast.worker), cast)
    page = response.content.decode()
    main = page[page.index("<main") :]
    number = Case.objects.get(pk=theirs).number
    assert response.status_code == 422
    assert "Enhet Syd" in main
    assert all(word not in main for word in ("Mohamed", number, str(theirs), TEST_NUMBER, "Stranger"))
    assert Case.objects.count() == 1


def test_case_is_opened_once_she_says_that_she_has_asked(browse, cast, theirs):
    response = send(browse(cast.worker), cast, has_asked="on")
    assert response.status_code == 302
    assert Case.objects.count() == 2


def test_nobody_alike_is_asked_about_nothing(browse, cast, theirs):
    assert send(browse(cast.worker), cast, given_name="Erik", family_name="Skenberg").status_code == 302


def test_number_is_found_whatever_the_name(cast, theirs):
    with acting(cast.worker) as actor:
        units = duplicates.ask(person=person_data(given_name="Annan", family_name="Helt"), by=actor, now=NOW)
    assert [unit.name for unit in units] == ["Enhet Syd"]


def test_question_is_recorded_with_those_who_were_opened(cast, theirs):
    person = Case.objects.get(pk=theirs).person_id
    with acting(cast.worker) as actor:
        duplicates.ask(person=person_data(), by=actor, now=NOW)
    leaf = Leaf.objects.get(event="person.asked_about")
    from audit.models import LeafSubject

    assert list(LeafSubject.objects.filter(leaf=leaf.pk).values_list("row", flat=True)) == [person]
    assert leaf.actor == cast.worker.pk


def test_eleventh_question_in_a_minute_is_refused(browse, cast, theirs):
    with acting(cast.worker) as actor:
        for _ in range(duplicates.MOST):
            duplicates.ask(person=person_data(), by=actor, now=NOW)
        with pytest.raises(duplicates.TooManyQuestions):
            duplicates.ask(person=person_data(), by=actor, now=NOW)


def test_page_says_wait_and_keeps_what_was_typed(browse, cast, theirs, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = browse(cast.worker)
    for _ in range(duplicates.MOST):
        send(client, cast, responsible="")
        send(client, cast)
    response = send(client, cast)
    assert response.status_code == 429
    assert "Vänta" in response.content.decode()
    assert "Muhammed" in response.content.decode()


def test_comparing_leaves_nothing_open_for_the_one_who_asks(cast, theirs):
    from avhopp.sealed.scope import Denied

    compared = Case.objects.select_related("person").get(pk=theirs).person
    with acting(cast.worker) as actor:
        duplicates.ask(person=person_data(), by=actor, now=NOW)
        assert not Person.objects.filter(pk=compared.pk).exists()
        with pytest.raises(Denied):
            str(compared.given_name)


def test_bucket_follows_the_birth_date_and_says_nothing_for_an_unknown_one(cast):
    from avhopp.sealed.indexes import BITS, birth_bucket

    known = make_case(
        worker=cast.worker, identity_kind="unknown", identity_number="", birth_date=date(1990, 6, 7)
    )
    assert Case.objects.get(pk=known).person.intake_bucket == birth_bucket(date(1990, 6, 7))
    for _ in range(20):
        make_case(worker=cast.worker, identity_kind="unknown", identity_number="", birth_date=None)
    buckets = set(Person.objects.values_list("intake_bucket", flat=True))
    assert buckets <= set(range(2**BITS))
    assert len(buckets) > 3


def test_changed_birth_date_moves_the_bucket_also_when_that_field_alone_is_saved(cast, case):
    from avhopp.sealed.indexes import birth_bucket
    from cases.access import get_case

    with acting(cast.worker) as actor:
        person = get_case(actor=actor, case=case, at=NOW).case.person
        person.birth_date = date(1991, 2, 3)
        person.save(update_fields=["birth_date"])
    assert Person.objects.get().intake_bucket == birth_bucket(date(1991, 2, 3))


def test_address_of_the_form_is_the_one_of_new_cases():
    assert reverse("cases:case_new") == NEW
