"""Scenario 10: the police ask for "all clients linked to network X". There is nothing to answer it with."""

from __future__ import annotations

import re

import pytest
from django.urls import get_resolver, reverse

from cases.models import NetworkTie, UnitRequest
from tests.addresses import patterns
from tests.cast import acting

ANSWERED = {
    "received_on": "2026-03-02",
    "receiver": "police",
    "receiver_name": "Inspektör Provman, Polisområde Prov",
    "what": "Alla klienter som är kopplade till nätverket X.",
    "answer": "no_search",
}


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+01:00", tick=False)


def form(client):
    page = client.get(reverse("cases:unit_request_new")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    text = re.search(r'<textarea name="answer_text"[^>]*>\s*([^<]+)', page)[1]
    return {**ANSWERED, "key": key, "answer_text": text}


def test_request_is_written_down_with_an_answer_that_says_nothing_of_anybody(browse, cast):
    client = browse(cast.worker)
    sent = form(client)
    assert client.post(reverse("cases:unit_request_new"), sent).status_code == 302
    found = UnitRequest.objects.get()
    page = client.get(reverse("cases:unit_request", args=[found.pk])).content.decode()
    assert "en sådan sökning finns inte" in page
    assert "Vi har ingen sökning på nätverk" in page
    with acting(cast.worker):
        assert found.what == ANSWERED["what"]


def test_request_about_a_person_does_not_belong_here(browse, cast, case):
    from cases.models import Case

    client = browse(cast.worker)
    for number in ("19900607-2384", Case.objects.get(pk=case).number):
        response = client.post(reverse("cases:unit_request_new"), {**form(client), "what": f"Om {number}."})
        assert response.status_code == 422
        assert "leder till en klient" in response.content.decode()
    assert not UnitRequest.objects.exists()


def test_there_is_no_search_by_network_and_no_way_from_a_tie_to_a_case():
    plain = {field.name for field in NetworkTie._meta.concrete_fields if "Sealed" not in type(field).__name__}
    assert plain <= {
        "id",
        "case",
        "person",
        "created_at",
        "created_by",
        "updated_at",
        "updated_by",
        "version",
    }
    assert not [name for name, _ in patterns(get_resolver()) if "network" in name and "case" not in name]
