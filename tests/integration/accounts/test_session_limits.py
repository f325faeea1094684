"""Fifteen minutes without use, eight hours in all, and sessions that somebody ends: each to the second."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from audit.events import Actor
from tests.signed_in import signed_in

from .conftest import totp, type_password

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
WRITE = {"text": "Hon berättade att"}


def test_session_idle_for_fifteen_minutes_is_over(clock, client_in, leaves):
    clock.shift(timedelta(minutes=15))
    answer = client_in.get("/")
    assert answer.status_code == 401
    assert "Du är utloggad" in answer.content.decode()
    assert "Logga in igen" in answer.content.decode()
    assert leaves()[-1] == "account.session_expired"


def test_session_idle_for_a_second_less_goes_on(clock, client_in):
    clock.shift(timedelta(minutes=14, seconds=59))
    assert client_in.get("/").status_code == 200
    clock.shift(timedelta(minutes=14, seconds=59))
    assert client_in.get("/").status_code == 200


def test_page_that_asks_by_itself_keeps_no_session_alive(clock, client_in):
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        assert client_in.get("/", headers={"X-Unattended": "1"}).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client_in.get("/", headers={"X-Unattended": "1"}).status_code == 401


def test_every_part_that_asks_by_itself_says_so():
    asking = [
        path for path in TEMPLATES.rglob("*.html") if re.search(r'hx-trigger="(every|load)', path.read_text())
    ]
    assert asking
    assert [
        path.name for path in asking if 'hx-headers=\'{"X-Unattended": "1"}\'' not in path.read_text()
    ] == []


def test_session_in_constant_use_is_over_after_eight_hours(clock, client_in):
    for _ in range(47):
        clock.shift(timedelta(minutes=10))
        assert client_in.get("/konto/kvar/").status_code == 204
    clock.shift(timedelta(minutes=9, seconds=59))
    assert client_in.get("/").status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client_in.get("/").status_code == 401


def test_expired_session_key_opens_nothing_afterwards(clock, client_in, settings):
    key = client_in.cookies[settings.SESSION_COOKIE_NAME].value
    clock.shift(timedelta(minutes=15))
    client_in.get("/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get("/").status_code == 302


def test_an_htmx_write_after_the_limit_gets_a_fragment_and_keeps_the_page(clock, client_in):
    clock.shift(timedelta(minutes=15))
    answer = client_in.post(
        "/",
        WRITE,
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/arende/anteckning/?a=1"},
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "<html" not in page
    assert "Texten ligger kvar" in page
    assert 'href="/konto/logga-in/?next=%2Farende%2Fanteckning%2F%3Fa%3D1"' in page


def test_a_plain_write_after_the_limit_is_told_that_its_text_is_kept(clock, client_in):
    clock.shift(timedelta(minutes=15))
    answer = client_in.post("/", WRITE)
    assert answer.status_code == 401
    assert "ligger kvar i webbläsaren" in answer.content.decode()
    assert "Hon berättade" not in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_write_without_any_session_is_never_redirected(db, headers):
    assert Client().post("/", WRITE, headers=headers).status_code == 401


def test_same_person_returns_to_her_page_and_may_still_send_it(clock, client_in, person, enrolled, settings):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_in.cookies
    token = strict.get("/konto/losenord/", follow=True).context["csrf_token"]
    clock.shift(timedelta(minutes=15))
    strict.post("/", {**WRITE, "csrfmiddlewaretoken": str(token)})
    settings_page = "/konto/logga-in/?next=/konto/inloggningar/"
    login = strict.get(settings_page).context["csrf_token"]
    data = {
        "login": person.email,
        "password": "korrekt häst batteri klammer",
        "csrfmiddlewaretoken": str(login),
    }
    strict.post("/konto/logga-in/", {**data, "next": "/konto/inloggningar/"})
    answer = strict.post(
        "/konto/logga-in/andra-faktor/", {"code": totp(enrolled), "csrfmiddlewaretoken": str(login)}
    )
    assert answer["Location"] == "/konto/inloggningar/"
    # 403 would be the token's refusal; 401 is the page itself, asking her to confirm who she is.
    again = strict.post("/konto/losenord/", {**WRITE, "csrfmiddlewaretoken": str(token)})
    assert again.status_code == 401
    assert "Bekräfta att det är du" in again.content.decode()


def test_another_person_in_the_same_browser_gets_neither_page_nor_token(clock, client_in, cast):
    cast.colleague.set_password("ett helt annat lösenord")
    cast.colleague.save()
    clock.shift(timedelta(minutes=15))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_in.cookies
    token = str(strict.get("/konto/logga-in/").context["csrf_token"])
    strict.get("/")
    login = {
        "login": cast.colleague.email,
        "password": "ett helt annat lösenord",
        "csrfmiddlewaretoken": token,
    }
    answer = strict.post("/konto/logga-in/", {**login, "next": "/konto/inloggningar/"})
    assert answer["Location"] == "/"
    refused = strict.post("/konto/logga-ut/", {"csrfmiddlewaretoken": token})
    assert refused.status_code == 403


def test_sessions_are_listed_without_the_browsers_full_name(clock, person, enrolled):
    client = Client(
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Firefox/130.0"}
    )
    type_password(client, person.email)
    client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)})
    page = client.get("/konto/inloggningar/").content.decode()
    assert "Firefox, Windows" in page
    assert "Mozilla" not in page
    assert client.cookies["avhopp"].value not in page


def test_one_session_is_ended_by_its_owner_and_the_others_go_on(clock, client_in, person, leaves):
    from allauth.usersessions.models import UserSession

    other = signed_in(person)
    victim = UserSession.objects.order_by("-pk").first()
    assert client_in.post(f"/konto/inloggningar/{victim.pk}/avsluta/").status_code == 302
    assert leaves()[-1] == "account.sessions_ended"
    assert other.get("/").status_code == 302
    assert client_in.get("/").status_code == 200


def test_nobody_ends_a_colleagues_session(clock, client_in, cast, leaves):
    from allauth.usersessions.models import UserSession

    other = signed_in(cast.colleague)
    victim = UserSession.objects.get(user=cast.colleague)
    before = len(leaves())
    client_in.post(f"/konto/inloggningar/{victim.pk}/avsluta/")
    assert other.get("/").status_code == 200
    assert len(leaves()) == before


def test_all_sessions_end_this_one_too(clock, client_in, person):
    other = signed_in(person)
    answer = client_in.post("/konto/inloggningar/avsluta/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/utloggad/")
    assert answer["Clear-Site-Data"]
    for client in (client_in, other):
        assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "act", ["close_account", "change_role", "change_unit", "one_time_link", "end_sessions"]
)
def test_what_is_done_to_an_account_ends_its_sessions_at_the_next_request(clock, cast, act):
    from avhopp.accounts import actions
    from avhopp.accounts.roles import Role

    client = signed_in(cast.worker)
    assert client.get("/").status_code == 200
    by = Actor(user=cast.administrator.pk, role="administrator")
    if act.startswith("change_"):
        by = Actor(user=cast.officer.pk, role="data_protection_officer")
    more = {"change_role": {"role": Role.AUDITOR}, "change_unit": {"unit": None}}.get(act, {})
    getattr(actions, act)(account=cast.worker.pk, by=by, now=clock_now(), **more)
    assert client.get("/").status_code == 302
    assert client.post("/", WRITE).status_code == 401


def clock_now():
    from django.utils import timezone

    return timezone.now()


def test_expiry_that_cannot_be_recorded_shows_nothing(clock, client_in, monkeypatch):
    from audit.log import NotRecorded
    from avhopp.accounts import middleware

    def refuse(**kwargs):
        raise NotRecorded("no room")

    monkeypatch.setattr(middleware, "record", refuse)
    client_in.raise_request_exception = False
    clock.shift(timedelta(minutes=15))
    assert client_in.get("/").status_code in {500, 503}


def test_the_last_page_is_reached_without_a_session_and_tells_the_browser_to_forget(db):
    answer = Client().get("/konto/utloggad/")
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_a_link_from_another_site_does_not_sign_out(clock, client_in):
    assert client_in.get("/konto/utloggad/", headers={"Sec-Fetch-Site": "cross-site"})["Location"] == "/"
    assert client_in.get("/").status_code == 200
    client_in.get("/konto/utloggad/", headers={"Sec-Fetch-Site": "same-origin"})
    assert client_in.get("/").status_code == 302


def test_sittings_that_nobody_came_back_to_are_forgotten_and_others_stay(clock, client_in, person, settings):
    from avhopp.accounts import sessions

    clock.shift(timedelta(hours=7, minutes=59))
    alive = signed_in(person)
    clock.shift(timedelta(minutes=1))
    assert sessions.forget_dead(now=clock_now(), absolute=settings.SESSION_ABSOLUTE) == 1
    assert alive.get("/").status_code == 200
    assert client_in.get("/").status_code == 302
