"""What the application's, the sequencer's and the keeper's roles may do, and the proof that they may do no more.

The owner runs the three grants after each migration; `owns_nothing` is asked at start-up. A table is append-only when
its model says `append_only = True`, closed to the application's writing when it says `read_only = True`, and open to
the sequencer and the keeper as far as `sequencer_may` and `keeper_may` say. The keeper of the keys also reads tables
with sealed values and changes their sealed columns, whose fields say `keeper_may_update`, and no others. Nothing here
may give a role a right to change structure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

MIGRATIONS_TABLE = "django_migrations"

_TABLES = """
    SELECT relname, relkind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""


def append_only_tables(*, apps: Apps) -> frozenset[str]:
    """Return the tables of the models that declare `append_only = True`."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if getattr(model, "append_only", False))


def read_only_tables(*, apps: Apps) -> frozenset[str]:
    """Return the tables of the models that declare `read_only = True`."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if getattr(model, "read_only", False))


def sequencer_tables(*, apps: Apps) -> dict[str, str]:
    """Return what the sequencer may do, by table, of the models that declare `sequencer_may`."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model.sequencer_may for model in models if hasattr(model, "sequencer_may")}


_keeper_columns: dict[str, tuple[str, ...]] = {}


def register_keeper_columns(*, table: str, columns: tuple[str, ...]) -> None:
    """Let the keeper seal anew what stands in columns of a table that is not ours; called when an app starts."""
    _keeper_columns[table] = columns


def keeper_tables(*, apps: Apps) -> dict[str, list[sql.Composed]]:
    """Return what the keeper may do, by table."""
    rights: dict[str, list[sql.Composed]] = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        sealed = [
            str(field.column)
            for field in model._meta.local_concrete_fields
            if getattr(field, "keeper_may_update", False)
        ]
        if sealed:
            rights.setdefault(table, []).append(_update_of(sealed))
        if hasattr(model, "keeper_may"):
            # What a model's class says is written by developers, never by a user.
            rights.setdefault(table, []).append(sql.Composed([sql.SQL(model.keeper_may)]))
    for table, columns in _keeper_columns.items():
        rights.setdefault(table, []).append(_update_of(columns))
    return rights


def _update_of(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL("SELECT, UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns)))


def grant_application(
    *,
    connection: BaseDatabaseWrapper,
    role: str,
    append_only: Collection[str],
    read_only: Collection[str] = (),
) -> None:
    """Set the application role's rights anew, in one transaction; `connection` is the owner's."""
    app, schema = sql.Identifier(role), sql.Identifier("public")
    statements = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}, PUBLIC").format(schema, app),
        sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM {}, PUBLIC").format(schema, app),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, app),
        # A table made later has what the strictest one has until the next migration says more.
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT ON TABLES TO {}").format(
            schema, app
        ),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT USAGE ON SEQUENCES TO {}").format(schema, app),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for table, kind in cursor.fetchall():
            rights = _rights(table, kind, append_only, read_only)
            statements.append(
                sql.SQL("GRANT {} ON {}.{} TO {}").format(rights, schema, sql.Identifier(table), app)
            )
        # One statement list is one transaction: the running application never meets a moment without rights.
        cursor.execute(sql.SQL(";\n").join(statements))


def grant_sequencer(*, connection: BaseDatabaseWrapper, role: str, tables: Mapping[str, str]) -> bool:
    """Set the sequencer's rights anew, in one transaction; tells whether the role exists."""
    sequencer, schema = sql.Identifier(role), sql.Identifier("public")
    statements = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(schema, sequencer),
        sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM {}").format(schema, sequencer),
        *(
            sql.SQL("GRANT {} ON {}.{} TO {}").format(
                # What a model's class says is written by developers, never by a user.
                sql.SQL(rights),
                schema,
                sql.Identifier(table),
                sequencer,
            )
            for table, rights in sorted(tables.items())
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return False
        cursor.execute(sql.SQL(";\n").join(statements))
    return True


def grant_keeper(
    *, connection: BaseDatabaseWrapper, role: str, tables: Mapping[str, list[sql.Composed]]
) -> bool:
    """Set the keeper's rights anew, in one transaction; tells whether the role exists."""
    keeper, schema = sql.Identifier(role), sql.Identifier("public")
    statements = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(schema, keeper),
        sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM {}").format(schema, keeper),
    ]
    for table, rights in sorted(tables.items()):
        statements.append(
            sql.SQL("GRANT {} ON {}.{} TO {}").format(
                sql.SQL(", ").join(rights), schema, sql.Identifier(table), keeper
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return False
        cursor.execute(_ROW_SECURITY, [role])
        for (table,) in cursor.fetchall():
            # Row-level security is about who asks for a person; the keeper shows rows to nobody.
            statements.append(
                sql.SQL("CREATE POLICY keeper_seals ON {}.{} TO {} USING (true)").format(
                    schema, sql.Identifier(table), keeper
                )
            )
        cursor.execute(sql.SQL(";\n").join(statements))
    return True


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


def _rights(table: str, kind: str, append_only: Collection[str], read_only: Collection[str]) -> sql.SQL:
    if table == MIGRATIONS_TABLE or kind in ("v", "m") or table in read_only:
        return sql.SQL("SELECT")
    if table in append_only:
        return sql.SQL("SELECT, INSERT")
    return sql.SQL("SELECT, INSERT, UPDATE, DELETE")


# Tables with row-level security that have no policy for the keeper yet.
_ROW_SECURITY = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT EXISTS (
        SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'keeper_seals'
          AND (SELECT oid FROM pg_roles WHERE rolname = %s) = ANY(polroles)
    )
"""
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
