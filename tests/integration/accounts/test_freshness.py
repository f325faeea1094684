"""Showing again who one is before a dangerous act."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from tests.signed_in import signed_in

from .conftest import PASSWORD, totp, type_password

CHANGE = "/konto/losenord/"
NEW = "nytt lösenord som är långt"


def test_reader_is_sent_to_confirm_and_back(clock, client_in, enrolled, leaves):
    answer = client_in.get(CHANGE)
    assert answer["Location"] == "/konto/bekrafta/kod/?next=%2Fkonto%2Flosenord%2F"
    clock.shift(30)
    done = client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    assert done["Location"] == CHANGE
    assert client_in.get(CHANGE).status_code == 200
    assert leaves()[-1] == "account.reauthenticated"


def test_confirmation_holds_for_five_minutes(clock, client_in, enrolled):
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    clock.shift(timedelta(minutes=4, seconds=59))
    assert client_in.get(CHANGE).status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client_in.get(CHANGE).status_code == 302


def test_confirmation_gives_a_new_session_key_and_the_old_one_dies(clock, client_in, enrolled, settings):
    old = client_in.cookies[settings.SESSION_COOKIE_NAME].value
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    assert client_in.cookies[settings.SESSION_COOKIE_NAME].value != old
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = old
    assert thief.get("/").status_code == 302
    assert client_in.get("/").status_code == 200


def test_eight_hours_are_counted_from_the_sign_in_also_after_a_confirmation(clock, client_in, enrolled):
    from allauth.usersessions.models import UserSession

    began = UserSession.objects.get().created_at
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    assert UserSession.objects.get().created_at == began


def test_wrong_code_confirms_nothing(clock, client_in, leaves):
    answer = client_in.post("/konto/bekrafta/kod/", {"code": "000000", "next": CHANGE})
    assert answer.status_code == 200
    assert client_in.get(CHANGE).status_code == 302
    assert leaves()[-1] == "account.reauthentication_failed"


def test_password_confirms_nothing_for_one_who_has_a_second_factor(clock, client_in, person):
    answer = client_in.post("/konto/bekrafta/losenord/", {"password": PASSWORD, "next": CHANGE})
    assert answer["Location"].startswith("/konto/bekrafta/kod/")
    assert client_in.get(CHANGE).status_code == 302


def test_a_write_that_needs_confirmation_is_kept_by_the_browser_not_by_the_session(clock, client_in):
    from django.contrib.sessions.models import Session

    answer = client_in.post(CHANGE, {"password": NEW, "again": NEW})
    assert answer.status_code == 401
    assert "ladda om sidan" in answer.content.decode()
    for path in ("/konto/saker-inloggning/reservkoder/nya/", "/konto/saker-inloggning/app/ta-bort/"):
        assert client_in.post(path, {"planted": NEW}).status_code == 401, path
    assert not any(NEW in str(session.get_decoded()) for session in Session.objects.all())


def test_confirmation_leads_to_no_other_site(clock, client_in, enrolled):
    clock.shift(30)
    answer = client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_changed_password_ends_every_session_and_the_old_one_is_gone(
    clock, client_in, person, enrolled, leaves
):
    other = signed_in(person)
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    assert client_in.post(CHANGE, {"password": NEW, "again": NEW})["Location"] == "/konto/logga-in/?bytt=1"
    assert leaves()[-1] == "account.password_changed"
    for client in (client_in, other):
        assert client.get("/").status_code == 302
    assert type_password(Client(), person.email).status_code == 200
    assert type_password(Client(), person.email, NEW).status_code == 302


def test_last_factor_stays(clock, client_in, enrolled, person):
    from allauth.mfa.models import Authenticator

    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled)})
    answer = client_in.post("/konto/saker-inloggning/app/ta-bort/")
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_fresh_browser_of_the_tests_is_what_a_confirmed_sign_in_leaves(clock, client_in, enrolled, person):
    """The short way of tests/signed_in.py and the real one reach the same pages."""
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled), "next": CHANGE})
    short = signed_in(person, fresh=True)
    for path in ("/", CHANGE, "/konto/inloggningar/", "/konto/saker-inloggning/"):
        assert client_in.get(path).status_code == short.get(path).status_code == 200, path
