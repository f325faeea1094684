"""Signing in: e-mail and password, then a second factor; what a stranger learns from it is nothing."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from .conftest import LOGIN, PASSWORD, enrol_app, totp, type_password

START = "/"


def without_tokens(page: bytes) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[A-Za-z0-9]+', b"", page)


def test_wrong_password_and_unknown_address_get_the_same_answer(person, leaves):
    known = type_password(Client(), person.email, "fel lösenord helt och hållet")
    unknown = type_password(
        Client(), "a" * (len(person.email) - 16) + "@example.invalid", "fel lösenord helt"
    )
    assert known.status_code == unknown.status_code == 200
    strip = lambda answer, email: without_tokens(answer.content).replace(email.encode(), b"")  # noqa: E731
    assert strip(known, person.email) == strip(unknown, "a" * (len(person.email) - 16) + "@example.invalid")
    assert leaves() == ["account.sign_in_failed"] * 2


def test_closed_account_answers_like_a_wrong_password(person, cast, leaves):
    person.is_active = False
    person.save()
    closed = type_password(Client(), person.email)
    wrong = type_password(Client(), cast.colleague.email)
    assert closed.status_code == wrong.status_code == 200
    assert without_tokens(closed.content).replace(person.email.encode(), b"") == without_tokens(
        wrong.content
    ).replace(cast.colleague.email.encode(), b"")


def test_password_alone_reaches_only_the_pages_where_a_factor_is_added(person, leaves):
    client = Client()
    assert type_password(client, person.email).status_code == 302
    assert leaves() == ["account.signed_in"]
    for path in (
        "/",
        "/konto/inloggningar/",
        "/konto/losenord/",
        "/konto/hantera/",
        "/konto/saker-inloggning/",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/konto/andra-faktor/"), path
    for path in (
        "/konto/andra-faktor/",
        "/konto/saker-inloggning/app/ny/",
        "/konto/saker-inloggning/nycklar/ny/",
    ):
        assert client.get(path).status_code == 200, path


def test_app_is_added_and_opens_the_start_page(person, leaves, last_leaf):
    client = Client()
    type_password(client, person.email)
    enrol_app(client)
    assert client.get(START).status_code == 200
    assert leaves() == [
        "account.signed_in",
        "account.factor_added",
        "account.recovery_codes_made",
        "account.reauthenticated",
    ]
    leaf = last_leaf()
    assert leaf["actor"] == leaf["about"] == str(person.pk)
    assert leaf["role"] == "case_worker"
    assert leaf["methods"] == ["password", "totp"]
    assert re.fullmatch(r"[0-9a-f]{32}", leaf["session"])


def test_another_session_with_only_the_password_ends_when_a_factor_has_been_added(person):
    thief, owner = Client(), Client()
    type_password(thief, person.email)
    type_password(owner, person.email)
    enrol_app(owner)
    assert thief.get(START).status_code == 401
    assert thief.get("/konto/andra-faktor/").status_code == 302
    assert owner.get(START).status_code == 200


def test_password_and_code_sign_in(person, enrolled, leaves):
    client = Client()
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        assert type_password(client, person.email)["Location"] == "/konto/logga-in/andra-faktor/"
        assert client.get(START).status_code == 302
        assert client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)}).status_code == 302
        assert client.get(START).status_code == 200
    assert leaves() == ["account.signed_in"]


def test_a_code_counts_once_also_in_another_process(person, enrolled, leaves):
    from django.core.cache import cache

    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        first, second = Client(), Client()
        for client in (first, second):
            type_password(client, person.email)
        code = totp(enrolled)
        assert first.post("/konto/logga-in/andra-faktor/", {"code": code}).status_code == 302
        cache.clear()
        assert second.post("/konto/logga-in/andra-faktor/", {"code": code}).status_code == 200
        assert second.get(START).status_code == 302
    assert leaves() == ["account.signed_in", "account.factor_failed"]


def test_the_code_that_added_the_app_does_not_sign_in(person):
    from django.core.cache import cache

    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        owner = Client()
        type_password(owner, person.email)
        seed = enrol_app(owner)
        cache.clear()
        other = Client()
        type_password(other, person.email)
        assert other.post("/konto/logga-in/andra-faktor/", {"code": totp(seed)}).status_code == 200


def test_a_recovery_code_signs_in_once(person, enrolled, leaves):
    codes = recovery_codes(person, enrolled)
    for expected in (302, 200):
        client = Client()
        type_password(client, person.email)
        assert client.post("/konto/logga-in/andra-faktor/", {"code": codes[0]}).status_code == expected
    assert leaves()[-3:] == ["account.recovery_code_used", "account.signed_in", "account.factor_failed"]


def recovery_codes(person, seed: str) -> list[str]:
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False):
        client = Client()
        type_password(client, person.email)
        client.post("/konto/logga-in/andra-faktor/", {"code": totp(seed)})
    with time_machine.travel("2026-03-02T09:01:00Z", tick=False):
        client.post("/konto/bekrafta/kod/", {"code": totp(seed)})
        page = client.get("/konto/saker-inloggning/reservkoder/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


def test_session_key_changes_at_sign_in(person, settings):
    client = Client()
    client.get(LOGIN)
    type_password(client, person.email)
    between = client.cookies[settings.SESSION_COOKIE_NAME].value
    enrol_app(client)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert between != after


def test_sign_in_that_cannot_be_recorded_does_not_happen(person, monkeypatch):
    from audit.log import NotRecorded
    from avhopp.accounts import adapters

    def refuse(**kwargs):
        raise NotRecorded("no room")

    monkeypatch.setattr(adapters, "record", refuse)
    client = Client()
    assert type_password(client, person.email).status_code == 503
    monkeypatch.undo()
    assert client.get(START).status_code == 302
    assert client.get(START)["Location"].startswith(LOGIN)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "confirm-email/", "password/set/"])
def test_nobody_signs_up_or_resets_by_mail(db, path):
    assert Client().get(f"/konto/{path}").status_code == 404


def test_sign_out_ends_the_session_and_clears_the_browser(person, leaves):
    client = Client()
    type_password(client, person.email)
    enrol_app(client)
    answer = client.post("/konto/logga-ut/")
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert leaves()[-1] == "account.signed_out"
    assert client.get(START).status_code == 302


def test_sign_out_by_a_link_is_refused(person):
    client = Client()
    type_password(client, person.email)
    assert client.get("/konto/logga-ut/").status_code in {302, 405}
    enrol_app(client)
    assert client.get("/konto/logga-ut/").status_code == 405
    assert client.get(START).status_code == 200


def test_session_holds_no_seed_in_clear(person):
    from django.contrib.sessions.models import Session

    client = Client()
    type_password(client, person.email)
    page = client.get("/konto/saker-inloggning/app/ny/").content.decode()
    seed = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page).group(1)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert kept
    assert not any(seed in text for text in kept)


def test_demo_sign_in_does_not_exist_outside_the_demo(cast):
    assert Client().post("/konto/bekrafta/demo/").status_code in {401, 404}
    answer = Client().post(LOGIN, {"person": str(cast.worker.pk)})
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert b"F\xc3\xb6rts\xc3\xa4tt som" not in answer.content


def test_password_of_64_characters_is_accepted(cast):
    from avhopp.accounts.forms import PasswordForm

    long = "Ett fyra ord " * 5
    assert PasswordForm({"password": long[:64], "again": long[:64]}, account=cast.worker).is_valid()


@pytest.mark.parametrize("poor", ["fjorton tecken", "1q2w3e4r5t6y7u8i9o0p", "worker@example.invalid"])
def test_poor_password_is_refused(cast, poor):
    from avhopp.accounts.forms import PasswordForm

    assert not PasswordForm({"password": poor, "again": poor}, account=cast.worker).is_valid()


def test_the_typed_password_is_the_one_that_works(person):
    assert person.check_password(PASSWORD)
    assert person.password.startswith("argon2$argon2id$")
