"""Scenario 7: a consent that names school and police to 30 June is withdrawn on 1 May."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from audit.models import Leaf
from cases import events
from cases.actions import consents, disclosures
from cases.models import Disclosure, LegalBasis, Task
from tests.universe.consents import CONSENT
from tests.universe.disclosures import ASKED, delegate, verdict

BEFORE = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 5, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def story(cast, opened, time_machine):
    """Shared once on the consent in April; withdrawn on 1 May; a new request on 2 May."""
    with opened(cast.worker, at=BEFORE) as (found, actor):
        verb = {"opened": found, "by": actor, "now": BEFORE}
        consent = consents.give(values=CONSENT, **verb)
        first = disclosures.register(values=ASKED, **verb)
        disclosures.decide(
            disclosure=first, version=1, verdict=verdict(consent=consent, sent_on=BEFORE.date()), **verb
        )
    time_machine.move_to(AFTER, tick=False)
    with opened(cast.worker, at=AFTER) as (found, actor):
        verb = {"opened": found, "by": actor, "now": AFTER}
        consents.withdraw(consent=consent, version=1, on=date(2026, 5, 1), how="Per telefon.", **verb)
        later = disclosures.register(values={**ASKED, "received_on": AFTER.date()}, **verb)
    return consent, later


@pytest.fixture
def client(browse, cast):
    return browse(cast.worker)


def send(client, case, disclosure, **changes):
    address = reverse("cases:case_disclosure", args=[case, disclosure.pk])
    page = client.get(address).content.decode()
    sent = {
        "key": re.search(r'name="key" value="([^"]+)"', page)[1],
        "version": "1",
        "verification": "switchboard",
        "verified_how": "Ringde växeln 114 14.",
        "balance": "Bra för samordningen.",
        "answer": "all",
        "sent_text": "Möte på tisdag kl. 10.",
        "sent_on": "2026-05-02",
        "sent_how": "phone",
    }
    return client.post(address, {**sent, **changes})


def test_further_sharing_is_refused_recorded_and_the_alternatives_are_named(client, case, story):
    consent, later = story
    response = send(client, case, later, ground=consent.pk)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Samtycket är återkallat" in page
    assert "10 kap. 2 § OSL" in page
    assert "Möte på tisdag kl. 10." in page
    assert Leaf.objects.filter(event=events.DISCLOSURE_STOPPED.code).count() == 1
    assert not Disclosure.objects.get(pk=later.pk).is_decided


def test_an_earlier_day_does_not_help(client, case, story):
    consent, later = story
    assert send(client, case, later, ground=consent.pk, sent_on="2026-04-30").status_code == 403


def test_what_was_shared_stays_listed_and_the_team_has_a_task(client, case, story):
    page = client.get(reverse("cases:case_cooperation", args=[case])).content.decode()
    assert page.count("Möte på tisdag kl. 10.") == 1
    assert "Återkallat" in page
    assert Task.objects.filter(case=case, rule="consent_withdrawn", ended="").count() == 1


def test_another_lawful_basis_can_be_chosen_with_reasons(client, cast, case, story):
    _consent, later = story
    basis = LegalBasis.objects.get(code="osl_10_2")
    response = send(client, case, later, ground=basis.pk)
    assert response.status_code == 422
    assert "ingen gällande delegation" in response.content.decode()
    delegate(cast, basis.code, at=AFTER)
    assert send(client, case, later, ground=basis.pk).status_code == 302
    page = client.get(reverse("cases:case_cooperation", args=[case])).content.decode()
    assert "10 kap. 2 § OSL" in page
    assert not Task.objects.filter(case=case, rule="disclosure_request", ended="").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": date(2026, 5, 1)}, "gäller inte den dagen"),
        ({"receivers": ["school"]}, "omfattar inte den mottagaren"),
    ],
    ids=["expired", "not for that receiver"],
)
def test_consent_that_has_run_out_or_is_for_others_is_refused_the_same_way(
    client, cast, opened, case, story, changes, sentence
):
    _consent, later = story
    with opened(cast.worker, at=BEFORE) as (found, actor):
        other = consents.give(opened=found, values={**CONSENT, **changes}, by=actor, now=BEFORE)
    response = send(client, case, later, ground=other.pk)
    assert response.status_code == 403
    assert sentence in response.content.decode()
    assert Leaf.objects.filter(event=events.DISCLOSURE_STOPPED.code).count() == 1
