"""The proof that a role of the application can do no more than `grants` gives; asked at start-up."""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

from avhopp.database.grants import MIGRATIONS_TABLE

_USER_TABLES = """
    SELECT oid, oid::regclass::text AS name, relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace <> 'information_schema'::regnamespace
      AND relnamespace::regnamespace::text NOT LIKE 'pg\\_%%'
"""

_EXCESSES = (
    ("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper", "{} är superanvändare"),
    ("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolcreatedb", "{} får skapa databaser"),
    ("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolcreaterole", "{} får skapa roller"),
    (
        "SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolreplication",
        "{} får replikera servern",
    ),
    ("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolbypassrls", "{} går förbi radskydd"),
    (
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole",
        "rollen är medlem i {}",
    ),
    # Every owned object of any kind, in this database or shared; built-in owners have no such rows but are
    # superusers.
    (
        """
        SELECT pg_describe_object(classid, objid, objsubid) FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = current_user::regrole AND deptype = 'o'
          AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        ORDER BY 1 LIMIT 5
        """,
        "rollen äger {}",
    ),
    (
        "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')",
        "rollen får skapa i schemat {}",
    ),
    (
        "SELECT current_database() WHERE has_database_privilege(current_database(), 'CREATE, TEMPORARY')",
        "rollen får skapa scheman eller tillfälliga tabeller i databasen {}",
    ),
    (
        f"""SELECT name FROM ({_USER_TABLES}) AS tables
        WHERE has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER') ORDER BY 1 LIMIT 5""",  # noqa: S608
        "rollen får tömma {} eller ändra dess utlösare",
    ),
    (
        f"""SELECT name FROM ({_USER_TABLES}) AS tables WHERE relname = ANY(%(append_only)s)
        AND has_any_column_privilege(oid, 'UPDATE') OR relname = ANY(%(append_only)s)
        AND has_table_privilege(oid, 'DELETE') ORDER BY 1""",  # noqa: S608
        "rollen får ändra eller radera i {}, där rader bara får läggas till",
    ),
    (
        f"""SELECT name FROM ({_USER_TABLES}) AS tables WHERE relname = ANY(%(read_only)s)
        AND (has_any_column_privilege(oid, 'INSERT, UPDATE') OR has_table_privilege(oid, 'DELETE'))
        ORDER BY 1""",  # noqa: S608
        "rollen får skriva i {}, som hör till sekvenseraren",
    ),
    (
        f"""SELECT name FROM ({_USER_TABLES}) AS tables WHERE relname = %(migrations)s
        AND (has_any_column_privilege(oid, 'INSERT, UPDATE') OR has_table_privilege(oid, 'DELETE'))""",  # noqa: S608
        "rollen får skriva i {}, som hör till migreringen",
    ),
)


def owns_nothing(
    *,
    connection: BaseDatabaseWrapper,
    append_only: Collection[str] = (),
    read_only: Collection[str] = (),
) -> list[str]:
    """Return what the connected role owns or could do too much, in Swedish; an empty list is a pass."""
    with connection.cursor() as cursor:
        found: list[str] = []
        for statement, sentence in _EXCESSES:
            cursor.execute(
                statement,
                {
                    "append_only": list(append_only),
                    "read_only": list(read_only),
                    "migrations": MIGRATIONS_TABLE,
                },
            )
            found.extend(sentence.format(row[0]) for row in cursor.fetchall())
    return found
