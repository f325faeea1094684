"""Databases for the test suite: one server, one migrated template, and a copy for whoever needs real commits.

The server is the one that TEST_DATABASE_URL names, or an embedded one whose files go with it. Tests connect
as the application role, so that a right missing in production is missing here too. Never point this at a
server with data: it creates and drops databases and roles, all named avhopp_test_….
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from avhopp.database import rows
from avhopp.database.embedded import EmbeddedServer
from avhopp.database.placement import MEMORY
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

ROOM_IN_MEMORY = 2 * 1024**3
DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@dataclass(frozen=True, kw_only=True)
class Template:
    """A migrated database to copy; made once a run and handed to every process of it."""

    admin_url: str
    database: str
    owner_password: str
    app_password: str
    sequencer_password: str
    keeper_password: str
    worker_password: str

    def __repr__(self) -> str:
        return f"<Template {self.database}>"

    def clone(self, *, name: str) -> Urls:
        """Copy it as `avhopp_test_…_<name>` and return the copy's addresses."""
        database = self._copy(name)
        clone_database(admin_url=self.admin_url, template=self.database, database=database, names=self._names)
        owner, app, sequencer, keeper, worker = (
            address(admin_url=self.admin_url, database=database, role=role, password=password)
            for role, password in (
                (self._names.owner, self.owner_password),
                (self._names.app, self.app_password),
                (self._names.sequencer, self.sequencer_password),
                (self._names.keeper, self.keeper_password),
                (self._names.worker, self.worker_password),
            )
        )
        return Urls(owner=owner, app=app, sequencer=sequencer, keeper=keeper, worker=worker)

    def drop(self, *, name: str) -> None:
        """Remove a copy; connections left in it are ended."""
        drop_database(admin_url=self.admin_url, database=self._copy(name), names=self._names)

    @property
    def _names(self) -> RoleNames:
        return role_names(database=self.database)

    def _copy(self, name: str) -> str:
        return f"{self.database}_{name}"


@contextmanager
def migrated_template() -> Iterator[Template]:
    """Start or reach the server, make the roles and migrate a template; remove all of it afterwards.

    Copies must be gone by then.
    """
    with ExitStack() as stack:
        admin_url = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(_embedded()).admin_url
        template = Template(
            admin_url=admin_url,
            database=f"avhopp_test_{secrets.token_hex(4)}",
            owner_password=secrets.token_urlsafe(),
            app_password=secrets.token_urlsafe(),
            sequencer_password=secrets.token_urlsafe(),
            keeper_password=secrets.token_urlsafe(),
            worker_password=secrets.token_urlsafe(),
        )
        names = role_names(database=template.database)
        stack.callback(drop_roles, admin_url=admin_url, names=names)
        stack.callback(drop_database, admin_url=admin_url, database=template.database, names=names)
        urls = provision(
            admin_url=admin_url,
            database=template.database,
            owner_password=template.owner_password,
            app_password=template.app_password,
            sequencer_password=template.sequencer_password,
            keeper_password=template.keeper_password,
            worker_password=template.worker_password,
        )
        with pointing_at(urls=urls):
            call_command("migrate", verbosity=0, interactive=False)
            _let_the_test_look(app=names.app)
        yield template


LOOKS = "avhopp_worker_of_the_tests"


def _let_the_test_look(*, app: str) -> None:
    """Let whoever has no scope open see every row, as the worker's role does, in whose stead tests run its jobs.

    This is the one thing that the suite relaxes in the database; `strict_rows` takes it back.
    """
    found = rows.rules(apps=apps)
    named = sorted({job for rule in found.values() for job in rule.jobs})
    nobody = sql.SQL(
        "coalesce(current_setting('avhopp.person', true), '') = ''"
        " AND coalesce(current_setting('avhopp.job', true), '') NOT IN ({})"
    ).format(sql.SQL(", ").join(map(sql.Literal, named)))
    with connections[OWNER].cursor() as cursor:
        for table in found:
            cursor.execute(
                sql.SQL("CREATE POLICY {} ON {} TO {} USING ({})").format(
                    sql.Identifier(LOOKS), sql.Identifier(table), sql.Identifier(app), nobody
                )
            )


def be_strict(*, owner_url: str) -> None:
    """Take back, in a copy of one's own, what `_let_the_test_look` gave."""
    with psycopg.connect(owner_url) as connection:
        for table in rows.rules(apps=apps):
            connection.execute(
                sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(LOOKS), sql.Identifier(table))
            )


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
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_IN_MEMORY
    parent = MEMORY if has_room else Path(tempfile.gettempdir())
    directory = parent / f"avhopp-test-{secrets.token_hex(8)}"
    with EmbeddedServer(directory, durable=False) as server:
        yield server
