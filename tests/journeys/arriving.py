"""How a colleague comes in the first time: password, then a key of her own, then the page she works from."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import People, add_key

PASSWORD = "korrekt häst batteri klammer"


def arrive(people: People, user, **window) -> Page:
    """Open a window, sign in with a password, add a key and go to the start page."""
    user.set_password(PASSWORD)
    user.save()
    page = people.window(**window)
    add_key(page)
    page.goto("/konto/logga-in/")
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.get_by_label("Namn på nyckeln").fill("Min nyckel")
    page.get_by_role("button", name="Lägg till", exact=True).click()
    page.get_by_role("button", name="Jag har sparat koderna").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def press(page: Page, name: str) -> None:
    """Press the button, or follow the link that looks like one, with this name."""
    # Waited for together: the page that has it may still be on its way.
    button = page.get_by_role("button", name=name, exact=True)
    button.or_(page.get_by_role("link", name=name, exact=True)).first.click()


def check_choice(page: Page, group: str, name: str) -> None:
    """Mark one of a group of radio buttons."""
    page.get_by_role("group", name=group).get_by_label(name, exact=True).check()
