"""Scenario 6: a client gets an assumed identity. No record has room for the link between the two, the pages say so
where somebody might write it, and she comes back as a new person in a new file."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import reverse

from cases.actions import duplicates
from cases.models import Case, Person
from cases.models.identity import AliasKind
from cases.models.row import PersonRow
from tests.cast import NOW, acting, make_case, person_data
from tests.signed_in import signed_in

ASSUMED = {
    "identity_kind": "unknown",
    "identity_number": "",
    "given_name": "Helt",
    "family_name": "Annorlunda",
    "birth_date": None,
    "phone": "",
    "phone_is_safe": None,
}


def test_scenario_06_no_record_points_from_one_person_to_another(db):
    to_people = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.related_model is Person
        and not issubclass(model, PersonRow)
        and not model.__name__.startswith("Historical")
    }
    assert to_people == {"cases.Case.person", "cases.BirthDateWatch.person"} & to_people | {
        "cases.Case.person"
    }
    assert not any(field.related_model is Person for field in Person._meta.get_fields() if field.concrete)
    assert set(AliasKind.values) == {"nickname", "former", "spelling", "online"}


@pytest.mark.parametrize("name", ["case_person", "case_alias_new", "case_number_new"])
def test_scenario_06_page_says_that_it_is_not_written_here(cast, case, name):
    page = signed_in(cast.worker).get(reverse(f"cases:{name}", args=[case])).content.decode()
    assert "fingerad" in page


def test_scenario_06_new_file_knows_nothing_of_the_old_one(cast, case):
    before = set(Person.objects.values_list("pk", flat=True))
    with acting(cast.worker) as actor:
        assert duplicates.ask(person=person_data(**ASSUMED), by=actor, now=NOW) == []
    new = Case.objects.get(pk=make_case(worker=cast.worker, **ASSUMED))
    assert new.related_to is None
    assert new.person_id not in before
