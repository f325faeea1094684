"""The whole job in a real browser: first contact to closure, the auditor's look, and the manager's one figure."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.arriving import arrive, check_choice, press
from tests.journeys.conftest import assert_good_page

pytestmark = [pytest.mark.journey, pytest.mark.slow]
NUMBER = "19900607-2384"
TODAY = f"{timezone.localdate():%Y-%m-%d}"
STAGES = (
    "Initial bedömning",
    "Utredning",
    "Beslut och överenskommelse",
    "Genomförande: akut skydd",
    "Genomförande: stabilisering",
    "Genomförande: etablering",
    "Utslussning",
    "Avslut",
)


def test_first_contact_to_closure(people, cast):
    # The browser itself logs a form that is given back; the faults that count are all others.
    people.watch.expect(r"status of 422")
    worker, supervisor = arrive(people, cast.worker), arrive(people, cast.supervisor)
    register_contact(worker)
    case = open_case(worker)
    write_note(worker, case)
    for name in STAGES:
        if name in RESTS_ON:
            worker.goto(case + "skeden/begar/")
            check_choice(worker, "Vilket skede ska ärendet gå till?", name)
            press(worker, "Fortsätt")
            expect(worker.get_by_text("Skedet kan inte begäras än")).to_be_visible()
            assert_good_page(worker)
            if name == "Genomförande: akut skydd":
                delegate(supervisor)
            for write in RESTS_ON[name]:
                write(worker, case)
        ask_for(worker, case, name)
        approve(supervisor, name, look=name == STAGES[0])
    worker.goto(case)
    expect(worker.get_by_text("Mål uppnådda").first).to_be_visible()
    assert_good_page(worker)
    audit(people, cast, case)
    follow_up(people, cast, case)


def register_contact(page: Page) -> None:
    press(page, "Ny förfrågan")
    assert_good_page(page)
    press(page, "Registrera")
    expect(page.get_by_role("alert")).to_be_visible()
    check_choice(page, "Hur kom kontakten?", "Telefon")
    check_choice(page, "Hur bråttom är det?", "Inom tre dagar")
    page.get_by_label("Vem tog initiativet?").select_option(label="Den enskilde själv")
    page.get_by_label("Vad gäller det?").fill("Vill lämna och behöver komma bort från orten.")
    press(page, "Registrera")
    expect(page.get_by_role("heading", level=1, name="Förfrågan")).to_be_visible()
    assert_good_page(page)


def open_case(page: Page) -> str:
    press(page, "Öppna ärende")
    check_choice(page, "Slag av ärende", "Avhopparärende")
    check_choice(page, "Hur kom ärendet in?", "Egen kontakt eller på annat sätt")
    page.get_by_label("Förnamn").fill("Prov")
    page.get_by_label("Efternamn").fill("Provsson")
    check_choice(page, "Slag av nummer", "Personnummer")
    page.get_by_label(re.compile("^Nummer")).fill(NUMBER[:-1] + "5")
    check_choice(page, "Juridiskt kön", "Kvinna")
    check_choice(page, "Skyddade personuppgifter", "Inga skyddade uppgifter")
    press(page, "Öppna ärendet")
    expect(page.get_by_text("Numret stämmer inte").first).to_be_visible()
    assert_good_page(page)
    expect(page.get_by_label("Förnamn")).to_have_value("Prov")
    page.get_by_label(re.compile("^Nummer")).fill(NUMBER)
    press(page, "Öppna ärendet")
    expect(page.get_by_role("heading", level=1, name="Prov Provsson")).to_be_visible()
    assert "Provsson" not in page.title()
    assert_good_page(page)
    return page.url


def write_note(page: Page, case: str) -> None:
    page.goto(case)
    press(page, "Ny anteckning")
    if page.get_by_role("button", name="Ny anteckning").count():
        press(page, "Ny anteckning")
    page.get_by_label("Slag av anteckning").select_option(label="Samtal eller möte")
    page.get_by_label("Faktiska omständigheter").fill("Personen kom till mötet i tid.")
    expect(page.locator("#autosave")).to_contain_text("Utkastet är sparat")
    page.get_by_label("Bedömning").fill("Motivationen bedöms som god.")
    expect(page.locator("#autosave")).to_contain_text("Utkastet är sparat")
    assert_good_page(page)
    review(page)
    press(page, "Signera och lås")
    expect(page.get_by_text("Personen kom till mötet i tid.").first).to_be_visible()
    expect(page.get_by_text("Signerad").first).to_be_visible()
    assert_good_page(page)


def give_consent(page: Page, case: str) -> None:
    page.goto(case + "samverkan/")
    press(page, "Nytt samtycke")
    page.get_by_role("group", name="Vem samtycker?").get_by_label("Den enskilde").check()
    page.get_by_label("Namn på den eller dem som samtycker").fill("Prov Provsson")
    page.get_by_role("group", name="Med vilka får uppgifter utbytas?").get_by_label("Polisen").check()
    page.get_by_label("Vilka uppgifter gäller det?").fill("Hotbild och planering.")
    page.get_by_label("Varför?").fill("Gemensam bedömning.")
    check_choice(page, "Hur gavs det?", "Skriftligt")
    page.get_by_label("Gäller till och med").fill("2099-12-31")
    assert_good_page(page)
    press(page, "Spara samtycket")
    expect(page.get_by_text("Samtycket är antecknat").first).to_be_visible()
    assert_good_page(page)


def assess_threat(page: Page, case: str) -> None:
    page.goto(case + "bedomningar/")
    press(page, "Ny bedömning")
    page.get_by_label("Slag av bedömning").select_option(label="Hotbildsbedömning")
    page.get_by_label("Bedömare", exact=True).fill("Worker, socialsekreterare")
    page.get_by_label("Dag för bedömningen").fill(TODAY)
    page.get_by_label("Källor").fill("Samtal med den enskilde.")
    check_choice(page, "Hotnivå", "Förhöjd")
    page.get_by_label("Resultat").fill("Risken är störst på den tidigare orten.")
    page.get_by_label("Ny bedömning senast").fill("2099-06-30")
    page.get_by_label("Gäller till och med").fill("2099-12-31")
    assert_good_page(page)
    press(page, "Granska och signera")
    press(page, "Signera och lås")
    expect(page.get_by_text("Förhöjd").first).to_be_visible()
    assert_good_page(page)


def delegate(page: Page) -> None:
    page.goto("/enheten/delegationer/ny/")
    page.get_by_label("Lagrum").select_option(
        label="11 kap. 1 § SoL: Insats efter individuell behovsprövning"
    )
    page.get_by_label("Vem får besluta?").select_option(label="Worker")
    page.get_by_label("Gäller från").fill(TODAY)
    assert_good_page(page)
    press(page, "Ge delegationen")
    expect(page.get_by_role("cell", name="Worker")).to_be_visible()


def review(page: Page) -> None:
    """Go on from a draft to its review; the button waits for the draft to be saved before it leads there."""
    press(page, "Granska och signera")
    expect(page.get_by_role("button", name="Signera och lås", exact=True)).to_be_visible()
    assert_good_page(page)


def decide(page: Page, case: str) -> None:
    page.goto(case + "beslut/nytt/")
    check_choice(page, "Vad ska beslutas?", "Bifall")
    press(page, "Börja skriva")
    page.get_by_label("Lagrum").select_option(
        label="11 kap. 1 § SoL: Insats efter individuell behovsprövning"
    )
    check_choice(page, "Slag av insats", "Öppen insats")
    page.get_by_label("Vad beslutas?").fill("Boendestöd och samtal varje vecka.")
    page.get_by_label("Gäller från").fill(TODAY)
    page.get_by_label("Motivering").fill("Behovet framgår av utredningen.")
    check_choice(page, "Har den enskilde fått ta del av underlaget?", "Beslutet kan inte vänta")
    assert_good_page(page)
    review(page)
    press(page, "Signera och lås")
    expect(page.get_by_text("Boendestöd och samtal varje vecka.").first).to_be_visible()
    assert_good_page(page)


def plan(page: Page, case: str) -> None:
    page.goto(case + "plan/")
    assert_good_page(page)
    press(page, "Ny plan")
    page.get_by_label("Mål", exact=True).first.fill("Ett eget boende.")
    page.get_by_label("Så märks det").first.fill("Kontraktet är skrivet.")
    page.get_by_label("Insats", exact=True).first.fill("Stöd i kontakten med hyresvärdar.")
    expect(page.locator("#autosave")).to_contain_text("Utkastet är sparat")
    press(page, "Granska och signera")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_page(page)
    check_choice(page, "Är den enskilde med på planen?", "Ja, den enskilde är med på planen")
    page.get_by_label("Den enskildes syn").fill("Boendet är viktigast.")
    page.get_by_label("Följs upp senast").fill("2099-06-30")
    review(page)
    press(page, "Signera och lås")
    expect(page.get_by_text("Ett eget boende.").first).to_be_visible()
    press(page, "Följ upp planen")
    check_choice(page, "Ett eget boende.", "−1 – Sämre än väntat")
    assert_good_page(page)
    press(page, "Spara uppföljningen")
    expect(page.get_by_role("img", name="Ett eget boende.")).to_be_visible()
    assert_good_page(page)


# What must stand in the case before a stage can be asked for, and how it is written down.
RESTS_ON = {
    "Initial bedömning": (give_consent,),
    "Genomförande: akut skydd": (decide,),
    "Genomförande: stabilisering": (assess_threat, plan),
}


def ask_for(page: Page, case: str, name: str) -> None:
    page.goto(case + "skeden/begar/")
    check_choice(page, "Vilket skede ska ärendet gå till?", name)
    press(page, "Fortsätt")
    # What is counted must be there first.
    expect(page.get_by_label("Motivering")).to_be_visible()
    for box in page.get_by_role("group", name="Checklista").get_by_role("checkbox").all():
        box.check()
    if name == "Avslut":
        page.get_by_label("Varför avslutas ärendet?").select_option(label="Mål uppnådda")
    page.get_by_label("Motivering").fill("Det som skulle göras är gjort.")
    press(page, "Skicka begäran")
    expect(page.get_by_text("Väntar på godkännande").first).to_be_visible()


def approve(page: Page, name: str, *, look: bool) -> None:
    page.goto("/godkannanden/")
    if look:
        assert_good_page(page)
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_text(name).first).to_be_visible()
    if look:
        assert_good_page(page)
    press(page, "Godkänn skedet")
    expect(page.get_by_role("button", name="Godkänn skedet")).to_have_count(0)


def audit(people, cast, case: str) -> None:
    auditor = arrive(people, cast.auditor)
    assert_good_page(auditor)
    auditor.goto("/logg/")
    expect(auditor.get_by_role("cell", name="öppnade ärendet").first).to_be_visible()
    expect(auditor.get_by_role("cell", name="Worker Handläggare").first).to_be_visible()
    assert "Provsson" not in auditor.content()
    assert_good_page(auditor)
    people.watch.expect(r"status of 403.*arenden")
    assert auditor.goto(case).status == 403


def follow_up(people, cast, case: str) -> None:
    manager = arrive(people, cast.manager)
    manager.goto("/uppfoljning/")
    expect(manager.get_by_role("heading", level=1)).to_be_visible()
    assert_good_page(manager)
    assert manager.goto(case).status == 403
    assert not re.search(r"/arenden/", manager.content())
