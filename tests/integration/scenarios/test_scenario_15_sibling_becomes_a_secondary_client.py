"""Scenario 15: a sibling is involved and becomes a secondary client: a file and a secrecy of her own, and nothing that
is said of the first client's family is copied into it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import reverse

from audit.models import LeafSubject
from avhopp.sealed.models import ScopeKey
from cases.access import NotVisible, get_case
from cases.actions.cases import open_case
from cases.models import Case
from cases.models.enquiry import Source
from cases.models.row import CaseRow, PersonRow
from cases.workflow import Track
from tests.cast import NOW, acting, person_data
from tests.signed_in import signed_in
from tests.universe import rows_of
from tests.universe.given import Given

SIBLING = {
    "identity_kind": "unknown",
    "identity_number": "",
    "given_name": "Syskon",
    "birth_date": None,
    "phone": "",
    "phone_is_safe": None,
}


@pytest.fixture
def sibling(cast, case):
    rows_of(Given(case, cast.worker, cast.supervisor, cast.co_worker))
    with acting(cast.worker) as actor:
        first = get_case(actor=actor, case=case, at=NOW)
        return open_case(
            track=Track.SECONDARY,
            person=person_data(**SIBLING),
            source=Source.FAMILY,
            need="Behöver skydd.",
            enquiry=None,
            responsible=cast.colleague,
            beside=first,
            by=actor,
            now=NOW,
        )


def test_scenario_15_file_and_key_are_her_own(case, sibling):
    assert sibling.person_id != Case.objects.get(pk=case).person_id
    scopes = {sibling.pk, sibling.person_id}
    assert set(ScopeKey.objects.filter(scope__in=scopes).values_list("scope", flat=True)) == scopes


def test_scenario_15_nothing_of_the_first_file_is_copied(sibling):
    copied = {}
    for model in apps.get_models():
        if issubclass(model, CaseRow) and model._meta.label != "cases.Task":
            copied[model] = model._base_manager.filter(case=sibling).count()
        elif issubclass(model, PersonRow):
            copied[model] = model._base_manager.filter(person=sibling.person_id).count()
    assert len(copied) > 10
    assert {model: number for model, number in copied.items() if number} == {}


def test_scenario_15_first_file_is_told_nothing(case, cast, opened, sibling):
    told = LeafSubject.objects.filter(row=sibling.pk).values_list("leaf", flat=True)
    assert told
    assert not LeafSubject.objects.filter(leaf__in=told, scope=case).exists()
    page = signed_in(cast.worker).get(reverse("cases:case", args=[case])).content.decode()
    assert sibling.number not in page
    assert "Syskon" not in page


def test_scenario_15_whoever_works_with_the_sibling_sees_the_sibling_alone(case, cast, sibling):
    number = Case.objects.get(pk=case).number
    browser = signed_in(cast.colleague)
    hers = browser.get(reverse("cases:case", args=[sibling.pk])).content.decode()
    assert "Syskon" in hers
    assert number not in hers
    assert browser.get(reverse("cases:case", args=[case])).status_code == 404
    with acting(cast.colleague) as actor, pytest.raises(NotVisible):
        get_case(actor=actor, case=case, at=NOW)
