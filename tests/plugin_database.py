"""Gives the tests a migrated database in which they act as the application role.

`db` tests share one copy, each in a transaction that is rolled back. `own_database` gives a test a copy of
its own, for real commits, threads and other processes. Nothing here may let a test act as the owner without
asking for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from avhopp.database.roles import Urls
from avhopp.database.testing import TestServer, pointing_at

# These commit, or are served by another thread: they get a copy of their own instead of the TRUNCATE that
# pytest-django would run afterwards and that the application role may not run.
_COMMITTING = {"own_database", "transactional_db", "live_server"}


@pytest.fixture(scope="session")
def database_server(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestServer]:
    """Start or reach the server and migrate the template, once, when the first test needs it."""
    server = TestServer()
    with django_db_blocker.unblock():
        server.start()
    yield server
    with django_db_blocker.unblock():
        server.stop()


@pytest.fixture(scope="session")
def django_db_setup(database_server: TestServer) -> Iterator[None]:
    """Point Django at the copy that all `db` tests share."""
    with pointing_at(urls=database_server.clone(name="shared")):
        yield
    database_server.drop(name="shared")


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
    database_server: TestServer,
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
