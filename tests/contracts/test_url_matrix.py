"""Every address × every role × own, foreign and missing × GET and POST gives what one committed matrix says.

The addresses are read from the resolver. `make matrix` writes the file anew; the rules below hold whatever it says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import NOW, acting, make_case
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
    """One case of the worker's and one of the other unit's, each with a note, a request, a grant and an enquiry."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.ids = {
            "own": self._file(cast.worker, cast.supervisor),
            "foreign": self._file(cast.stranger, cast.other_supervisor),
            "missing": dict.fromkeys(self._names(), None),
        }

    @staticmethod
    def _names() -> tuple[str, ...]:
        return ("case", "note", "request_id", "grant", "enquiry", "leaf")

    def _file(self, worker, supervisor) -> dict[str, UUID]:
        from audit.models import Leaf
        from cases.access import get_case
        from cases.actions import enquiries, grants, notes, stages
        from cases.models import Basis
        from cases.models.enquiry import Channel, Source, Urgency
        from cases.workflow import Stage

        case = make_case(worker=worker)
        with acting(worker) as actor:
            opened = get_case(actor=actor, case=case, at=NOW)
            note = notes.start(opened=opened, by=actor, now=NOW)
            request = stages.request_stage(
                opened=opened,
                to_stage=Stage.ASSESSMENT,
                reason="Informationen är lämnad.",
                ticked={"informed", "safe_contact"},
                closure_reason="",
                by=actor,
                now=NOW,
            )
            enquiry = enquiries.register(
                received_at=NOW,
                channel=Channel.PHONE,
                urgency=Urgency.DAYS,
                is_anonymous=False,
                source=Source.SELF,
                need="Vill ha stöd.",
                callback="",
                by=actor,
                now=NOW,
            )
        with acting(supervisor) as actor:
            opened = get_case(actor=actor, case=case, at=NOW)
            helper = self.cast.co_worker if worker is self.cast.worker else worker
            grant = grants.give(
                opened=opened, user=helper, basis=Basis.CO_WORKER, expires_at=None, by=actor, now=NOW
            )
        leaf = Leaf.objects.order_by("-id").first()
        assert leaf is not None
        ids = (case, note.pk, request.pk, grant.pk, enquiry.pk, leaf.pk)
        return dict(zip(self._names(), ids, strict=True))

    def arguments(self, situation: str, names: tuple[str, ...]) -> dict[str, UUID]:
        return {name: self.ids[situation][name] or uuid4() for name in names}


@pytest.fixture
def universe(cast) -> Universe:
    return Universe(cast)


@pytest.fixture
def clients(cast) -> dict[str, Client]:
    made = {role: signed_in(getattr(cast, role), raise_request_exception=False) for role in ROLES[1:]}
    return {"anonymous": Client(raise_request_exception=False), **made}


def ask(client: Client, url: str, method: str):
    """Ask inside a savepoint that is rolled back, so that no answer depends on an earlier one."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def answers(
    universe: Universe, clients: dict[str, Client], name: str, converters: tuple[str, ...]
) -> list[str]:
    rows = []
    situations = SITUATIONS if converters else ("own",)
    for method in METHODS:
        for situation in situations:
            url = reverse(name, kwargs=universe.arguments(situation, converters))
            codes = [f"{role}={ask(clients[role], url, method).status_code}" for role in ROLES]
            rows.append(f"{name} {method.upper()} {situation if converters else '-'}: {' '.join(codes)}")
    return rows


def test_matrix_is_the_committed_one(universe, clients):
    rows = [row for name, converters in ADDRESSES for row in answers(universe, clients, name, converters)]
    text = "\n".join(rows) + "\n"
    if os.environ.get("WRITE_MATRIX"):
        MATRIX.write_text(text, encoding="utf-8")
    assert text == MATRIX.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, converters in ADDRESSES if converters])
def test_forbidden_looks_like_missing(universe, clients, name):
    converters = dict(ADDRESSES)[name]
    for role in ROLES:
        for method in METHODS:
            foreign, missing = (
                ask(clients[role], reverse(name, kwargs=universe.arguments(situation, converters)), method)
                for situation in ("foreign", "missing")
            )
            if role in {"auditor", "officer"} and name.startswith("audit:"):
                continue
            assert foreign.status_code == missing.status_code, (role, method)
            if foreign.status_code not in {301, 302, 401}:
                assert foreign.content == missing.content, (role, method)
                assert _headers(foreign) == _headers(missing), (role, method)


@pytest.mark.parametrize("name", [name for name, converters in ADDRESSES if "case" in converters])
def test_nobody_without_a_grant_reaches_a_page_of_a_case(universe, clients, name):
    converters = dict(ADDRESSES)[name]
    for role in set(ROLES) - {"worker", "co_worker", "supervisor"}:
        for method in METHODS:
            url = reverse(name, kwargs=universe.arguments("own", converters))
            assert ask(clients[role], url, method).status_code in {302, 401, 403, 404, 405}, (role, method)


@pytest.mark.parametrize("name", [name for name, _ in ADDRESSES])
def test_no_page_fails(universe, clients, name):
    converters = dict(ADDRESSES)[name]
    for role in ROLES:
        for method in METHODS:
            url = reverse(name, kwargs=universe.arguments("own", converters))
            assert ask(clients[role], url, method).status_code < 500, (role, method)


def _headers(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "X-Reference"}
