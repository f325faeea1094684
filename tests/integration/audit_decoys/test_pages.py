"""The pages of decoys: an auditor asks, the officer approves, and both follow an alert up."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.decoys import watching
from audit.events import job
from audit.models import Decoy, DecoyAlert, Leaf
from audit.models_decoy import DecoyState
from tests.cast import NOW
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("audit:decoys")


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def auditor(cast, now):
    return signed_in(cast.auditor)


@pytest.fixture
def officer(cast, now):
    return signed_in(cast.officer)


def read(keepers) -> None:
    from django.utils import timezone

    with keepers.opener(keepers.cast.colleague, at=timezone.now()):
        pass
    watching.watch(by=job("watch_decoys"), now=timezone.now())


def test_auditor_asks_officer_approves_and_an_alert_is_followed_up(keepers, auditor, officer):
    asked = auditor.post(
        PAGE, {"number": keepers.number.lower(), "known_to": [str(keepers.cast.worker.pk)]}, follow=True
    ).content.decode()
    assert f"Ärende {keepers.number} väntar på godkännande" in asked
    assert "Någon annan som håller lockärenden godkänner det." in asked
    decoy = Decoy.objects.get()
    place = reverse("audit:decoy_decide", args=[decoy.pk])
    assert auditor.post(place, {"do": "approve"}).status_code == 403
    assert "Ärendet bevakas." in officer.post(place, {"do": "approve"}, follow=True).content.decode()
    read(keepers)
    assert "Ett lockärende har öppnats" in auditor.get(reverse("audit:review")).content.decode()
    assert f"Colleague har öppnat lockärendet {keepers.number}" in auditor.get(PAGE).content.decode()
    alert = reverse("audit:decoy_alert", args=[DecoyAlert.objects.get().pk])
    refused = auditor.post(alert, {"outcome": " "})
    assert (refused.status_code, "Skriv vad som gjordes" in refused.content.decode()) == (422, True)
    done = auditor.post(alert, {"outcome": "Talade med enhetschefen."}, follow=True).content.decode()
    assert "Uppföljda larm" in done
    assert "Talade med enhetschefen." in officer.get(alert).content.decode()
    assert "Ett lockärende har öppnats" not in auditor.get(reverse("audit:review")).content.decode()
    ended = officer.post(reverse("audit:decoy_end", args=[decoy.pk]), follow=True).content.decode()
    assert "Bevakas inte längre" in ended
    assert Decoy.objects.get().state == DecoyState.ENDED


def test_alert_shows_who_and_when_and_nothing_of_the_case(keepers, auditor):
    keepers.approve(keepers.ask())
    read(keepers)
    page = auditor.get(reverse("audit:decoy_alert", args=[DecoyAlert.objects.get().pk])).content.decode()
    assert "Colleague" in page
    assert keepers.number in page
    assert "Påhittad" not in page


@pytest.mark.parametrize("number", ["", "hej", "26-ZZZZZ"])
def test_number_of_no_case_is_refused_with_what_to_do_and_what_was_typed_stays(keepers, auditor, number):
    answer = auditor.post(PAGE, {"number": number, "known_to": [str(keepers.cast.worker.pk)]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{keepers.cast.worker.pk}"' in page
    assert "checked" in page
    assert not Decoy.objects.exists()


def test_form_sent_twice_asks_once(keepers, auditor):
    for _ in range(2):
        answer = auditor.post(PAGE, {"number": keepers.number}, follow=True)
    assert "redan ett lockärende" in answer.content.decode()
    assert Decoy.objects.count() == 1


def test_two_who_decide_at_once_are_told_so(keepers, officer):
    keepers.approve(keepers.ask())
    answer = officer.post(
        reverse("audit:decoy_decide", args=[Decoy.objects.get().pk]), {"do": "decline"}, follow=True
    )
    assert "Någon annan har redan gjort det." in answer.content.decode()
    assert Decoy.objects.get().state == DecoyState.WATCHED


def test_what_is_not_there_is_a_page_that_is_not_there(keepers, auditor):
    missing = "00000000-0000-4000-8000-000000000000"
    assert auditor.get(reverse("audit:decoy_alert", args=[missing])).status_code == 404
    assert auditor.post(reverse("audit:decoy_end", args=[missing])).status_code == 404


@pytest.mark.parametrize("role", ["worker", "supervisor", "manager", "administrator"])
def test_nobody_else_reaches_the_pages(keepers, now, role):
    client = signed_in(getattr(keepers.cast, role))
    assert client.get(PAGE).status_code == 403
    assert Leaf.objects.filter(event="page.refused", actor=getattr(keepers.cast, role).pk).count() == 1
