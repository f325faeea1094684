"""Databases for the test suite: one server, one migrated template, and a copy for whoever needs real commits.

The server is the one that TEST_DATABASE_URL names, or an embedded one whose files go with it. Tests connect
as the application role, so that a right missing in production is missing here too. Never point this at a
server with data: it creates and drops databases and roles, all named avhopp_test_….
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.conninfo import conninfo_to_dict

from avhopp.database.embedded import EmbeddedServer
from avhopp.database.roles import (
    RoleNames,
    Urls,
    address,
    clone_database,
    drop_database,
    drop_roles,
    provision,
    role_names,
)
from avhopp.database.router import OWNER

DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


class TestServer:
    """A server with a template database that is migrated once."""

    __test__ = False  # not a test case, whatever its name suggests to pytest

    def __init__(self) -> None:
        self._cleanup = ExitStack()
        self._admin_url = ""
        self._template = f"avhopp_test_{secrets.token_hex(4)}"
        self._passwords = (secrets.token_urlsafe(), secrets.token_urlsafe(), secrets.token_urlsafe())

    @property
    def admin_url(self) -> str:
        """The address of the superuser or creator; only for tests of the roles themselves."""
        return self._admin_url

    def start(self) -> None:
        """Start or reach the server, make the roles and migrate the template."""
        with ExitStack() as stack:
            self._admin_url = (
                os.environ.get("TEST_DATABASE_URL") or stack.enter_context(_embedded()).admin_url
            )
            owner_password, app_password, sequencer_password = self._passwords
            stack.callback(drop_roles, admin_url=self._admin_url, names=self._names)
            stack.callback(
                drop_database, admin_url=self._admin_url, database=self._template, names=self._names
            )
            urls = provision(
                admin_url=self._admin_url,
                database=self._template,
                owner_password=owner_password,
                app_password=app_password,
                sequencer_password=sequencer_password,
            )
            with pointing_at(urls=urls):
                call_command("migrate", verbosity=0, interactive=False)
            self._cleanup = stack.pop_all()

    def stop(self) -> None:
        """Remove the template and the roles, and the server if it is embedded; copies must be gone."""
        self._cleanup.close()

    def clone(self, *, name: str) -> Urls:
        """Copy the template as `avhopp_test_…_<name>` and return its addresses."""
        database = self._database(name)
        clone_database(
            admin_url=self._admin_url, template=self._template, database=database, names=self._names
        )
        roles = (self._names.owner, self._names.app, self._names.sequencer)
        owner, app, sequencer = (
            address(admin_url=self._admin_url, database=database, role=role, password=password)
            for role, password in zip(roles, self._passwords, strict=True)
        )
        return Urls(owner=owner, app=app, sequencer=sequencer)

    def drop(self, *, name: str) -> None:
        """Remove a copy; connections left in it are ended."""
        drop_database(admin_url=self._admin_url, database=self._database(name), names=self._names)

    @property
    def _names(self) -> RoleNames:
        return role_names(database=self._template)

    def _database(self, name: str) -> str:
        return f"{self._template}_{name}"


@contextmanager
def pointing_at(*, urls: Urls) -> Iterator[None]:
    """Let Django's two connections use `urls` meanwhile, closing them before and after.

    The settings are changed in place, so that threads started meanwhile (a live server) follow.
    """
    addresses = {DEFAULT_DB_ALIAS: urls.app, OWNER: urls.owner}
    before = {alias: dict(connections.settings[alias]) for alias in addresses}
    connections.close_all()
    try:
        for alias, url in addresses.items():
            connections.settings[alias].update(_django_keys(url, before[alias]["OPTIONS"]))
        yield
    finally:
        connections.close_all()
        for alias, values in before.items():
            connections.settings[alias].update(values)


def _django_keys(url: str, options: dict[str, object]) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    keys: dict[str, object] = {key: str(parts.pop(name, "")) for name, key in DJANGO_KEYS.items()}
    return keys | {"OPTIONS": options | parts}


@contextmanager
def _embedded() -> Iterator[EmbeddedServer]:
    # A name nobody can guess; the server refuses a directory that another account made.
    directory = Path(tempfile.gettempdir()) / f"avhopp-test-{secrets.token_hex(8)}"
    with EmbeddedServer(directory, durable=False) as server:
        yield server
