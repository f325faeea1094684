"""A first contact, and the case that it becomes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Enquiry
from tests.cast import acting
from tests.signed_in import signed_in

# The number of the unit tests: a right check digit, from the published series of test numbers.
TEST_NUMBER = "199006072384"

CONTACT = {
    "received_at": "2026-03-01T10:00",
    "channel": "phone",
    "urgency": "now",
    "source": "self",
    "need": "Vill ha hjälp att lämna.",
    "callback": "",
}
PERSON = {
    "track": "exit",
    "intake": "own_contact",
    "source": "self",
    "need": "Vill lämna.",
    "given_name": "Prov",
    "family_name": "Provsson",
    "identity_kind": "personnummer",
    "identity_number": f"{TEST_NUMBER[:8]}-{TEST_NUMBER[8:]}",
    "birth_date": "",
    "legal_sex": "woman",
    "protection": "none",
    "phone": "",
    "phone_is_safe": "",
    "language": "",
    "needs_interpreter": "",
}


def key_in(response) -> str:
    return response.context["form"]["key"].value()


@pytest.fixture
def client(browse, cast):
    return browse(cast.worker)


def sent(client, address, data, **changes):
    key = key_in(client.get(address))
    return client.post(address, {**data, "key": key, **changes})


def open_data(cast, **changes):
    return {**PERSON, "responsible": str(cast.worker.pk), **changes}


def refusal(response, field: str) -> str:
    assert response.status_code == 422
    return " ".join(response.context["form"].errors[field])


NEW = "/forfragningar/ny/"
OPEN = "/arenden/nytt/"


def test_contact_from_the_future_is_refused(client):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = sent(client, NEW, CONTACT, received_at=tomorrow)
    assert "inte varit än" in refusal(response, "received_at")
    assert not Enquiry.objects.exists()


def test_anonymous_contact_with_a_number_is_refused_with_the_text_kept(client):
    response = sent(client, NEW, CONTACT, is_anonymous="on", need=f"Heter {TEST_NUMBER}")
    assert "identitetsnummer" in refusal(response, "need")
    assert TEST_NUMBER in response.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("text", ["a" * 100_000, "före\0efter"])
def test_too_long_text_and_nul_are_refused_with_the_text_kept(client, text):
    response = sent(client, NEW, CONTACT, need=text)
    assert refusal(response, "need")
    assert text in response.content.decode()


def test_contact_sent_twice_is_registered_once(client):
    key = key_in(client.get(NEW))
    first, second = (client.post(NEW, {**CONTACT, "key": key}) for _ in range(2))
    assert Enquiry.objects.count() == 1
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, second.url)


def test_form_of_a_colleague_is_refused(browse, cast, client):
    key = key_in(browse(cast.colleague).get(NEW))
    response = client.post(NEW, {**CONTACT, "key": key})
    assert refusal(response, "key")
    assert not Enquiry.objects.exists()


def test_anonymous_enquiry_offers_no_case(client):
    response = sent(client, NEW, CONTACT, is_anonymous="on")
    address = reverse("cases:enquiry_open_case", args=[Enquiry.objects.get().pk])
    assert address not in client.get(response.url).content.decode()
    assert client.get(address).status_code == 302
    assert not Case.objects.exists()


def test_enquiry_of_another_unit_does_not_exist(browse, cast, client):
    address = sent(client, NEW, CONTACT).url
    assert browse(cast.stranger).get(address).status_code == 404
    assert browse(cast.colleague).get(address).status_code == 200


def test_enquiry_is_ended_once(client):
    address = sent(client, NEW, CONTACT).url
    first = client.post(address + "avsluta/", {"outcome": "advice"})
    second = client.post(address + "avsluta/", {"outcome": "declined"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert Enquiry.objects.get().outcome == "advice"


def test_first_meeting_before_the_contact_is_refused_and_a_right_one_noted(client):
    address = sent(client, NEW, CONTACT).url
    wrong = client.post(address + "mote/", {"met_on": "2026-02-01"})
    right = client.post(address + "mote/", {"met_on": "2026-03-02"})
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert str(Enquiry.objects.get().first_meeting_on) == "2026-03-02"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"identity_number": "19900607-2381"}, "identity_number", "stämmer inte"),
        ({"identity_number": ""}, "identity_number", "stämmer inte"),
        ({"identity_kind": "samordningsnummer"}, "identity_number", "ökad med 60"),
        ({"identity_kind": "unknown"}, "identity_number", "Lämna numret tomt"),
        ({"birth_date": "2999-01-01"}, "birth_date", "inte varit än"),
        ({"birth_date": "1790-01-01"}, "birth_date", "120 år"),
        ({"given_name": ""}, "given_name", "förnamnet"),
        ({"responsible": "00000000-0000-4000-8000-000000000000"}, "responsible", ""),
    ],
)
def test_case_with_a_wrong_answer_is_refused_with_everything_kept(client, cast, changes, field, sentence):
    response = sent(client, OPEN, open_data(cast), **changes)
    assert sentence in refusal(response, field)
    assert "Provsson" in response.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "number", "born"),
    [
        ({}, TEST_NUMBER, "1990-06-07"),
        ({"birth_date": "1991-01-02"}, TEST_NUMBER, "1991-01-02"),
        ({"identity_kind": "unknown", "identity_number": ""}, "", "None"),
        ({"identity_kind": "interim", "identity_number": "19900607-T123"}, "19900607-T123", "None"),
        ({"given_name": "محمد 🙂", "family_name": "עברית"}, TEST_NUMBER, "1990-06-07"),
    ],
)
def test_case_is_opened_with_the_number_as_stored_and_a_date_of_birth_of_its_own(
    client, cast, changes, number, born
):
    response = sent(client, OPEN, open_data(cast), **changes)
    case = Case.objects.get()
    assert response.url == reverse("cases:case", args=[case.pk])
    with acting(cast.worker, at=timezone.now()):
        assert (case.person.identity_number, str(case.person.birth_date)) == (number, born)
    shown = client.get(response.url).content.decode()
    assert changes.get("given_name", "Prov") in shown


def test_case_sent_twice_is_opened_once(client, cast):
    key = key_in(client.get(OPEN))
    first, second = (client.post(OPEN, {**open_data(cast), "key": key}) for _ in range(2))
    assert Case.objects.count() == 1
    assert first.url == second.url


def test_enquiry_becomes_a_case_and_leads_to_it(client, cast):
    address = sent(client, NEW, CONTACT).url
    response = sent(client, address + "arende/", open_data(cast))
    assert response.status_code == 302
    assert response.url in client.get(address).content.decode()
    again = client.get(address + "arende/")
    assert (again.status_code, again.url) == (302, address)


def test_who_opens_a_case_for_a_colleague_is_told_that_she_has_no_access(client, cast):
    response = sent(client, OPEN, open_data(cast, responsible=str(cast.colleague.pk)))
    assert response.url == reverse("cases:list")
    assert "Du har själv ingen" in client.get(response.url).content.decode()


def test_two_presses_at_the_same_moment_register_one_contact(own_database, cast):
    clients = [signed_in(cast.worker) for _ in range(2)]
    key = key_in(clients[0].get(NEW))
    together = Barrier(2)

    def press(client):
        together.wait()
        try:
            return client.post(NEW, {**CONTACT, "key": key}).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        places = set(pool.map(press, clients))
    assert (len(places), Enquiry.objects.count()) == (1, 1)


@pytest.mark.parametrize("kind", ["notification", "application", "own_contact", "sspf"])
def test_each_way_in_gives_a_number_and_a_first_stage(client, cast, kind):
    answer = sent(client, "/arenden/nytt/", open_data(cast, track="prevention", intake=kind))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.intake, case.stage) == (kind, "protection_check")
    assert case.number


def test_way_in_is_asked_for(client, cast):
    assert refusal(sent(client, "/arenden/nytt/", open_data(cast, intake="")), "intake")


@pytest.mark.parametrize(
    "written",
    ["Ring 070-174 06 05.", "nås på +46701740605", "prov@exempel.example", "Mejla (prov@exempel.example)."],
)
@pytest.mark.parametrize("field", ["need", "callback"])
def test_anonymous_contact_with_a_telephone_number_or_an_address_is_warned_of_once(client, written, field):
    typed = {**CONTACT, "is_anonymous": "on", field: f"Vill lämna. {written}"}
    warned = sent(client, NEW, typed)
    assert "anonym" in refusal(warned, "keeps_details")
    assert written in warned.content.decode().replace("&#x27;", "'").replace("&lt;", "<")
    assert Enquiry.objects.count() == 0
    assert client.post(NEW, {**typed, "key": key_in(warned), "keeps_details": "on"}).status_code == 302


@pytest.mark.parametrize(
    "changes", [{}, {"is_anonymous": "on", "need": "Fick hot 2026-01-05 kl. 12, 3 gånger."}]
)
def test_others_are_not_warned(client, changes):
    typed = {**CONTACT, "need": "Ring 070-174 06 05.", **changes}
    assert sent(client, NEW, typed).status_code == 302
