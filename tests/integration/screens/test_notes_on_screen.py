"""Writing, autosaving, signing and correcting, with two people, two tabs and a session that ends."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cases.models import Note
from tests.cast import acting

TEXT = {"kind": "contact", "event_date": "2026-03-01", "source": "", "facts": "Kom i tid.", "assessment": ""}


@pytest.fixture
def client(browse, cast, case):
    return browse(cast.worker)


@pytest.fixture
def address(client, case) -> str:
    """The address of a fresh draft of the worker's."""
    return client.post(reverse("cases:case_note_new", args=[case])).url


def stored(cast):
    with acting(cast.worker):
        note = Note.objects.order_by("created_at").last()
        return note.version, note.facts


def write(client, address, version=1, do="save", **changes):
    return client.post(address, {**TEXT, "version": version, "do": do, **changes})


def signed(client, address):
    write(client, address, do="review")
    return client.post(address, {"version": 2, "do": "sign"})


def test_new_note_pressed_twice_makes_one_draft(client, address, case):
    again = client.post(reverse("cases:case_note_new", args=[case]))
    assert (again.url, Note.objects.count()) == (address, 1)


def test_link_to_a_new_note_makes_nothing_until_the_button_is_pressed(client, case):
    assert client.get(reverse("cases:case_note_new", args=[case])).status_code == 200
    assert not Note.objects.exists()


def test_autosave_saves_and_brings_the_new_version(client, address, cast):
    response = client.post(address + "spara/", {**TEXT, "version": 1}, headers={"HX-Request": "true"})
    body = response.content.decode()
    assert stored(cast) == (2, "Kom i tid.")
    assert 'value="2"' in body
    assert "hx-swap-oob" in body
    assert "sparat kl." in body


def test_autosave_over_a_colleagues_text_is_409_and_saves_nothing(browse, client, address, cast):
    write(browse(cast.supervisor), address, facts="Arbetsledarens.")
    response = client.post(address + "spara/", {**TEXT, "version": 1})
    assert response.status_code == 409
    assert "hx-swap-oob" not in response.content.decode()
    assert stored(cast) == (2, "Arbetsledarens.")


def test_two_people_on_one_draft_see_both_texts_and_can_save_after_choosing(browse, client, address, cast):
    write(browse(cast.supervisor), address, facts="Arbetsledarens ord.")
    response = write(client, address, facts="Mina egna ord.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Arbetsledarens ord." in page
    assert "Supervisor" in page
    assert "Mina egna ord." in page[page.index("<textarea") :]
    assert "hx-post" not in page
    assert stored(cast) == (2, "Arbetsledarens ord.")
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert write(client, address, version=version, facts="Mina egna ord.").status_code == 302
    assert stored(cast) == (3, "Mina egna ord.")


def test_ones_own_other_tab_is_not_written_over_however_soon(client, address, cast):
    client.post(address + "spara/", {**TEXT, "version": 1, "facts": "Kom sent."})
    response = write(client, address, version=1, facts="Kom i tid.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Du har sparat en annan text" in page
    assert "Kom sent." in page
    assert "Kom i tid." in page[page.index("<textarea") :]
    assert stored(cast) == (2, "Kom sent.")


def test_button_after_ones_own_autosave_of_the_same_text_saves(client, address, cast):
    client.post(address + "spara/", {**TEXT, "version": 1, "facts": "Kom i tid."})
    assert write(client, address, version=1, facts="Kom i tid.").status_code == 302
    assert stored(cast) == (2, "Kom i tid.")


def test_autosave_that_arrives_after_the_button_puts_no_older_text_over_newer(client, address, cast):
    write(client, address, version=1, facts="Kom i tid.")
    late = client.post(address + "spara/", {**TEXT, "version": 1, "facts": "Kom"})
    assert late.status_code == 409
    assert "annan flik" in late.content.decode()
    assert stored(cast) == (2, "Kom i tid.")


@pytest.mark.parametrize("text", ["å" * 100_000, "före\0efter"])
def test_what_cannot_be_saved_is_refused_with_the_text_kept(client, address, cast, text):
    page = write(client, address, facts=text)
    assert page.status_code == 422
    assert text in page.content.decode()
    auto = client.post(address + "spara/", {**TEXT, "version": 1, "facts": text})
    assert auto.status_code == 422
    assert "Inte sparat" in auto.content.decode()
    assert stored(cast) == (1, "")


def test_20000_characters_with_windows_line_breaks_are_saved(client, address, cast):
    write(client, address, facts=("å" * 99 + "\r\n") * 199 + "å" * 100)
    assert len(stored(cast)[1]) == 20_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"facts": ""}, "facts"), ({"kind": ""}, "kind"), ({"event_date": ""}, "event_date")],
)
def test_what_is_not_complete_is_not_read_through(client, address, changes, field):
    response = write(client, address, do="review", **changes)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_signing_shows_what_it_means_and_then_locks(client, address, cast, case):
    read_through = client.get(write(client, address, do="review").url).content.decode()
    assert "Det här betyder det att signera" in read_through
    assert "Kom i tid." in read_through
    assert client.post(address, {"version": 2, "do": "sign"}).status_code == 302
    page = client.get(reverse("cases:case_notes", args=[case])).content.decode()
    assert "Signerad" in page
    assert "Worker" in page
    assert client.get(address).status_code == 302


def test_signed_twice_is_signed_once(client, address):
    first = signed(client, address)
    at = Note.objects.get().signed_at
    second = client.post(address, {"version": 2, "do": "sign"})
    assert (first.url, Note.objects.get().signed_at) == (second.url, at)


def test_what_was_not_read_through_is_not_signed(client, address):
    write(client, address, do="review")
    write(client, address, version=2, facts="Ändrat i en annan flik.")
    response = client.post(address, {"version": 2, "do": "sign"})
    assert response.url.endswith("?signera=1")
    assert not Note.objects.get().is_signed


def test_text_sent_after_a_colleague_signed_is_shown_and_not_saved(browse, client, address, cast):
    signed(browse(cast.supervisor), address)
    response = write(client, address, facts="Min text som kom för sent.")
    assert response.status_code == 409
    assert "Min text som kom för sent." in response.content.decode()
    assert stored(cast)[1] == "Kom i tid."


def test_correction_keeps_the_original_beneath_with_who_and_why(client, address, cast, case):
    signed(client, address)
    correction = client.post(address + "ratta/").url
    assert client.post(address + "ratta/").url == correction
    write(client, correction, do="review", facts="Kom sent.", correction_reason="Fel antecknat.")
    client.post(correction, {"version": 2, "do": "sign"})
    page = client.get(reverse("cases:case_notes", args=[case])).content.decode()
    original = re.search(r"<details.*?</details>", page, re.S)[0]
    assert "Kom sent." in page
    assert "Rättad" in page
    assert "Kom i tid." in original
    assert "Fel antecknat." in original
    assert "Worker" in original


def test_draft_of_a_colleague_cannot_be_thrown_away(browse, address, cast):
    assert browse(cast.supervisor).get(address + "kasta/").status_code == 404
    assert browse(cast.supervisor).post(address + "kasta/", {"version": 1}).status_code == 404
    assert Note.objects.count() == 1


def test_draft_changed_since_it_was_asked_for_is_not_thrown_away(client, address):
    write(client, address)
    assert client.post(address + "kasta/", {"version": 1}).status_code == 409
    assert client.post(address + "kasta/", {"version": 2}).status_code == 302
    assert not Note.objects.exists()


def test_ended_session_answers_401_and_keeps_the_text_in_the_page(client, address, cast):
    from allauth.usersessions.models import UserSession

    UserSession.objects.filter(user=cast.worker).delete()
    response = client.post(address + "spara/", {**TEXT, "version": 1}, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert 'id="autosave"' in response.content.decode()
