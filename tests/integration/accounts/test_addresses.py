"""Every address under /konto/, read from the resolver: who reaches it without signing in, and with a password alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

import avhopp.accounts.urls
from avhopp.accounts import actions
from avhopp.accounts.middleware import ENROLMENT
from tests.signed_in import signed_in

OPEN = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "accounts:ended",
    "accounts:one_time_link",
}
MANAGING = {
    f"accounts:{name}"
    for name in (
        "list",
        "new",
        "account",
        "close",
        "reopen",
        "role",
        "unit",
        "end_sittings",
        "link",
        "requests",
        "request_decide",
    )
}
ARGUMENTS = {"account": UUID(int=1), "waiting": UUID(int=2), "sitting": 1, "pk": 1, "token": "x"}


def patterns(entries: list, namespace: str = "") -> Iterator[tuple[str, dict]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", {name: ARGUMENTS[name] for name in entry.pattern.converters}


ADDRESSES = dict(patterns(avhopp.accounts.urls.urlpatterns))
CLOSED = sorted(set(ADDRESSES) - OPEN)


def test_lists_above_name_only_what_there_is():
    assert set(ADDRESSES) >= OPEN | MANAGING
    assert set(ADDRESSES) >= {name for name in ENROLMENT if name != "set_theme"}


@pytest.mark.parametrize("name", CLOSED)
def test_anonymous_reaches_nothing_else_than_sign_in(db, name):
    path = reverse(name, kwargs=ADDRESSES[name])
    read = Client().get(path)
    assert (read.status_code, read["Location"].split("?")[0]) == (302, "/konto/logga-in/")
    assert Client().post(path).status_code == 401


@pytest.mark.parametrize("name", sorted(set(CLOSED) - ENROLMENT))
def test_password_alone_is_led_to_the_second_factor_from_everywhere(cast, name):
    path = reverse(name, kwargs=ADDRESSES[name])
    for method in ("get", "post"):
        answer = getattr(signed_in(cast.administrator, methods=("password",)), method)(path)
        assert (answer.status_code, answer["Location"]) == (302, "/konto/andra-faktor/")


@pytest.mark.parametrize("name", sorted(MANAGING))
def test_managing_pages_refuse_other_roles(cast, name):
    path = reverse(name, kwargs=ADDRESSES[name])
    client = signed_in(cast.supervisor, fresh=True)
    assert {client.get(path).status_code, client.post(path).status_code} <= {403, 405}
    assert 403 in {client.get(path).status_code, client.post(path).status_code}


VERBS = [
    function
    for name, function in inspect.getmembers(actions, inspect.isfunction)
    if not name.startswith("_") and inspect.unwrap(function).__module__ == actions.__name__
]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_every_act_takes_actor_and_time_by_keyword(verb):
    parameters = inspect.signature(verb).parameters
    assert {"by", "now"} <= parameters.keys()
    assert all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters.values())
