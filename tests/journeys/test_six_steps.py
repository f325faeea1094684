"""From the start page to the first signed note of a new case: at most six steps, each a press that leads on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.arriving import arrive, check_choice, press

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MOST = 6


class Steps:
    """Presses, counted. Filling a form in is work and no step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def press(self, name: str) -> None:
        self.number += 1
        press(self.page, name)


def test_new_case_with_its_first_note(people, cast):
    page = arrive(people, cast.worker)
    page.goto("/")
    steps = Steps(page)
    steps.press("Mina ärenden")
    steps.press("Nytt ärende")
    check_choice(page, "Slag av ärende", "Avhopparärende")
    check_choice(page, "Hur kom ärendet in?", "Egen kontakt eller på annat sätt")
    page.get_by_label("Vem tog initiativet?").select_option(label="Den enskilde själv")
    page.get_by_label("Vad gäller ärendet?").fill("Vill lämna.")
    page.get_by_label("Förnamn").fill("Prov")
    page.get_by_label("Efternamn").fill("Provsson")
    check_choice(page, "Slag av nummer", "Okänt")
    check_choice(page, "Juridiskt kön", "Kvinna")
    check_choice(page, "Skyddade personuppgifter", "Inga skyddade uppgifter")
    steps.press("Öppna ärendet")
    expect(page.get_by_role("heading", level=1, name="Prov Provsson")).to_be_visible()
    steps.press("Ny anteckning")
    page.get_by_label("Slag av anteckning").select_option(label="Samtal eller möte")
    page.get_by_label("Faktiska omständigheter").fill("Personen kom till mötet i tid.")
    steps.press("Granska och signera")
    steps.press("Signera och lås")
    expect(page.get_by_text("Signerad", exact=True).first).to_be_visible()
    assert re.search(r"/anteckningar/", page.url)
    assert steps.number <= MOST
