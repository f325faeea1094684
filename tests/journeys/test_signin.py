"""A newcomer adds a key and signs in with it alone; another one adds an app. In a real browser, under the real CSP."""

from __future__ import annotations

import hashlib
import hmac
import struct
import time
from base64 import b32decode

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from avhopp.accounts import second_person
from avhopp.accounts.queries import waiting_requests
from tests.cast import actor_for
from tests.journeys.conftest import add_key, assert_good_page

pytestmark = pytest.mark.journey
PASSWORD = "korrekt häst batteri klammer"


@pytest.fixture
def newcomer(cast):
    """A case worker who has just chosen her password."""
    cast.worker.set_password(PASSWORD)
    cast.worker.save()
    return cast.worker


def type_password(page: Page, email: str) -> None:
    page.goto("/konto/logga-in/")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def totp(seed: str) -> str:
    digest = hmac.new(b32decode(seed), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    cut = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[cut : cut + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_newcomer_adds_a_key_and_signs_in_with_it_alone(people, newcomer):
    page = people.window()
    add_key(page)
    page.goto("/konto/logga-in/")
    assert_good_page(page)
    type_password(page, newcomer.email)

    expect(page.get_by_role("heading", name="Lägg till en andra faktor")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.get_by_label("Namn på nyckeln").fill("Min nyckel")
    assert_good_page(page)
    page.get_by_role("button", name="Lägg till", exact=True).click()

    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()
    expect(page.locator("#recovery_codes li")).to_have_count(10)
    assert_good_page(page)
    page.get_by_role("button", name="Jag har sparat koderna").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("uppgifter", ignore_case=True)

    page.get_by_role("button", name="Logga ut", exact=True).click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    page.goto("/konto/inloggningar/")
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()

    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("heading", name="Mina inloggningar")).to_be_visible()
    assert_good_page(page)
    page.goto("/konto/saker-inloggning/")
    assert_good_page(page)
    page.goto("/konto/saker-inloggning/nycklar/")
    expect(page.get_by_text("Min nyckel").first).to_be_visible()
    assert_good_page(page)

    page.goto("/konto/losenord/")
    expect(page.get_by_role("heading", name="Bekräfta att det är du")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Använd din nyckel").click()
    expect(page.get_by_role("heading", name="Byt lösenord")).to_be_visible()
    assert_good_page(page)


def test_password_and_key_are_two_steps(people, newcomer):
    page = people.window()
    add_key(page)
    type_password(page, newcomer.email)
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()
    page.get_by_role("button", name="Logga ut", exact=True).click()

    type_password(page, newcomer.email)
    expect(page.get_by_role("heading", name="Visa att det är du")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Använd din nyckel").click()
    expect(page.get_by_role("button", name="Logga ut", exact=True)).to_be_visible()


def test_newcomer_without_a_key_adds_an_app(people, newcomer):
    page = people.window()
    type_password(page, newcomer.email)
    page.get_by_role("button", name="Lägg till en app").click()
    assert_good_page(page)
    picture = page.get_by_role("img", name="QR-kod").bounding_box()
    assert picture
    assert picture["width"] > 100
    expect(page.locator(".app-qr svg path")).to_have_count(1)
    seed = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Kod från appen").fill("000000")
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.get_by_role("link", name="Felaktig kod")).to_be_visible()
    assert_good_page(page)
    page.get_by_label("Kod från appen").fill(totp(seed))
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()


def approve(cast):
    """Somebody else approves the new account."""
    [request] = waiting_requests()
    second_person.approve(request=request.pk, by=actor_for(cast.officer), now=timezone.now())


def test_administrator_hands_a_newcomer_her_link(people, cast):
    cast.administrator.set_password(PASSWORD)
    cast.administrator.save()
    page = people.window()
    add_key(page)
    type_password(page, cast.administrator.email)
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.get_by_role("button", name="Lägg till", exact=True).click()
    page.get_by_role("button", name="Jag har sparat koderna").click()
    page.goto("/konto/hantera/")
    assert_good_page(page)
    page.get_by_role("button", name="Nytt konto").click()
    assert_good_page(page)
    page.get_by_label("Namn").fill("Ny Kollega")
    page.get_by_label("E-postadress i tjänsten").fill("ny@example.invalid")
    page.get_by_role("button", name="Lägg upp kontot").click()
    expect(page.get_by_text("Väntar på godkännande")).to_be_visible()
    approve(cast)
    page.reload()
    assert_good_page(page, name="account")
    page.get_by_role("button", name="Skapa en engångslänk").click()
    assert_good_page(page, name="link")
    link = page.locator("#one-time-link").inner_text()

    hers = people.window()
    hers.goto(link)
    assert_good_page(hers, name="choose password")
    hers.get_by_label("Nytt lösenord").fill(PASSWORD)
    hers.get_by_label("Samma lösenord igen").fill(PASSWORD)
    hers.get_by_role("button", name="Spara lösenordet").click()
    expect(hers.get_by_text("Lösenordet är bytt")).to_be_visible()
