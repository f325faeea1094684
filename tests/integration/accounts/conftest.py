"""People who sign in for real, and what the record says about them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

PASSWORD = "korrekt häst batteri klammer"
LOGIN = "/konto/logga-in/"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """The same Argon2id with little memory: these tests sign in some hundred times."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


@pytest.fixture(autouse=True)
def own_counters():
    """allauth counts requests per address in the process's cache, which tests share."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def person(cast):
    """A case worker with a password."""
    cast.worker.set_password(PASSWORD)
    cast.worker.save()
    return cast.worker


@pytest.fixture
def leaves(db) -> Callable[[], list[str]]:
    """The events written since the test began, in the order of their writing also when the clock stands still."""
    from django.db.models.expressions import RawSQL

    from audit.models import Leaf

    before = set(Leaf.objects.values_list("pk", flat=True))

    def since() -> list[str]:
        return list(
            Leaf.objects.exclude(pk__in=before)
            .order_by(RawSQL("cmin::text::bigint", ()))
            .values_list("event", flat=True)
        )

    return since


@pytest.fixture
def last_leaf(db) -> Callable[[], dict]:
    from django.db.models.expressions import RawSQL

    from audit.models import Leaf

    def newest() -> dict:
        return json.loads(bytes(Leaf.objects.order_by(RawSQL("cmin::text::bigint", ()).desc()).first().body))

    return newest


def type_password(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def totp(seed: str, at: float | None = None) -> str:
    """RFC 6238 with SHA-1, written apart from the code under test."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(b32decode(seed), step, hashlib.sha1).digest()
    cut = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[cut : cut + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def enrol_app(client: Client) -> str:
    """Add an authenticator app in a browser where the password has just been typed; return its seed."""
    page = client.get("/konto/saker-inloggning/app/ny/")
    seed = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page.content.decode()).group(1)
    answer = client.post("/konto/saker-inloggning/app/ny/", {"code": totp(seed)})
    assert answer.status_code == 302, answer.content.decode()
    return seed


@pytest.fixture
def enrolled(person):
    """The case worker with an authenticator app since eight in the morning, signed out; her seed."""
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
        client = Client()
        type_password(client, person.email)
        seed = enrol_app(client)
        client.post("/konto/logga-ut/")
    return seed


@pytest.fixture
def clock():
    """A clock that stands still at ten until a test moves it."""
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def client_in(clock, person, enrolled) -> Client:
    """The case worker's browser, signed in for real with password and code at ten."""
    client = Client()
    type_password(client, person.email)
    client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)})
    assert client.get("/").status_code == 200
    return client
