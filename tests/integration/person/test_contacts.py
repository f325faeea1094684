"""Letters and calls obey what is known of a way, whoever tries; a refusal is recorded and changes nothing (N22)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from audit.models import Leaf
from cases.actions import contacts, particulars
from cases.models import Contact
from cases.queries.person import Particular
from cases.safe_contact import Obstacle
from tests.cast import NOW, make_case
from tests.signed_in import signed_in
from tests.universe.contacts import LETTER, POST
from tests.universe.people import ROWS

CALL = {"kind": "call", "on": NOW.date(), "result": "reached", "text": "", "reason": ""}


@pytest.fixture
def channel(cast, opened):
    """Write down a way to reach the client: `channel(is_safe=False)`."""

    def make(which=None, **changes):
        with opened(cast.worker, which=which) as (found, actor):
            values = {**POST, **changes}
            return particulars.add(
                opened=found, particular=Particular.CHANNEL, values=values, by=actor, now=NOW
            )

    return make


def write(opened, user, way, **changes):
    with opened(user) as (found, actor):
        given = {**LETTER, **changes}
        return contacts.write_letter(opened=found, channel=way, by=actor, now=NOW, **given)


def refusals() -> int:
    return Leaf.objects.filter(event="contact.refused").count()


@pytest.mark.parametrize("who", ["worker", "supervisor"])
@pytest.mark.parametrize(
    ("changes", "reason", "found"),
    [
        ({"is_safe": False}, "Det brådskar.", Obstacle.UNSAFE),
        ({"is_safe": None}, "", Obstacle.REASON_MISSING),
        ({"ended_on": date(2026, 1, 1)}, "", Obstacle.ENDED),
    ],
)
def test_letter_on_a_way_that_may_not_be_used_is_refused(cast, opened, channel, who, changes, reason, found):
    way = channel(**changes)
    with pytest.raises(contacts.NotUsable) as refused, transaction.atomic():
        write(opened, getattr(cast, who), way, reason=reason)
    assert refused.value.obstacle == found
    assert not Contact.objects.exists()


def test_letter_on_a_safe_way_keeps_the_address_as_it_was(cast, opened, channel):
    letter = write(opened, cast.worker, channel())
    with opened(cast.worker):
        assert Contact.objects.get(pk=letter.pk).address == POST["value"]


def test_unknown_way_is_used_with_a_reason_that_stays(cast, opened, channel):
    letter = write(opened, cast.worker, channel(is_safe=None), reason="Telefonen är avstängd.")
    with opened(cast.worker):
        assert Contact.objects.get(pk=letter.pk).reason == "Telefonen är avstängd."


def test_way_of_another_client_does_not_exist(cast, opened, channel):
    from cases.access import NotVisible

    other = channel(which=make_case(worker=cast.worker))
    with pytest.raises(NotVisible), transaction.atomic():
        write(opened, cast.worker, other)


def test_letter_does_not_go_to_a_telephone(cast, opened, channel):
    phone = channel(kind="phone")
    with pytest.raises(contacts.NotAnAddress), transaction.atomic():
        write(opened, cast.worker, phone)


def test_call_on_an_unsafe_telephone_is_refused(cast, opened, channel):
    phone = channel(**{**ROWS["channel"], "is_safe": False})
    with opened(cast.worker) as (found, actor), pytest.raises(contacts.NotUsable), transaction.atomic():
        contacts.note_contact(opened=found, channel=phone, by=actor, now=NOW, **CALL)


def test_contact_that_was_taken_cannot_be_changed_by_anybody(cast, opened, channel):
    write(opened, cast.worker, channel())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_contact SET version = 2")


def test_refusal_on_screen_is_recorded_and_says_what_to_do(cast, case, channel):
    way, browser = channel(is_safe=False), signed_in(cast.worker)
    url = reverse("cases:case_letter_new", args=[case])
    key = re.search(r'name="key" value="([^"]+)"', browser.get(url).content.decode())[1]
    before = refusals()
    answer = browser.post(url, {**LETTER, "channel": str(way.pk), "key": key})
    assert answer.status_code == 422
    assert "får inte användas" in answer.content.decode()
    assert refusals() == before + 1
    assert not Contact.objects.exists()


def test_letter_is_not_printed_when_its_way_has_become_unsafe(cast, case, opened, channel):
    way = channel()
    letter = write(opened, cast.worker, way)
    url = reverse("cases:case_letter", args=[case, letter.pk])
    browser = signed_in(cast.worker)
    assert POST["value"].split("\n")[0] in browser.get(url).content.decode()
    with opened(cast.worker) as (found, actor):
        particulars.change(
            opened=found,
            particular=Particular.CHANNEL,
            row=way,
            changes={"is_safe": False},
            version=1,
            by=actor,
            now=NOW,
        )
    before = refusals()
    answer = browser.get(url)
    assert answer.status_code == 403
    assert POST["value"].split("\n")[0] not in answer.content.decode()
    assert refusals() == before + 1


def test_printed_letter_tells_nothing_of_the_programme(cast, case, opened, channel):
    letter = write(opened, cast.worker, channel())
    page = signed_in(cast.worker).get(reverse("cases:case_letter", args=[case, letter.pk])).content.decode()
    assert re.search(r"<title>(.*?)</title>", page)[1] == "Brev"
    sheet = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"avhopp|ärende|socialtjänst|exit", sheet, re.IGNORECASE)


def test_sender_that_tells_is_given_back(cast, case, channel):
    way, browser = channel(), signed_in(cast.worker)
    url = reverse("cases:case_letter_new", args=[case])
    key = re.search(r'name="key" value="([^"]+)"', browser.get(url).content.decode())[1]
    sent = {**LETTER, "sender": "Avhopparenheten", "channel": str(way.pk), "key": key}
    answer = browser.post(url, sent)
    assert answer.status_code == 422
    assert not Contact.objects.exists()
    answer = browser.post(url, {**sent, "sender": "Provkommun"})
    assert answer.status_code == 302


def test_form_asks_for_a_way_first_when_there_is_none(cast):
    case = make_case(worker=cast.worker, phone="")
    browser = signed_in(cast.worker)
    for name in ("case_letter_new", "case_contact_new"):
        answer = browser.get(reverse(f"cases:{name}", args=[case]))
        assert answer.url == reverse("cases:case_channel_new", args=[case])


def test_intake_telephone_is_the_first_way(cast):
    case = make_case(worker=cast.worker, phone="070-1740605", phone_is_safe=None)
    page = signed_in(cast.worker).get(reverse("cases:case_person_page", args=[case])).content.decode()
    assert "070-1740605" in page
    assert "Inte känt om säker" in page
