"""What stands outside the cases: reported, handled, closed, and locked."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Deviation, Incident
from tests.universe import World
from tests.universe.deviations import DEVIATION
from tests.universe.deviations import report as report_deviation
from tests.universe.incidents import INCIDENT
from tests.universe.incidents import report as report_incident

HANDLED = {"police": "made", "police_reference": "5000-K1-26", "safety": "Larm.", "measures": "Anmält."}
JUDGED = {"causes": "", "measures": "Rutinen är ändrad.", "severity": "not_serious", "reported_on": ""}


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


@pytest.fixture
def lead(browse, cast):
    return browse(cast.supervisor)


def post(client, address, **values):
    page = client.get(address).content.decode()
    found = {
        name: match[1]
        for name in ("key", "version")
        if (match := re.search(rf'name="{name}" value="([^"]+)"', page))
    }
    return client.post(address, {**found, **values})


def test_report_is_sent_once_however_often_it_is_pressed(browse, cast):
    client = browse(cast.co_worker)
    address = reverse("cases:incident_new")
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())[1]
    sent = {**INCIDENT, "occurred_at": "2026-03-02T09:00", "key": key}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Incident.objects.count() == 1


def test_what_has_not_happened_yet_is_not_reported(browse, cast):
    client = browse(cast.worker)
    response = post(client, reverse("cases:incident_new"), **{**INCIDENT, "occurred_at": "2999-01-01T09:00"})
    assert response.status_code == 422


def test_supervisor_handles_and_closes_and_then_nothing_is_changed(world, lead):
    incident = report_incident(world)
    address = reverse("cases:incident", args=[incident.pk])
    close = reverse("cases:incident_close", args=[incident.pk])
    response = post(lead, close)
    assert response.status_code == 422
    assert "Skriv åtgärderna" in response.content.decode()
    assert post(lead, address, **HANDLED).status_code == 302
    assert post(lead, close).status_code == 302
    assert "Anmält." in lead.get(address).content.decode()
    assert "<form" not in lead.get(address).content.decode().split("<main")[1].split("</main")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.update(version=9)
    assert (
        reverse("cases:incident", args=[incident.pk])
        in lead.get(reverse("cases:incidents") + "?visa=avslutade").content.decode()
    )


def test_reporter_reads_but_does_not_handle(world, browse, cast):
    incident = report_incident(world)
    client = browse(cast.worker)
    address = reverse("cases:incident", args=[incident.pk])
    assert "Uppföljning" not in client.get(address).content.decode()
    client.post(address, {**HANDLED, "version": "1", "key": "x"})
    assert client.get(reverse("cases:incident_close", args=[incident.pk])).status_code == 403
    assert Incident.objects.get().version == 1


def test_two_who_lead_the_unit_see_both_texts(world, lead, cast):
    incident = report_incident(world)
    address = reverse("cases:incident", args=[incident.pk])
    page = lead.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert post(lead, address, **HANDLED).status_code == 302
    response = lead.post(address, {**HANDLED, "measures": "Något annat.", "key": key, "version": "1"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Något annat." in shown
    assert "Anmält." in shown


@pytest.mark.parametrize(
    ("judged", "closes"),
    [
        ({}, True),
        ({"severity": "not_judged"}, False),
        ({"severity": "serious"}, False),
        ({"severity": "reported", "reported_on": "2026-03-02"}, True),
    ],
)
def test_serious_deviation_is_closed_when_ivo_knows(world, lead, judged, closes):
    deviation = report_deviation(world)
    address = reverse("cases:deviation", args=[deviation.pk])
    assert post(lead, address, **{**JUDGED, **judged}).status_code == 302
    response = post(lead, reverse("cases:deviation_close", args=[deviation.pk]))
    assert response.status_code == (302 if closes else 422)
    assert (Deviation.objects.get().closed_at is not None) == closes


def test_day_of_reporting_to_ivo_and_judgement_go_together(world, lead):
    deviation = report_deviation(world)
    address = reverse("cases:deviation", args=[deviation.pk])
    assert post(lead, address, **{**JUDGED, "severity": "reported"}).status_code == 422
    assert post(lead, address, **{**JUDGED, "reported_on": "2026-03-02"}).status_code == 422


def test_deviation_without_lex_sarah_is_closed_without_a_judgement(browse, cast, lead):
    assert (
        post(
            browse(cast.worker),
            reverse("cases:deviation_new"),
            **{**DEVIATION, "kind": "routine", "happened_on": "2026-03-01"},
        ).status_code
        == 302
    )
    deviation = Deviation.objects.get()
    address = reverse("cases:deviation", args=[deviation.pk])
    assert post(lead, address, **{**JUDGED, "severity": "not_judged"}).status_code == 302
    assert post(lead, reverse("cases:deviation_close", args=[deviation.pk])).status_code == 302
