"""Gives the tests a migrated database in which they act as the application role.

`db` tests share one copy, each in a transaction that is rolled back. `own_database` gives a test a copy of
its own, for real commits, threads and other processes. Where several processes share the tests, the first one
migrates the template and each of the others has its own shared copy of it. Nothing here may let a test act as
the owner without asking for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from avhopp.database.roles import Urls
from avhopp.database.testing import Template, migrated_template, pointing_at

# These commit, or are served by another thread: they get a copy of their own instead of the TRUNCATE that
# pytest-django would run afterwards and that the application role may not run.
_COMMITTING = {"own_database", "transactional_db", "live_server"}


_for_workers = pytest.StashKey[tuple[ExitStack, Template]]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the template to a worker of pytest-xdist; it is made before the first of them starts."""
    stash = node.config.stash
    if _for_workers not in stash:
        until_the_end = ExitStack()
        with stash[blocking_manager_key].unblock():
            stash[_for_workers] = until_the_end, until_the_end.enter_context(migrated_template())
    node.workerinput["template"] = asdict(stash[_for_workers][1])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the template of the workers when the last of them has ended."""
    if _for_workers in config.stash:
        config.stash[_for_workers][0].close()


@pytest.fixture(scope="session")
def database_server(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Template]:
    """Give the migrated template: a worker's from the first process, else made when the first test needs it."""
    handed_over = getattr(request.config, "workerinput", {}).get("template")
    if handed_over:
        yield Template(**handed_over)
        return
    with ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            template = until_the_end.enter_context(migrated_template())
        yield template


@pytest.fixture(scope="session")
def django_db_setup(database_server: Template) -> Iterator[None]:
    """Point Django at the copy that all `db` tests of this process share."""
    name = f"shared_{secrets.token_hex(4)}"
    with pointing_at(urls=database_server.clone(name=name)):
        yield
    database_server.drop(name=name)


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """Give a database: in a transaction, or a copy of its own where the test commits.

    Fixtures that fill the database ask for `db` and so serve both kinds of test.
    """
    request.getfixturevalue("own_database" if _commits(request) else "_django_db_helper")


@pytest.fixture
def transactional_db(own_database: Urls) -> None:
    """Stand in for pytest-django's, which empties the tables afterwards."""


@pytest.fixture
def own_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    database_server: Template,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Urls]:
    """Give the test a fresh copy to commit in, with Django pointing at it, and remove it afterwards."""
    if request.node.get_closest_marker("django_db"):
        raise pytest.UsageError(
            f"{request.node.nodeid}: take away the django_db mark; own_database is enough."
        )
    name = secrets.token_hex(4)
    urls = database_server.clone(name=name)
    try:
        with django_db_blocker.unblock(), pointing_at(urls=urls):
            yield urls
    finally:
        database_server.drop(name=name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse the mark whose clean-up the application role may not run."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences") or any(mark.args)):
            raise pytest.UsageError(
                f"{item.nodeid}: use the fixture own_database instead of transaction=True."
            )


def _commits(request: pytest.FixtureRequest) -> bool:
    return not _COMMITTING.isdisjoint(request.fixturenames)
