"""Every address × every role × every situation × GET and POST gives what one committed matrix says.

The addresses are read from the resolver; the situations are an own case, a colleague's, another unit's, a restricted
one, one that the worker is recused from, an ended one, one whose file is destroyed and a missing one. `make matrix`
writes the files anew; the rules below hold whatever they say.
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
from tests.destroyed import certificate_for, destroy_file
from tests.signed_in import signed_in
from tests.situations import SITUATIONS, WITHOUT_A_CASE

MATRICES = {method: Path(__file__).with_name(f"url_matrix_{method}.txt") for method in ("get", "post")}
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
# Whoever reviews the log may know that a leaf exists; catalogue, workflows and agreement belong to no unit.
OF_EVERYBODY = ("audit:", "cases:catalogue", "cases:workflow", "followup:")


@pytest.fixture
def universe(own_database, cast) -> Universe:
    with transaction.atomic():
        made = Universe(cast, with_one_more=True)
    destroy_file(own_database, made.ids["shredded"]["case"], by=cast.worker, approver=cast.supervisor)
    made.ids["own"]["certificate"] = certificate_for(own_database, cast.worker.unit)
    made.ids["foreign"]["certificate"] = certificate_for(own_database, cast.stranger.unit)
    return made


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


def all_answers(universe: Universe, clients: dict[str, Client], cast, method: str) -> dict[Key, Any]:
    """Ask everything once: (address, method, situation, role) to the response."""
    found = {}
    for word, situation in SITUATIONS.items():
        with situation.made(cast, universe.ids[situation.file]):
            for name, converters in ADDRESSES:
                if word in situations_of(converters):
                    url = reverse(name, kwargs=universe.arguments(situation.file, converters))
                    for role in ROLES:
                        found[name, method, word, role] = ask(clients[role], url, method)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], _place(item[0]))))


def situations_of(converters: tuple[str, ...]) -> tuple[str, ...]:
    """The situations that an address with these parts can be in."""
    if not converters:
        return ("own",)
    return tuple(SITUATIONS) if "case" in converters else WITHOUT_A_CASE


def _place(key: Key) -> tuple[int, int]:
    return list(SITUATIONS).index(key[2]), ROLES.index(key[3])


@pytest.mark.slow
@pytest.mark.parametrize("method", sorted(MATRICES))
def test_every_address_for_every_role_and_situation(universe, clients, cast, method):
    logging.disable(logging.WARNING)
    try:
        found = all_answers(universe, clients, cast, method)
    finally:
        logging.disable(logging.NOTSET)
    text = matrix(found)
    if os.environ.get("WRITE_MATRIX"):
        MATRICES[method].write_text(text, encoding="utf-8")
    assert failing(found) == []
    assert told_apart(found) == []
    assert reached_without_a_grant(found) == []
    assert "\n".join(map(str, unrecorded(found))) == ""
    assert text == MATRICES[method].read_text(encoding="utf-8")


def matrix(found: dict[Key, Any]) -> str:
    """Write one line an address and situation."""
    lines: dict[tuple[str, str], list[str]] = {}
    for (name, _, situation, role), response in found.items():
        shown = situation if dict(ADDRESSES)[name] else "-"
        lines.setdefault((name, shown), []).append(f"{role}={response.status_code}")
    return "".join(f"{' '.join(key)}: {' '.join(codes)}\n" for key, codes in lines.items())


def failing(found: dict[Key, Any]) -> list[Key]:
    """Pages that break."""
    return [key for key, response in found.items() if response.status_code >= 500]


def told_apart(found: dict[Key, Any]) -> list[Key]:
    """Pages on which a file that one may not see and a missing one differ in status, bytes or headers."""
    different = []
    for (name, method, situation, role), hidden in found.items():
        if (
            not dict(ADDRESSES)[name]
            or role in SITUATIONS[situation].seen_by
            or name.startswith(OF_EVERYBODY)
        ):
            continue
        missing = found[name, method, "missing", role]
        redirected = hidden.status_code in {301, 302, 401}
        same = hidden.status_code == missing.status_code and (
            redirected or (hidden.content == missing.content and _headers(hidden) == _headers(missing))
        )
        if not same:
            different.append((name, method, situation, role))
    return different


def reached_without_a_grant(found: dict[Key, Any]) -> list[Key]:
    """Pages of a case that answer somebody who has no grant in it."""
    return [
        (name, method, situation, role)
        for (name, method, situation, role), response in found.items()
        if "case" in dict(ADDRESSES)[name]
        and role not in SITUATIONS[situation].seen_by
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
