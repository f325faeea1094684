"""Scenario 9: the police phone for an address. Nothing is given until who, ground, reasons and words are written."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Leaf
from cases import events
from cases.actions import delegations
from cases.models import Disclosure, LegalBasis, Task
from tests.cast import NOW, acting
from tests.universe.disclosures import delegate

ASKED = {
    "initiative": "request",
    "receiver": "police",
    "receiver_name": "Inspektör Provman, Polisområde Prov",
    "received_on": "2026-03-02",
    "matter": "contact",
    "what": "Adressen.",
    "aim": "Förhör i ett ärende.",
}
GIVEN = {
    "version": "1",
    "verification": "switchboard",
    "verified_how": "Ringde 114 14 och kopplades till inspektören.",
    "special_reasons": "no",
    "balance": "Hotbilden är prövad i dag. Ingen känd risk av att polisen får adressen.",
    "answer": "all",
    "sent_text": "Provgatan 1, Provstad.",
    "sent_on": "2026-03-02",
    "sent_how": "phone",
}


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to("2026-03-02 10:00:00+01:00", tick=False)


@pytest.fixture
def client(browse, cast):
    return browse(cast.worker)


@pytest.fixture
def basis(db):
    return LegalBasis.objects.get(code="lag_2025_170_4")


@pytest.fixture
def delegation(cast, basis):
    return delegate(cast, basis.code, at=NOW)


def post(client, address, values):
    page = client.get(address).content.decode()
    return client.post(address, {"key": re.search(r'name="key" value="([^"]+)"', page)[1], **values})


def ask(client, case, **changes) -> str:
    """Write the request down; returns the address where it is decided."""
    assert (
        post(client, reverse("cases:case_disclosure_new", args=[case]), {**ASKED, **changes}).status_code
        == 302
    )
    found = Disclosure.objects.order_by("created_at").last()
    return reverse("cases:case_disclosure", args=[case, found.pk])


def test_request_is_written_down_and_nothing_is_given_by_it(client, case):
    address = ask(client, case)
    page = client.get(address).content.decode()
    assert Task.objects.filter(case=case, rule="disclosure_request", ended="").count() == 1
    assert "synnerliga skäl" in page
    assert "Ring tillbaka via växeln" in page
    # It begins with nothing being given, to nobody whose identity is known.
    assert re.search(r'value="none" checked', page)
    assert re.search(r'value="not_done" checked', page)
    assert not Disclosure.objects.get().is_decided


def test_delegate_gives_exactly_what_is_logged(client, cast, case, basis, delegation):
    address = ask(client, case)
    assert post(client, address, {**GIVEN, "ground": basis.pk}).status_code == 302
    page = client.get(reverse("cases:case_cooperation", args=[case])).content.decode()
    for text in (
        "Utlämnat",
        "Provgatan 1, Provstad.",
        "Ringde 114 14",
        "4 § lagen (2025:170)",
        cast.worker.name,
    ):
        assert text in page
    assert not Task.objects.filter(case=case, rule="disclosure_request", ended="").exists()
    assert Leaf.objects.filter(event=events.DISCLOSURE_DECIDED.code).count() == 1
    with acting(cast.worker):
        assert Disclosure.objects.get().delegation_row == str(delegation.pk)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verification": "not_done"}, "identitet inte är kontrollerad"),
        ({"special_reasons": "yes"}, "synnerliga skäl mot"),
        ({"special_reasons": ""}, "synnerliga skäl mot"),
        ({"ground": ""}, "Välj det samtycke eller lagrum"),
        ({"balance": ""}, "Skriv avvägningen"),
        ({"sent_text": ""}, "Skriv exakt vad som lämnas"),
        ({"verified_how": ""}, "Skriv hur det kontrollerades"),
        ({"sent_on": "2026-03-03"}, "inte varit än"),
    ],
)
def test_without_any_one_part_nothing_is_given(client, case, basis, delegation, changes, sentence):
    address = ask(client, case)
    response = post(client, address, {**GIVEN, "ground": basis.pk, **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Provgatan 1" in response.content.decode() or changes == {"sent_text": ""}
    assert not Disclosure.objects.get().is_decided


def test_nobody_gives_without_a_delegation_that_is_in_force(client, cast, case, basis, delegation):
    address = ask(client, case)
    with acting(cast.supervisor) as actor:
        delegations.withdraw(delegation=delegation, on=NOW.date(), by=actor, now=NOW)
    response = post(client, address, {**GIVEN, "ground": basis.pk})
    assert response.status_code == 422
    assert "ingen gällande delegation" in response.content.decode()
    assert not Disclosure.objects.get().is_decided


@pytest.mark.parametrize(
    "changes", [{"receiver": "school"}, {"matter": "other"}, {"initiative": "own"}], ids=str
)
def test_duty_to_give_contact_data_holds_for_requests_of_law_enforcement_alone(
    client, case, basis, delegation, changes
):
    address = ask(client, case, **changes)
    assert basis.place not in client.get(address).content.decode()
    assert post(client, address, {**GIVEN, "ground": basis.pk}).status_code == 422
    assert not Disclosure.objects.get().is_decided


def test_refusal_is_a_decision_that_says_how_it_is_appealed(client, case):
    address = ask(client, case)
    refused = {
        "version": "1",
        "verification": "switchboard",
        "balance": "Synnerliga skäl: hotet kommer från en anställd där.",
        "answer": "none",
        "sent_on": "2026-03-02",
    }
    response = post(client, address, {**refused, "appeal": ""})
    assert response.status_code == 422
    assert "hur beslutet överklagas" in response.content.decode()
    assert post(client, address, {**refused, "appeal": "Inom tre veckor, till oss."}).status_code == 302
    page = client.get(reverse("cases:case_cooperation", args=[case])).content.decode()
    assert "Inte utlämnat" in page
    assert "Inom tre veckor, till oss." in page


def test_decision_is_locked_and_a_second_tab_is_told_so(client, case, basis, delegation):
    address = ask(client, case)
    page = client.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    sent = {**GIVEN, "ground": basis.pk, "key": key}
    assert client.post(address, sent).status_code == 302
    response = client.post(address, {**sent, "answer": "none"})
    assert response.status_code == 409
    assert "redan beslutat" in response.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(version=9)


def test_lapsed_version_shows_both(client, case, basis, delegation):
    address = ask(client, case)
    assert post(client, address, {**GIVEN, "version": "0", "ground": basis.pk}).status_code == 409
    assert not Disclosure.objects.get().is_decided
