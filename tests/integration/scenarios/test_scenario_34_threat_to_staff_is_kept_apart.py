"""Scenario 34: a threat to staff is recorded apart from the client's file, and leads to nobody."""

from __future__ import annotations

import re

import pytest
from django.db import models
from django.urls import reverse

from avhopp.sealed.scope import Denied
from cases.models import Deviation, Incident, UnitRequest
from tests.cast import acting
from tests.universe import World
from tests.universe.incidents import INCIDENT, report

OUTSIDE = (Incident, Deviation, UnitRequest)


@pytest.fixture
def incident(cast, case, opened):
    return report(World(cast, case, opened))


@pytest.mark.parametrize("model", OUTSIDE, ids=lambda model: model.__name__)
def test_what_stands_outside_points_to_no_case_and_no_person(model):
    targets = {
        field.related_model._meta.label
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    assert targets == {"accounts.Unit", "accounts.User"}


def test_incident_has_a_key_of_its_own_and_is_in_no_page_of_the_case(browse, cast, case, incident):
    from avhopp.sealed.models import ScopeKey

    assert ScopeKey.objects.get(scope=incident.pk).kind == "incident"
    client = browse(cast.worker)
    for name in ("case", "case_notes", "case_documents", "case_cooperation", "case_access"):
        page = client.get(reverse(f"cases:{name}", args=[case])).content.decode()
        assert INCIDENT["text"] not in page


def test_reporter_and_her_supervisor_read_it_and_nobody_else(browse, cast, incident):
    address = reverse("cases:incident", args=[incident.pk])
    answers = {name: browse(user).get(address).status_code for name, user in cast.everyone().items()}
    assert {name for name, status in answers.items() if status == 200} == {"worker", "supervisor"}
    assert {answers[name] for name in ("colleague", "co_worker", "stranger", "other_supervisor")} == {404}


def test_list_shows_what_one_may_read(browse, cast, incident):
    shown = {
        name: incident_link(browse(getattr(cast, name)), incident)
        for name in ("worker", "colleague", "supervisor", "other_supervisor")
    }
    assert shown == {"worker": True, "colleague": False, "supervisor": True, "other_supervisor": False}


def incident_link(client, incident) -> bool:
    page = client.get(reverse("cases:incidents")).content.decode()
    return reverse("cases:incident", args=[incident.pk]) in page


def test_forgotten_gate_opens_nothing(cast, incident):
    with acting(cast.colleague), pytest.raises(Denied):
        _ = Incident.objects.get(pk=incident.pk).text


def test_number_that_leads_to_a_client_is_stopped(browse, cast, case):
    from cases.models import Case

    client = browse(cast.worker)
    page = client.get(reverse("cases:incident_new")).content.decode()
    sent = {
        **INCIDENT,
        "key": re.search(r'name="key" value="([^"]+)"', page)[1],
        "occurred_at": "2026-03-02T09:00",
    }
    for number in ("900607-2384", Case.objects.get(pk=case).number):
        response = client.post(reverse("cases:incident_new"), {**sent, "text": f"Gällde {number}."})
        assert response.status_code == 422
    assert not Incident.objects.exists()
    assert client.post(reverse("cases:incident_new"), sent).status_code == 302


def test_contact_data_of_staff_is_not_kept_with_it():
    names = {field.name for field in Incident._meta.get_fields()}
    assert not names & {"phone", "address", "email", "staff", "victim"}
