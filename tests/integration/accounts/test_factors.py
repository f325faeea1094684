"""One's own second factors: what may be removed, and what a failed key tells."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from tests.signed_in import signed_in

from .conftest import totp, type_password


def key_of(user, name: str = "Nyckel"):
    """A key as it stands in the database; its ceremony is tried in tests/journeys/test_signin.py."""
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def test_last_key_stays(cast, leaves):
    key = key_of(cast.worker)
    answer = signed_in(cast.worker, fresh=True).post(f"/konto/saker-inloggning/nycklar/{key.pk}/ta-bort/")
    assert answer.status_code == 409
    assert leaves() == []


def test_one_of_two_keys_is_removed(cast, leaves):
    first, second = key_of(cast.worker), key_of(cast.worker, "Reserv")
    client = signed_in(cast.worker, fresh=True)
    assert client.post(f"/konto/saker-inloggning/nycklar/{first.pk}/ta-bort/").status_code == 302
    assert leaves() == ["account.factor_removed"]
    assert client.post(f"/konto/saker-inloggning/nycklar/{second.pk}/ta-bort/").status_code == 409


def test_nobody_removes_or_renames_a_colleagues_key(cast):
    key = key_of(cast.colleague)
    client = signed_in(cast.worker, fresh=True)
    for act in ("ta-bort", "namn"):
        path = f"/konto/saker-inloggning/nycklar/{key.pk}/{act}/"
        assert client.get(path).status_code == client.post(path, {"name": "Min"}).status_code == 404


@pytest.mark.parametrize("credential", ["", "{}", "[]", json.dumps({"response": {"userHandle": "AAAA"}})])
def test_key_that_is_none_signs_nobody_in(db, leaves, credential):
    client = Client()
    client.get("/konto/logga-in/nyckel/", headers={"accept": "application/json"})
    answer = client.post("/konto/logga-in/nyckel/", {"credential": credential})
    assert answer.status_code == 400
    assert leaves() == ["account.sign_in_failed"]
    assert client.get("/").status_code == 302


def test_unknown_and_known_addresses_cost_the_same_work(person, cast, monkeypatch):
    """One Argon2id computation each, also for an account without a password; the clock would be too coarse a judge."""
    done = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a: done.append("x") or encode(*a))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a: done.append("x") or verify(*a))
    work = []
    for email in (person.email, "nobody@example.invalid", cast.colleague.email):
        done.clear()
        type_password(Client(), email, "fel lösenord helt och hållet")
        work.append(len(done))
    assert work == [1, 1, 1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Säker inloggning"),
        ("nycklar/", "Dina nycklar"),
        ("nycklar/{key}/namn/", "Spara"),
        ("nycklar/{key}/ta-bort/", "Ta bort"),
        ("app/ny/", "Kod från appen"),
    ],
)
def test_own_factors_are_shown_in_swedish(cast, path, words):
    key = key_of(cast.worker)
    page = signed_in(cast.worker, fresh=True).get(f"/konto/saker-inloggning/{path.format(key=key.pk)}")
    text = page.content.decode()
    assert page.status_code == 200
    assert words in text
    assert 'lang="sv"' in text


def test_app_and_codes_are_removed_and_renewed_in_swedish(clock, client_in, enrolled, person):
    clock.shift(30)
    client_in.post("/konto/bekrafta/kod/", {"code": totp(enrolled)})
    assert "reservkoder" in client_in.get("/konto/saker-inloggning/reservkoder/nya/").content.decode().lower()
    assert client_in.post("/konto/saker-inloggning/reservkoder/nya/").status_code == 302
    assert "10 av 10" in client_in.get("/konto/saker-inloggning/reservkoder/").content.decode()
    key_of(person)
    assert client_in.get("/konto/saker-inloggning/app/ta-bort/").status_code == 200
    assert client_in.post("/konto/saker-inloggning/app/ta-bort/").status_code == 302
