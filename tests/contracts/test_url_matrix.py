"""Every address × every role × own, foreign and missing × GET and POST gives what one committed matrix says.

The addresses are read from the resolver. `make matrix` writes the file anew; the rules below hold whatever it says.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.addresses import ADDRESSES, Universe
from tests.signed_in import signed_in

MATRIX = Path(__file__).with_name("url_matrix.txt")
ROLES = (
    "anonymous",
    "worker",
    "co_worker",
    "supervisor",
    "auditor",
    "officer",
    "manager",
    "administrator",
)
SITUATIONS = ("own", "foreign", "missing")
METHODS = ("get", "post")
# Whoever reviews the log may know that a leaf exists; catalogue, workflows and agreement belong to no unit.
OF_EVERYBODY = ("audit:", "cases:catalogue", "cases:workflow", "followup:")


@pytest.fixture
def universe(cast) -> Universe:
    return Universe(cast)


@pytest.fixture
def clients(cast) -> dict[str, Client]:
    made = {role: signed_in(getattr(cast, role), raise_request_exception=False) for role in ROLES[1:]}
    return {"anonymous": Client(raise_request_exception=False), **made}


def ask(client: Client, url: str, method: str):
    """Ask inside a savepoint that is rolled back, so that no answer depends on an earlier one."""
    from audit.models import Leaf

    with transaction.atomic():
        before = Leaf.objects.filter(kind="refusal").count()
        response = getattr(client, method)(url)
        if response.streaming:
            # A file that is read to its end is closed.
            b"".join(response)
        response.refusals = Leaf.objects.filter(kind="refusal").count() - before
        transaction.set_rollback(True)
    return response


Key = tuple[str, str, str, str]


def all_answers(universe: Universe, clients: dict[str, Client]) -> dict[Key, Any]:
    """Ask everything once: (address, method, situation, role) to the response."""
    found = {}
    for name, converters in ADDRESSES:
        for method in METHODS:
            for situation in SITUATIONS if converters else ("own",):
                url = reverse(name, kwargs=universe.arguments(situation, converters))
                for role in ROLES:
                    found[name, method, situation, role] = ask(clients[role], url, method)
    return found


@pytest.mark.slow
def test_every_address_for_every_role_and_situation(universe, clients):
    logging.disable(logging.WARNING)
    try:
        found = all_answers(universe, clients)
    finally:
        logging.disable(logging.NOTSET)
    text = matrix(found)
    if os.environ.get("WRITE_MATRIX"):
        MATRIX.write_text(text, encoding="utf-8")
    assert failing(found) == []
    assert told_apart(found) == []
    assert reached_without_a_grant(found) == []
    assert "\n".join(map(str, unrecorded(found))) == ""
    assert text == MATRIX.read_text(encoding="utf-8")


def matrix(found: dict[Key, Any]) -> str:
    """Write one line an address, method and situation."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for (name, method, situation, role), response in found.items():
        shown = situation if dict(ADDRESSES)[name] else "-"
        lines.setdefault((name, method.upper(), shown), []).append(f"{role}={response.status_code}")
    return "".join(f"{' '.join(key)}: {' '.join(codes)}\n" for key, codes in lines.items())


def failing(found: dict[Key, Any]) -> list[Key]:
    """Pages that break."""
    return [key for key, response in found.items() if response.status_code >= 500]


def told_apart(found: dict[Key, Any]) -> list[Key]:
    """Pages on which a foreign file and a missing one differ in status, bytes or headers."""
    different = []
    for (name, method, situation, role), foreign in found.items():
        if situation != "foreign" or name.startswith(OF_EVERYBODY):
            continue
        missing = found[name, method, "missing", role]
        redirected = foreign.status_code in {301, 302, 401}
        same = foreign.status_code == missing.status_code and (
            redirected or (foreign.content == missing.content and _headers(foreign) == _headers(missing))
        )
        if not same:
            different.append((name, method, situation, role))
    return different


def reached_without_a_grant(found: dict[Key, Any]) -> list[Key]:
    """Pages of a case that answer somebody who can have no grant."""
    handlers = {"worker", "co_worker", "supervisor"}
    return [
        (name, method, situation, role)
        for (name, method, situation, role), response in found.items()
        if "case" in dict(ADDRESSES)[name]
        and (role not in handlers or situation != "own")
        and response.status_code not in {302, 401, 403, 404, 405}
    ]


def unrecorded(found: dict[Key, Any]) -> list[Key]:
    """Refusals to somebody signed in that left no leaf, or more than one."""
    return [
        key
        for key, response in found.items()
        # A leaf or a review that does not exist is nobody's: there is nothing to refuse.
        if key[3] != "anonymous"
        and not (key[0].startswith("audit:") and response.status_code == 404)
        and response.status_code in {403, 404}
        and response.refusals != 1
    ]


def _headers(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "X-Reference"}
