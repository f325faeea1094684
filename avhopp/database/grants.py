"""What the roles of the application, the worker, the sequencer and the keeper may do; `excesses` proves no more.

The owner runs the grants after each migration. A table is append-only when
its model says `append_only = True`, closed to the application's writing when it says `read_only = True`, and open to
the sequencer and the keeper as far as `sequencer_may` and `keeper_may` say. The keeper of the keys also reads tables
with sealed values and changes their sealed columns, whose fields say `keeper_may_update`, and no others. The worker
has the application's rights but to remove, unless the model says otherwise (`worker_may`).
Nothing here may give a role a right to change structure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import LiteralString

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from avhopp.database.roles import role_exists

MIGRATIONS_TABLE = "django_migrations"

_TABLES = """
    SELECT relname, relkind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
"""


def append_only_tables(*, apps: Apps) -> frozenset[str]:
    """Return the tables of the models that declare `append_only = True`."""
    return _declaring(apps, "append_only")


def read_only_tables(*, apps: Apps) -> frozenset[str]:
    """Return the tables of the models that declare `read_only = True`."""
    return _declaring(apps, "read_only")


def _declaring(apps: Apps, name: str) -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if getattr(model, name, False))


_worker_may: dict[str, str] = {}


def register_worker_tables(*, tables: Iterable[str], rights: str) -> None:
    """Give the worker other rights than the usual to tables that are not ours; called when an app starts."""
    _worker_may.update(dict.fromkeys(tables, rights))


def worker_tables(*, apps: Apps) -> dict[str, str]:
    """Return what the worker may do, by table, where it is not the usual."""
    models = apps.get_models(include_auto_created=True)
    own = {model._meta.db_table: str(model.worker_may) for model in models if hasattr(model, "worker_may")}
    return {**_worker_may, **own}


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
    app = sql.Identifier(role)
    statements = [
        *_nothing(sql.SQL("PUBLIC")),
        *_nothing(app),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(app),
        # A table made later has what the strictest one has until the next migration says more.
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {}").format(app),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {}").format(app),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for table, kind in cursor.fetchall():
            rights = sql.SQL(_rights(table, kind, append_only, read_only))
            statements.append(_grant(rights, table, app))
        # One statement list is one transaction: the running application never meets a moment without rights.
        cursor.execute(sql.SQL(";\n").join(statements))


def grant_worker(
    *,
    connection: BaseDatabaseWrapper,
    role: str,
    append_only: Collection[str],
    read_only: Collection[str],
    tables: Mapping[str, str],
) -> bool:
    """Set the worker's rights anew, in one transaction; tells whether the role exists."""
    worker = sql.Identifier(role)
    with connection.cursor() as cursor:
        if not role_exists(cursor, role):
            return False
        statements = [
            *_nothing(worker),
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(worker),
        ]
        cursor.execute(_TABLES)
        for table, kind in cursor.fetchall():
            # What a model's class says is written by developers, never by a user.
            rights = sql.SQL(tables.get(table) or _without_delete(table, kind, append_only, read_only))
            statements.append(_grant(rights, table, worker))
        cursor.execute(sql.SQL(";\n").join(statements))
    return True


def grant_sequencer(*, connection: BaseDatabaseWrapper, role: str, tables: Mapping[str, str]) -> bool:
    """Set the sequencer's rights anew, in one transaction; tells whether the role exists."""
    sequencer = sql.Identifier(role)
    with connection.cursor() as cursor:
        if not role_exists(cursor, role):
            return False
        # What a model's class says is written by developers, never by a user.
        given = [_grant(sql.SQL(rights), table, sequencer) for table, rights in sorted(tables.items())]
        cursor.execute(sql.SQL(";\n").join([*_nothing(sequencer), *given]))
    return True


def grant_keeper(
    *, connection: BaseDatabaseWrapper, role: str, tables: Mapping[str, list[sql.Composed]]
) -> bool:
    """Set the keeper's rights anew, in one transaction; tells whether the role exists."""
    keeper = sql.Identifier(role)
    with connection.cursor() as cursor:
        if not role_exists(cursor, role):
            return False
        given = [_grant(sql.SQL(", ").join(may), table, keeper) for table, may in sorted(tables.items())]
        cursor.execute(_ROW_SECURITY, [role])
        # Row-level security is about who asks for a person; the keeper shows rows to nobody.
        policies = [
            sql.SQL("CREATE POLICY keeper_seals ON public.{} TO {} USING (true)").format(
                sql.Identifier(table), keeper
            )
            for (table,) in cursor.fetchall()
        ]
        cursor.execute(sql.SQL(";\n").join([*_nothing(keeper), *given, *policies]))
    return True


def _nothing(role: sql.Composable) -> list[sql.Composed]:
    """Take every right from the role, to be given anew."""
    return [
        sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}").format(what, role)
        for what in (sql.SQL("TABLES"), sql.SQL("SEQUENCES"))
    ]


def _grant(rights: sql.Composable, table: str, role: sql.Identifier) -> sql.Composed:
    return sql.SQL("GRANT {} ON public.{} TO {}").format(rights, sql.Identifier(table), role)


def _rights(table: str, kind: str, append_only: Collection[str], read_only: Collection[str]) -> LiteralString:
    if table == MIGRATIONS_TABLE or kind in ("v", "m") or table in read_only:
        return "SELECT"
    if table in append_only:
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE, DELETE"


def _without_delete(
    table: str, kind: str, append_only: Collection[str], read_only: Collection[str]
) -> LiteralString:
    return _rights(table, kind, append_only, read_only).removesuffix(", DELETE")


# Tables with row-level security that have no policy for the keeper yet.
_ROW_SECURITY = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT EXISTS (
        SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'keeper_seals'
          AND (SELECT oid FROM pg_roles WHERE rolname = %s) = ANY(polroles)
    )
"""
