"""Provisioning makes two roles with nothing but a name, on any server, and may be repeated."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from avhopp.database.roles import (
    ProvisionError,
    Urls,
    address,
    drop_database,
    drop_roles,
    provision,
    role_names,
)
from avhopp.database.testing import Template


@pytest.fixture
def fresh(database_server: Template) -> Iterator[tuple[str, str]]:
    """Give an admin address and an unused database name, and remove what was made under it."""
    name = f"avhopp_test_{secrets.token_hex(4)}"
    yield database_server.admin_url, name
    drop_database(admin_url=database_server.admin_url, database=name, names=role_names(database=name))
    drop_roles(admin_url=database_server.admin_url, names=role_names(database=name))


@pytest.fixture
def creator(fresh: tuple[str, str]) -> Iterator[str]:
    """Give the address of a role that may create roles and databases and is no superuser."""
    admin_url, name = fresh
    role = sql.Identifier(f"{name}_creator")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD 'creator'").format(role))
        yield address(admin_url=admin_url, database="postgres", role=f"{name}_creator", password="creator")
        drop_database(admin_url=admin_url, database=name, names=role_names(database=name))
        drop_roles(admin_url=admin_url, names=role_names(database=name))
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


def test_provisioning_twice_gives_five_roles_with_nothing_but_a_name(fresh: tuple[str, str]) -> None:
    admin_url, name = fresh
    for password in ("first", "second"):
        urls = provision(admin_url=admin_url, database=name, owner_password=password, app_password=password)
    with psycopg.connect(admin_url) as admin:
        found = admin.execute(
            """SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
            FROM pg_roles WHERE rolname LIKE %s ORDER BY 1""",
            [f"{name}%"],
        ).fetchall()
    assert found == [(f"{name}_{role}", False) for role in ("app", "keeper", "owner", "sequencer", "worker")]
    with psycopg.connect(urls.owner) as owner, psycopg.connect(urls.app) as app:
        owner.execute("CREATE TABLE public.mine ()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE public.mine ()")


def test_provisioning_takes_back_what_a_role_should_not_have(fresh: tuple[str, str]) -> None:
    admin_url, name = fresh
    provision(admin_url=admin_url, database=name, owner_password=None, app_password=None)
    app = sql.Identifier(f"{name}_app")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER ROLE {} SUPERUSER BYPASSRLS CREATEROLE").format(app))
        provision(admin_url=admin_url, database=name, owner_password=None, app_password=None)
        row = admin.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [f"{name}_app"]
        ).fetchone()
    assert row == (False, False, False)


def test_a_creator_who_is_no_superuser_can_provision_and_is_no_member_afterwards(
    creator: str, fresh: tuple[str, str]
) -> None:
    admin_url, name = fresh
    for _ in range(2):
        urls = provision(admin_url=creator, database=name, owner_password="one", app_password="two")
    with psycopg.connect(admin_url) as admin:
        assert admin.execute(
            "SELECT pg_has_role(%s, %s, 'USAGE')", [f"{name}_creator", f"{name}_owner"]
        ).fetchone() == (False,)
    with psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE public.mine ()")


def test_a_role_that_may_create_nothing_is_told_what_it_needs(
    fresh: tuple[str, str], own_database: Urls
) -> None:
    _, name = fresh
    with pytest.raises(ProvisionError, match="CREATEDB och CREATEROLE"):
        provision(admin_url=own_database.owner, database=name, owner_password=None, app_password=None)


def test_a_database_of_somebody_else_is_refused(fresh: tuple[str, str]) -> None:
    admin_url, name = fresh
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with pytest.raises(ProvisionError, match="finns redan och ägs av"):
        provision(admin_url=admin_url, database=name, owner_password=None, app_password=None)


def test_the_server_is_given_a_verifier_and_never_the_password(
    fresh: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    admin_url, name = fresh
    sent: list[str] = []
    execute = psycopg.Connection.execute

    def spy(
        connection: psycopg.Connection, query: sql.Composed | str, params: object = None
    ) -> psycopg.Cursor:
        sent.append(query if isinstance(query, str) else query.as_string(connection))
        return execute(connection, query, params)

    monkeypatch.setattr(psycopg.Connection, "execute", spy)
    urls = provision(
        admin_url=admin_url, database=name, owner_password="plain-owner", app_password="plain-app"
    )
    assert any("SCRAM-SHA-256$" in statement for statement in sent)
    assert not any("plain-" in statement for statement in sent)
    assert "plain-" not in repr(urls)


def test_an_address_keeps_the_server_and_quotes_what_is_odd() -> None:
    url = address(
        admin_url="postgresql://a:b@db.test:6000/x?sslmode=require", database="å/b", role="r@", password="p:/"
    )
    found = psycopg.conninfo.conninfo_to_dict(url)
    assert found == {
        "host": "db.test", "port": "6000", "sslmode": "require",
        "dbname": "å/b", "user": "r@", "password": "p:/",
    }  # fmt: skip
