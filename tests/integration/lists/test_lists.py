"""Lists carry no sensitive column (SoLPuL 7 a §), and nothing sealed reaches a title, a header or a message.

Nothing sealed can be shown without being opened, and everything is opened in one place. So each page that is not of
one case is asked for by every role while that place is watched: what it opens is compared with a list of what it may.
A new list page opens nothing until somebody has read why and written it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from avhopp.crypto.values import Kind
from avhopp.sealed.fields import SealedField
from tests.addresses import ADDRESSES, Universe, ask
from tests.cast import TEST_NUMBER
from tests.signed_in import signed_in

ROLES = ("worker", "co_worker", "supervisor", "auditor", "officer", "manager", "administrator")
# The name of a client, or her code name if she is protected (F637 15 §: name and case number).
NAME = {"cases.person.given_name", "cases.person.family_name", "cases.person.protection"}
# Outside every case, and of no client: what kind of thing it was, against whom of a kind, and what came of it.
MAY_OPEN: dict[str, set[str]] = {
    "cases:list": NAME,
    # A decoy's case number and who knows of it, and who opened it: of no client at all.
    "audit:decoys": {"audit.decoy.named", "audit.decoy_alert.seen"},
    "cases:incidents": {f"cases.incident.{name}" for name in ("kind", "against", "police", "happened_at")},
    "cases:deviations": {f"cases.deviation.{name}" for name in ("kind", "severity", "happened_on")},
    "cases:unit_requests": {f"cases.unit_request.{name}" for name in ("receiver", "received_on", "answer")},
}
COLUMNS: dict[str, set[tuple[str, ...]]] = {
    "cases:list": {("Ärende", "Klient", "Tidsfrist", "Skede", "Slag")},
    "cases:enquiries": {("Togs emot", "Kontaktväg", "Brådska", "Första möte senast")},
    "cases:providers": {("Utförare", "Slag", "Avtal till", "Tillstånd till", "Kontrollerad", "Läge")},
    "cases:delegations": {("Lagrum", "Vem får besluta", "Gäller", "Läge")},
    "cases:imports": {("Lämnat", "Rader", "Läge")},
    "cases:catalogue": {("Lagrum", "Vad det gäller", "Läge")},
    "cases:catalogue_deadlines": {("Tidsfrist", "Hur lång", "Lagrum", "Läge")},
    "cases:workflows": {
        ("Version", "Gäller från", "Vad som är nytt"),
        ("Skede", "Checklista", "Måste finnas", "Begär", "Godkänner"),
    },
    "audit:review": {("Månad", "Läge", "Bedömda", "Anmärkningar", "Signerad")},
    "audit:log_when": {
        ("Veckodag", *(f"{hour:02}" for hour in range(24))),
        ("Dag", "Veckodag", "Läsningar"),
    },
    "audit:decoys": {
        ("Ärende", "Läge", "Begärd", "Godkänd", "Känner till"),
        ("Larm", "Ärende", "Vem", "Uppföljt av"),
    },
    "followup:agreement": {("Indikator", "Enhet", "Följs upp", "Källa", "Mål")},
    "followup:figures": {("Period", "Värde", "Källa", "Införd")},
    "cases:incidents": {("När", "Vad", "Mot", "Anmäld av", "Polisanmälan")},
    "cases:deviations": {("När", "Slag", "Anmäld av", "Bedömning")},
    "cases:unit_requests": {("Kom in", "Från", "Svar", "Antecknad av")},
    "cases:staff_ties": {("Kollega", "Antecknat", "Av", "Läge")},
    "cases:approvals": {("Ärende", "Kodnamn", "Från", "Till", "Begärd av", "Begärd")},
    "cases:disposals": {("Ärende", "Läge", "Gallras", "Avslutat", "Varför")},
    "cases:certificates": {("Gallrat", "Bevisets nummer")},
    "keys": {("Period", "Läge", "Nycklar", "Rotnyckel"), ("Började", "Arbete", "Gjort", "Läge")},
}
PLANTED_DAY = date(1931, 7, 19)


@pytest.fixture
def universe(cast) -> Universe:
    return Universe(cast)


@contextmanager
def watched(monkeypatch, *, planted: bool = False) -> Iterator[set[str]]:
    """What is opened meanwhile, by label and field; with `planted`, every text and date is a canary instead."""
    opened: set[str] = set()
    real = SealedField.opened

    def watch(field, instance, value):
        opened.add(f"{field.label}.{field.name}")
        found = real(field, instance, value)
        if planted and field.kind == Kind.TEXT:
            return f"Kanarie-{field.label}.{field.name}"
        return PLANTED_DAY if planted and field.kind == Kind.DATE and found else found

    with monkeypatch.context() as patch:
        patch.setattr(SealedField, "opened", watch)
        yield opened


def asked(browser, url: str):
    """Ask for a page; what it changed is taken back."""
    with transaction.atomic():
        answer = ask(browser, url)
        transaction.set_rollback(True)
    return answer


LISTS = [name for name, converters in ADDRESSES if not converters]


def test_every_list_opens_and_shows_only_what_it_may_for_every_role(cast, universe, monkeypatch):
    opened_too_much, other_columns, seen = {}, {}, set()
    for role in ROLES:
        browser = signed_in(getattr(cast, role))
        for name in LISTS:
            with watched(monkeypatch) as opened:
                answer = asked(browser, reverse(name))
            if answer.status_code == 200:
                seen.add(name)
            if opened - MAY_OPEN.get(name, set()):
                opened_too_much[name, role] = opened - MAY_OPEN.get(name, set())
            unknown = set(tables(answer)) - COLUMNS.get(name, set())
            if unknown:
                other_columns[name, role] = unknown
    assert (opened_too_much, other_columns) == ({}, {})
    assert {"cases:list", "cases:enquiries", "cases:approvals", "start"} <= seen


@pytest.mark.parametrize(
    ("term", "may_open"),
    [("Prov", NAME), (TEST_NUMBER, NAME | {"cases.person.identity_number"})],
)
def test_search_opens_what_it_compares_and_what_it_shows(cast, universe, monkeypatch, term, may_open):
    browser = signed_in(cast.worker)
    with watched(monkeypatch) as opened:
        answer = browser.post(reverse("cases:search"), {"term": term})
    assert answer.status_code == 200
    assert opened <= may_open
    assert {column["label"] for column in answer.context["columns"]} <= set(*COLUMNS["cases:list"])


def tables(answer) -> list[tuple[str, ...]]:
    """The headings of the columns of each table as the page has them."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = re.findall(r"<table.*?</table>", answer.content.decode(), re.S)
    heads = [re.findall(r'<th\b[^>]*\bscope="col"[^>]*>(.*?)</th>', table, re.S) for table in found]
    return [tuple(re.sub(r"<[^>]+>", "", head).strip() for head in table) for table in heads]


def test_nothing_sealed_reaches_a_title_or_a_header(cast, universe, monkeypatch):
    told, opened_somewhere = [], set()
    for role in ("worker", "supervisor"):
        browser = signed_in(getattr(cast, role), raise_request_exception=False)
        for name, converters in ADDRESSES:
            url = reverse(name, kwargs=universe.arguments("own", converters))
            with watched(monkeypatch, planted=True) as opened:
                answer = asked(browser, url)
            opened_somewhere |= opened
            text = str(dict(answer.headers)) + "".join(titles(answer))
            if "Kanarie" in text or PLANTED_DAY.isoformat() in text:
                told.append((name, role))
    assert told == []
    assert {"cases.person.family_name", "cases.note.facts", "cases.contact.text"} <= opened_somewhere


def titles(answer) -> list[str]:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return re.findall(r"<title>(.*?)</title>", answer.content.decode(), re.S)


def test_the_watch_sees_what_is_opened(cast, universe, monkeypatch):
    browser = signed_in(cast.worker)
    with watched(monkeypatch, planted=True) as opened:
        page = browser.get(
            reverse("cases:case_person_page", args=[universe.ids["own"]["case"]])
        ).content.decode()
    assert "cases.networktie.label" in opened
    assert "Kanarie-cases.networktie.label" in page
    assert PLANTED_DAY.isoformat() in page
