"""Every address × every role × own, foreign and missing × GET and POST gives what one committed matrix says.

The addresses are read from the resolver. `make matrix` writes the file anew; the rules below hold whatever it says.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import NOW, acting, actor_for, make_case
from tests.signed_in import signed_in
from tests.universe import rows_of
from tests.universe.given import Given

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
# Sign-in, session and second factor belong to nobody's case; tests/integration/accounts has their rules.
OWN_ACCOUNT = ("account_", "mfa_", "accounts:")


def patterns(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", tuple(entry.pattern.converters)


ADDRESSES = sorted(item for item in set(patterns()) if not item[0].startswith(OWN_ACCOUNT))


class Universe:
    """One case of the worker's and one of the other unit's, each with a row of everything that has addresses."""

    def __init__(self, cast) -> None:
        # One review: to the auditor her colleague's item is her own to judge, and the one about herself is not.
        own, foreign = (
            self._file(cast.worker, cast.supervisor, helper=cast.co_worker),
            self._file(cast.stranger, cast.other_supervisor, helper=cast.stranger),
        )
        review, hers, officers = self._review(cast)
        self.ids = {
            "own": own | {"review": review, "item": hers},
            "foreign": foreign | {"review": review, "item": officers},
            "missing": {},
        }

    @staticmethod
    def _file(worker, supervisor, *, helper) -> dict[str, UUID]:
        from audit.models import Leaf

        rows = rows_of(Given(make_case(worker=worker), worker, supervisor, helper))
        leaf = Leaf.objects.order_by("-id").first()
        assert leaf is not None
        return {**rows, "leaf": leaf.pk}

    @staticmethod
    def _review(cast) -> tuple[UUID, UUID, UUID]:
        """The month after the universe was made: the stranger and the auditor have been refused three times."""
        from audit import log
        from audit.events import job
        from audit.models import ReviewItem
        from audit.review import drawing, mind
        from audit.review.months import Month
        from avhopp.web.guard import PAGE_REFUSED

        mind.commit(year=NOW.year, by=job("mind_the_review"), now=NOW)
        for user in (cast.stranger, cast.auditor):
            for _ in range(3):
                log.record(event=PAGE_REFUSED, actor=actor_for(user), at=NOW)
        month = Month.at(NOW)
        with acting(cast.auditor, at=month.ends_at) as actor:
            review = drawing.draw_month(month=month, by=actor, now=month.ends_at)
        hits = ReviewItem.objects.filter(review=review, kind="hit")
        return (
            review.pk,
            hits.filter(person=cast.stranger.pk)[0].pk,
            hits.filter(person=cast.auditor.pk)[0].pk,
        )

    def arguments(self, situation: str, names: tuple[str, ...]) -> dict[str, UUID]:
        return {name: self.ids[situation][name] if situation != "missing" else uuid4() for name in names}


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
        # Whoever reviews the log may know that a leaf exists, and the catalogue of law is everybody's.
        if situation != "foreign" or name.startswith(("audit:", "cases:catalogue")):
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
