"""A button waits for the autosave that is under way; one's own other tab is never written over unseen."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from tests.cast import make_case
from tests.journeys.arriving import arrive, press

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FACTS = "Faktiska omständigheter"


def begin(page: Page, cast) -> str:
    case = make_case(worker=cast.worker, at=timezone.now())
    page.goto(f"/arenden/{case}/anteckningar/ny/")
    press(page, "Börja skriva")
    expect(page.get_by_label(FACTS)).to_be_visible()
    return page.url


def hold(page: Page) -> list[Route]:
    """Keep every autosave from the server until the test lets it go."""
    held: list[Route] = []
    page.route("**/spara/", lambda route: held.append(route))
    return held


def test_button_waits_for_the_autosave_and_saves_all_that_was_typed(people, cast):
    page = arrive(people, cast.worker)
    begin(page, cast)
    held = hold(page)
    page.get_by_label(FACTS).fill("Kom")
    expect(page.locator("form.htmx-request")).to_be_attached()
    page.get_by_label(FACTS).fill("Kom i tid.")
    page.get_by_role("button", name="Spara utkast", exact=True).click(no_wait_after=True)
    expect(page.locator("form[data-waits]")).to_be_attached()
    held.pop(0).continue_()
    expect(page.get_by_text("Utkastet är sparat.", exact=True)).to_be_visible()
    expect(page.get_by_label(FACTS)).to_have_value("Kom i tid.")


def test_an_autosave_that_never_answers_does_not_keep_the_button(people, cast):
    page = arrive(people, cast.worker)
    begin(page, cast)
    hold(page)
    page.get_by_label(FACTS).fill("Kom i tid.")
    expect(page.locator("form.htmx-request")).to_be_attached()
    page.get_by_role("button", name="Spara utkast", exact=True).click(no_wait_after=True)
    expect(page.get_by_text("Utkastet är sparat.", exact=True)).to_be_visible()
    expect(page.get_by_label(FACTS)).to_have_value("Kom i tid.")


def test_other_tab_of_ones_own_is_shown_beside_and_not_written_over(people, cast):
    people.watch.expect(r"[Ss]tatus (of|Error Code) 409")
    page = arrive(people, cast.worker)
    draft = begin(page, cast)
    other = page.context.new_page()
    other.goto(draft)
    other.get_by_label(FACTS).fill("Skrivet i den andra fliken.")
    press(other, "Spara utkast")
    expect(other.get_by_text("Utkastet är sparat.", exact=True)).to_be_visible()
    page.get_by_label(FACTS).fill("Skrivet i den första.")
    expect(page.locator("#autosave")).to_contain_text("annan flik")
    press(page, "Spara utkast")
    expect(page.get_by_text("Du har sparat en annan text")).to_be_visible()
    expect(page.get_by_text("Skrivet i den andra fliken.")).to_be_visible()
    expect(page.get_by_label(FACTS)).to_have_value("Skrivet i den första.")
    press(page, "Spara min text")
    expect(page.get_by_text("Utkastet är sparat.", exact=True)).to_be_visible()
