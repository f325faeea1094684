"""Strings planted in every sealed field through the real screens are looked for everywhere else. None may be found."""

from __future__ import annotations

import itertools
import json
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from psycopg import sql

from avhopp.database.testing import pointing_at
from avhopp.sealed.base import SealedModel
from avhopp.sealed.fields import SealedDateField, SealedJSONField, SealedTextField, sealed_fields
from avhopp.sealed.keeping import reencrypt, retire, rotation
from avhopp.sealed.scope import Denied
from tests.cast import acting, make_case
from tests.destroyed import destroy_file
from tests.journeys.arriving import arrive, check_choice, press
from tests.universe import rows_of
from tests.universe.given import Given

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORD = "Kanariefagel"
BORN = date(1987, 10, 13)
NUMBER = "198710132385"
# A plain text of the same database: a search that does not find this one finds nothing.
CONTROL = "Enhet Norr"
NEEDLES = (CONTROL, WORD, BORN.isoformat(), NUMBER, "19871013-2385", "871013-2385")
UNSIGNED = {"number", "signed_at", "signed_by_id", "decided_on", "delegation_id", "corrects_id", "earlier_id"}
_serial = itertools.count(1)


def canary() -> str:
    return f"{WORD}{next(_serial)}x"


def fill_everything(page: Page) -> None:
    """Write a canary into every text field of the form that is asked for now."""
    page.wait_for_load_state("load")
    form = page.get_by_role("main").locator("form.app-form").first
    for box in form.locator("input[type=text]:visible, input[type=tel]:visible, textarea:visible").all():
        if not box.input_value():
            box.fill(canary())
    for group in form.locator("fieldset:has(input[type=radio])").all():
        if not group.locator("input[type=radio]:checked").count():
            group.locator("input[type=radio]").first.check()
    for box in form.get_by_role("group", name="Checklista").get_by_role("checkbox").all():
        box.check()
    for select in form.locator("select:visible").all():
        if not select.input_value():
            select.select_option(index=1)


def plant(people, cast) -> tuple[list[Page], str]:
    worker, supervisor = arrive(people, cast.worker), arrive(people, cast.supervisor)
    worker.goto("/forfragningar/ny/")
    fill_everything(worker)
    press(worker, "Registrera")
    press(worker, "Öppna ärende")
    check_choice(worker, "Slag av ärende", "Avhopparärende")
    check_choice(worker, "Hur kom ärendet in?", "Egen kontakt eller på annat sätt")
    check_choice(worker, "Slag av nummer", "Personnummer")
    worker.locator("input[name=identity_number]").fill(NUMBER)
    worker.locator("input[name=birth_date]").fill(BORN.isoformat())
    fill_everything(worker)
    # Only a samordningsnummer has a level.
    worker.locator("select[name=coordination_level]").select_option("")
    press(worker, "Öppna ärendet")
    expect(worker.get_by_role("navigation", name="Ärendet")).to_be_visible()
    case = worker.url
    sign_note(worker, case)
    correct_note(worker, case)
    for verdict in ("Återlämna", "Godkänn skedet"):
        ask_and_decide(worker, supervisor, case, verdict)
    return [worker, supervisor], case


def sign_note(page: Page, case: str) -> None:
    page.goto(case)
    press(page, "Ny anteckning")
    fill_everything(page)
    expect(page.locator("#autosave")).to_contain_text("Utkastet är sparat")
    press(page, "Granska och signera")
    press(page, "Signera och lås")
    expect(page.get_by_text("Signerad").first).to_be_visible()


def correct_note(page: Page, case: str) -> None:
    page.goto(case + "anteckningar/")
    press(page, "Rätta")
    expect(page).to_have_url(re.compile("/ratta/$"))
    page.get_by_role("main").locator("form button").first.click()
    fill_everything(page)
    press(page, "Granska och signera")
    press(page, "Signera och lås")
    expect(page.get_by_text("Signerad").first).to_be_visible()


def ask_and_decide(worker: Page, supervisor: Page, case: str, verdict: str) -> None:
    worker.goto(case + "skeden/begar/")
    # The first in the list rests on a consent; this one on nothing.
    check_choice(worker, "Vilket skede ska ärendet gå till?", "Utredning")
    press(worker, "Fortsätt")
    fill_everything(worker)
    press(worker, "Skicka begäran")
    expect(worker.get_by_text("Väntar på godkännande").first).to_be_visible()
    supervisor.goto("/godkannanden/")
    supervisor.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    fill_everything(supervisor)
    press(supervisor, verdict)
    expect(supervisor.get_by_role("button", name=verdict)).to_have_count(0)


def plant_the_rest(cast) -> None:
    """Fill what the screens above do not reach: a row of every noun, through its actions, then every field of it."""
    with transaction.atomic():
        rows_of(Given(make_case(worker=cast.worker), cast.worker, cast.supervisor, cast.co_worker))
    for model in apps.get_models():
        if model._meta.app_label == "cases" and issubclass(model, SealedModel):
            for key in list(model._default_manager.values_list("pk", flat=True)):
                fill_row(cast, model, key)


def fill_row(cast, model, key) -> None:
    """Write canaries into a row as a new one beside it or, where there may be only one, into the row itself."""
    for is_new in (True, False):
        try:
            with transaction.atomic(), opened(cast):
                row = model._default_manager.get(pk=key)
                values = {field.name: getattr(row, field.name) for field in sealed_fields(model)}
                if is_new:
                    row.pk = uuid4()
                    row._state.adding = True
                    # A draft of it: what is signed has a number of its own and is locked.
                    for name in UNSIGNED & {field.attname for field in model._meta.concrete_fields}:
                        setattr(row, name, None)
                for field in sealed_fields(model):
                    text = BORN if isinstance(field, SealedDateField) else canary()
                    text = [text] if isinstance(field, SealedJSONField) else text
                    setattr(row, field.name, text if is_planted(field, model) else values[field.name])
                row.save(force_insert=is_new)
            return
        except (DatabaseError, Denied, ObjectDoesNotExist, ValueError):
            # Locked, or one of a kind, or not the worker's: the other way, or none.
            continue


@contextmanager
def opened(cast):
    """Everything that the worker may open."""
    from cases.access import open_list, visible_cases
    from cases.enquiry_access import get_enquiry, visible_enquiries

    now = timezone.now()
    with acting(cast.worker, at=now) as actor:
        cases = visible_cases(actor=actor, at=now).select_related("person")
        open_list(actor=actor, at=now, cases=cases)
        for enquiry in visible_enquiries(actor=actor):
            get_enquiry(actor=actor, enquiry=enquiry.pk, at=now)
        yield


def unplanted(cast) -> list[str]:
    """The sealed text and date fields of the worker's cases in which no row holds what was planted.

    A table whose rows can be neither added to nor changed from here (documents, which are files) is left out whole.
    """
    missing: dict[str, list[str]] = {}
    reached = set()
    with transaction.atomic(), opened(cast):
        for model in apps.get_models():
            for field in sealed_fields(model):
                if model._meta.app_label not in {"cases", "audit"} or not is_planted(field, model):
                    continue
                values = [said(row, field) for row in model._default_manager.all()]
                is_hers = any(value is not None for value in values)
                if is_hers and not any(needle in str(value) for needle in NEEDLES for value in values):
                    missing.setdefault(model._meta.label, []).append(field.name)
                elif is_hers:
                    reached.add(model._meta.label)
    return [f"{label}.{name}" for label in reached & missing.keys() for name in missing[label]]


def said(row, field):
    """The opened value, or None of a row that is not the worker's to open."""
    try:
        return str(getattr(row, field.attname))
    except Denied:
        return None


def is_planted(field, model) -> bool:
    chosen = bool(field.choices) or field.name in {"checklist", "history_change_reason", "event_date"}
    kinds = (SealedTextField, SealedDateField, SealedJSONField)
    return isinstance(field, kinds) and not chosen and "Choice" not in type(field).__name__


def test_canaries_are_found_nowhere(people, cast, server, database_server):
    people.watch.expect(r"status of (422|503)")
    pages, case = plant(people, cast)
    plant_the_rest(cast)
    assert unplanted(cast) == []
    broken = shown_when_the_record_breaks(pages[0], server, case)
    replace_the_keys(server)
    destroy_the_file(server, cast, case)
    rows, files = in_database_rows(server.database.owner), in_database_files(database_server.admin_url)
    assert any(CONTROL in found for found in rows)
    assert any(CONTROL in found for found in files)
    found = [
        *(found for found in (*rows, *files) if CONTROL not in found),
        *in_files(server.directory),
        *in_browser(pages),
        *(["503 page"] if WORD in broken else []),
    ]
    assert found == []


def replace_the_keys(server) -> None:
    """What the keeper does while the system is in use: new keys, all values sealed anew, old keys retired."""
    given = {"clock": timezone.now, "tell": lambda done, total: None}
    with pointing_at(urls=replace(server.database, app=server.database.keeper)):
        rotation.rotate_epoch(**given)
        assert rotation.rewrap(**given) > 0
        assert rotation.rotate_data(made_before=timezone.now(), **given) > 0
        done, damaged = reencrypt.reencrypt(**given)
        assert (done > 100, damaged) == (True, 0)
        later = timezone.now() + timedelta(days=2)
        assert retire.retire(**{**given, "clock": lambda: later})[0] > 0


def destroy_the_file(server, cast, case: str) -> None:
    """Destroy what the journey made; its rows are dead in the heap, and still in the log of writes."""
    found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", case)
    assert found is not None
    destroy_file(server.database, UUID(found[0]), by=cast.worker, approver=cast.supervisor)


def shown_when_the_record_breaks(page: Page, server, case: str) -> str:
    """Break the record's table while the page is asked for: 503, and not a word of the case."""
    with psycopg.connect(server.database.owner, autocommit=True) as connection:
        connection.execute("ALTER TABLE audit_leaf RENAME COLUMN body TO broken")
        try:
            response = page.goto(case)
            assert response is not None
            assert response.status == 503
            return page.content()
        finally:
            connection.execute("ALTER TABLE audit_leaf RENAME COLUMN broken TO body")


def in_database_rows(owner: str) -> list[str]:
    found = []
    with psycopg.connect(owner) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        assert len(tables) > 20
        for (table,) in tables:
            query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            for row in connection.execute(query):
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    found += [f"{table}: {needle}" for needle in NEEDLES if needle.encode() in raw]
    return found


def in_database_files(admin: str) -> list[str]:
    """The heap, the indexes and the write-ahead log, as a stolen disk has them."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    directory = Path(row[0])
    if not os.access(directory, os.R_OK | os.X_OK):
        pytest.fail(f"{directory} går inte att läsa: kör som databasens konto eller root")
    assert any(directory.glob("pg_wal/0*"))
    return in_files(directory)


def in_files(directory: Path) -> list[str]:
    found = []
    for path in directory.rglob("*"):
        if path.is_file():
            # Others use the server too, and remove databases and old segments meanwhile.
            with suppress(FileNotFoundError):
                raw = path.read_bytes()
                found += [f"{path.name}: {needle}" for needle in NEEDLES if needle.encode() in raw]
    return found


def in_browser(pages: list[Page]) -> list[str]:
    """What the browser keeps when the page is left."""
    found = []
    for page in pages:
        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        kept += json.dumps(page.context.cookies())
        found += [f"browser: {needle}" for needle in NEEDLES if needle in kept]
    return found
