"""Enheten, Utförare: the supervisor keeps the register of her own unit, and nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Provider
from tests.cast import NOW, acting
from tests.universe.providers import PROVIDER

TYPED = {**PROVIDER, "contract_from": "2026-01-01", "contract_to": "2027-12-31"}


@pytest.fixture
def provider(cast):
    from cases.actions import providers

    with acting(cast.supervisor) as actor:
        return providers.register(values=PROVIDER, by=actor, now=NOW)


def send(client, address, **changes):
    form = client.get(address).context["form"]
    data = {"key": form.fields["key"].initial, "version": form.initial.get("version", ""), **TYPED, **changes}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def test_supervisor_adds_a_provider_and_finds_it_in_the_list(browse, cast):
    client = browse(cast.supervisor)
    assert send(client, reverse("cases:provider_new")).status_code == 302
    page = client.get(reverse("cases:providers")).content.decode()
    assert "Påhittade Hemmet AB" in page
    assert "Kan väljas" in page


def test_provider_that_was_never_checked_says_so(browse, cast):
    client = browse(cast.supervisor)
    send(client, reverse("cases:provider_new"), checked_on="")
    assert "Aldrig kontrollerad" in client.get(reverse("cases:providers")).content.decode()


def test_the_form_sent_twice_makes_one(browse, cast):
    client, address = browse(cast.supervisor), reverse("cases:provider_new")
    form = client.get(address).context["form"]
    data = {**TYPED, "key": form.fields["key"].initial}
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Provider.objects.count() == 1


def test_supervisor_of_another_unit_neither_sees_nor_reaches_it(browse, cast, provider):
    client = browse(cast.other_supervisor)
    assert "Påhittade" not in client.get(reverse("cases:providers")).content.decode()
    foreign = client.get(reverse("cases:provider", args=[provider.pk]))
    missing = client.get(reverse("cases:provider", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]))
    assert (foreign.status_code, foreign.content) == (404, missing.content)


def test_case_worker_keeps_no_register(browse, cast):
    assert browse(cast.worker).get(reverse("cases:providers")).status_code == 403


def test_identity_number_in_the_note_is_stopped(browse, cast):
    response = send(browse(cast.supervisor), reverse("cases:provider_new"), note="Gäller 19900607-2384.")
    assert response.status_code == 422
    assert "identitetsnummer" in response.content.decode()
    assert not Provider.objects.exists()


def test_contract_cannot_end_before_it_begins(browse, cast):
    response = send(browse(cast.supervisor), reverse("cases:provider_new"), contract_to="2025-12-31")
    assert response.status_code == 422


def test_second_to_save_sees_both_texts_and_loses_nothing(browse, cast, provider):
    client, address = browse(cast.supervisor), reverse("cases:provider", args=[provider.pk])
    seen = client.get(address).context["form"]
    send(client, address, name="Först")
    data = {**TYPED, "key": seen.fields["key"].initial, "version": seen.initial["version"], "name": "Sedan"}
    response = client.post(address, data)
    assert response.status_code == 409
    assert {"Först", "Sedan"} <= set(response.content.decode().replace("<", ">").split(">"))
    assert Provider.objects.get().name == "Först"
