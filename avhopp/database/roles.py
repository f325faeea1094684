"""The roles of a database: an owner that migrates, an application that owns nothing, a worker that does what is due by
the clock, a sequencer for the tree alone, and a keeper of the keys that may seal anew what is sealed and nothing else.

Runs against any PostgreSQL from 15, from the address of a superuser or of a role that may create roles and
databases. Everything may be repeated. Passwords leave this process only as SCRAM verifiers, so that no server
log can hold them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

OLDEST_SERVER = 150000
# Any constant: provisioning takes turns, because concurrent changes of one role fail in PostgreSQL.
_PROVISIONING = 0x41766870
_FORBIDDEN = {
    "rolsuper": "SUPERUSER",
    "rolcreatedb": "CREATEDB",
    "rolcreaterole": "CREATEROLE",
    "rolreplication": "REPLICATION",
    "rolbypassrls": "BYPASSRLS",
}


class Cursor(Protocol):
    """What both Django's cursor and psycopg's can do."""

    def execute(self, query: str, params: list[str], /) -> Any: ...

    def fetchone(self) -> Any: ...


class ProvisionError(Exception):
    """The roles or the database could not be made; the text says what to do."""


@dataclass(frozen=True, kw_only=True)
class Urls:
    """The libpq addresses of one database. They hold passwords: never log them."""

    owner: str
    app: str
    sequencer: str = ""
    keeper: str = ""
    worker: str = ""

    def __repr__(self) -> str:
        return "Urls(…)"


@dataclass(frozen=True, kw_only=True)
class RoleNames:
    """The names of the roles of a database; without a name for one of the later ones there is none."""

    owner: str
    app: str
    sequencer: str = ""
    keeper: str = ""
    worker: str = ""

    @property
    def connecting(self) -> tuple[str, ...]:
        """The roles that own nothing and must be let in."""
        return tuple(filter(None, (self.app, self.sequencer, self.keeper, self.worker)))


def role_names(*, database: str) -> RoleNames:
    """Return the names that the roles of `database` carry."""
    return RoleNames(
        owner=f"{database}_owner",
        app=f"{database}_app",
        sequencer=f"{database}_sequencer",
        keeper=f"{database}_keeper",
        worker=f"{database}_worker",
    )


def sequencer_of(*, app: str) -> str:
    """Return the name of the sequencer's role beside an application's role."""
    return f"{app.removesuffix('_app')}_sequencer"


def keeper_beside(*, role: str) -> str:
    """Return the name of the keeper's role beside another of the same database, or the keeper's own."""
    return f"{_stem(role)}_keeper"


def worker_beside(*, role: str) -> str:
    """Return the name of the worker's role beside another of the same database, or the worker's own."""
    return f"{_stem(role)}_worker"


def role_exists(cursor: Cursor, role: str) -> bool:
    """Tell whether the server has the role."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _stem(role: str) -> str:
    for suffix in ("_app", "_owner", "_keeper", "_worker"):
        role = role.removesuffix(suffix)
    return role


def provision(
    *,
    admin_url: str,
    database: str,
    owner_password: str | None,
    app_password: str | None,
    sequencer_password: str | None = None,
    keeper_password: str | None = None,
    worker_password: str | None = None,
) -> Urls:
    """Create or correct the roles and the database, and return their addresses.

    A password of None leaves the role as it is, for servers that recognise the account instead (embedded,
    peer).
    """
    names = role_names(database=database)
    with _admin(admin_url) as connection:
        _ensure_role(connection, names.owner, owner_password)
        _ensure_role(connection, names.app, app_password)
        _ensure_role(connection, names.sequencer, sequencer_password)
        _ensure_role(connection, names.keeper, keeper_password)
        _ensure_role(connection, names.worker, worker_password)
        with _membership(connection, names.owner):
            _ensure_database(connection, database, names)
            _close_public_schema(admin_url, database, names)
    return Urls(
        owner=address(admin_url=admin_url, database=database, role=names.owner, password=owner_password),
        app=address(admin_url=admin_url, database=database, role=names.app, password=app_password),
        sequencer=address(
            admin_url=admin_url, database=database, role=names.sequencer, password=sequencer_password
        ),
        keeper=address(admin_url=admin_url, database=database, role=names.keeper, password=keeper_password),
        worker=address(admin_url=admin_url, database=database, role=names.worker, password=worker_password),
    )


def clone_database(*, admin_url: str, template: str, database: str, names: RoleNames) -> None:
    """Copy the database `template` with the same roles; nobody may be connected to it."""
    with _admin(admin_url) as connection, _membership(connection, names.owner):
        # Copying files asks for checkpoints, which are free where nobody waits for the disk.
        files = connection.execute("SHOW fsync").fetchone() == ("off",)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY {}").format(
                sql.Identifier(database),
                sql.Identifier(template),
                sql.Identifier(names.owner),
                sql.SQL("FILE_COPY" if files else "WAL_LOG"),
            )
        )
        _open_to_the_roles_only(connection, database, names)


def drop_database(*, admin_url: str, database: str, names: RoleNames) -> None:
    """Remove the database that `names` own, ending the connections that are left in it."""
    with _admin(admin_url) as connection, _membership(connection, names.owner):
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


def drop_roles(*, admin_url: str, names: RoleNames) -> None:
    """Remove the roles; their databases must be gone."""
    with _admin(admin_url) as connection:
        for role in (*names.connecting, names.owner):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def address(*, admin_url: str, database: str, role: str, password: str | None) -> str:
    """Return `admin_url` with another role and database; host, port and TLS settings stay."""
    parts = {key: str(value) for key, value in conninfo_to_dict(admin_url).items() if value is not None}
    for replaced in ("user", "password", "dbname"):
        parts.pop(replaced, None)
    secret = "" if password is None else f":{quote(password, safe='')}"
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in sorted(parts.items()))
    return f"postgresql://{quote(role, safe='')}{secret}@/{quote(database, safe='')}?{query}".rstrip("?")


@contextmanager
def _admin(admin_url: str) -> Iterator[psycopg.Connection]:
    """Connect, take the turn, and turn the server's refusals into ours, which never quote the statement."""
    try:
        with psycopg.connect(admin_url, autocommit=True) as connection:
            if connection.info.server_version < OLDEST_SERVER:
                raise ProvisionError("Servern är äldre än PostgreSQL 15. Uppgradera den.")
            connection.execute("SELECT pg_advisory_lock(%s)", [_PROVISIONING])
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise ProvisionError(
            "Rollen i adressen får inte skapa roller och databaser. "
            "Använd en superanvändare eller en roll med CREATEDB och CREATEROLE "
            f"({error.diag.message_primary})."
        ) from None


def _ensure_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    found = connection.execute(
        sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(
            sql.SQL(", ").join(sql.Identifier(column) for column in _FORBIDDEN)
        ),
        [role],
    ).fetchone()
    if found is None:
        none = sql.SQL(" ").join(sql.SQL(f"NO{keyword}") for keyword in _FORBIDDEN.values())
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), none))
    else:
        # Only what differs is altered: merely naming SUPERUSER is refused to one who is none.
        excess = [keyword for keyword, has in zip(_FORBIDDEN.values(), found, strict=True) if has]
        if excess:
            remove = sql.SQL(" ").join(sql.SQL(f"NO{keyword}") for keyword in excess)
            connection.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), remove))
    if password is not None:
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(verifier.decode())
            )
        )


@contextmanager
def _membership(connection: psycopg.Connection, owner: str) -> Iterator[None]:
    """Let a creator who is no superuser act for the owner; only a member may give it a database."""
    row = connection.execute(
        """
        SELECT me.rolsuper OR pg_has_role(me.oid, owner.oid, 'USAGE') FROM pg_roles AS me, pg_roles AS owner
        WHERE me.rolname = current_user AND owner.rolname = %s
        """,
        [owner],
    ).fetchone()
    if row is None or row[0]:
        yield
        return
    role = sql.Identifier(owner)
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    try:
        yield
    finally:
        connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(role))


def _ensure_database(connection: psycopg.Connection, database: str, names: RoleNames) -> None:
    row = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if row is None:
        # The same order and case rules on every machine. A server before 17 has no built-in locale.
        locale = (
            sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
            if connection.info.server_version >= 170000
            else sql.SQL("LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                sql.Identifier(database), sql.Identifier(names.owner), locale
            )
        )
    elif row[0] != names.owner:
        raise ProvisionError(
            f"Databasen {database} finns redan och ägs av {row[0]}. "
            "Välj ett annat namn eller byt ägare för hand."
        )
    _open_to_the_roles_only(connection, database, names)


def _open_to_the_roles_only(connection: psycopg.Connection, database: str, names: RoleNames) -> None:
    """Close the database to PUBLIC; a copy does not inherit these rights from its template."""
    name = sql.Identifier(database)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in names.connecting:
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def _close_public_schema(admin_url: str, database: str, names: RoleNames) -> None:
    """Leave the schema to the database's owner; on a cluster upgraded from 14 anyone could create in it."""
    with psycopg.connect(make_conninfo(admin_url, dbname=database), autocommit=True) as connection:
        row = connection.execute(
            "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'"
        ).fetchone()
        if row and row[0] not in ("pg_database_owner", names.owner):
            connection.execute("ALTER SCHEMA public OWNER TO pg_database_owner")
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in names.connecting:
            connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))
