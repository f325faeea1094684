"""The one way past the guards: a function of the owner's that destroys whole files, and that the keeper alone may call.

It asks again what must hold: every key that could open the rows is destroyed already, and what the apps above demand
(`register`). The guards of a table let it pass where its migration says `erasable`; nobody else can be the owner with
the function's setting, but for the owner by hand, whom verify_log finds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import LiteralString

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from avhopp.database.roles import role_exists

SETTING = sql.Literal("avhopp.erasing")

_FUNCTION = sql.SQL("""
CREATE OR REPLACE FUNCTION avhopp_erase(scopes uuid[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    done jsonb := '{{}}';
    number bigint;
BEGIN
    IF EXISTS (SELECT FROM unnest(scopes) AS wanted (scope) WHERE NOT EXISTS (
            SELECT FROM sealed_scopekey AS k WHERE k.scope = wanted.scope AND k.state = 'destroyed'))
       OR EXISTS (SELECT FROM sealed_scopekey AS k WHERE k.scope = ANY(scopes) AND k.state <> 'destroyed') THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'a key that opens the rows is left';
    END IF;
    IF NOT ({demands}) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'the destruction is not approved';
    END IF;
    PERFORM set_config({setting}, 'on', true);
    {deletions}
    PERFORM set_config({setting}, '', true);
    RETURN done;
END
$$
""")
_DELETION = sql.SQL("""
    DELETE FROM {table} WHERE {column} = ANY(scopes);
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number > 0 THEN done := done || jsonb_build_object({name}, number); END IF;
""")


@dataclass(slots=True)
class _Registered:
    columns: Callable[[Apps], Sequence[tuple[str, str]]] = lambda apps: ()
    demands: LiteralString = "TRUE"


_registered = _Registered()


def register(*, columns: Callable[[Apps], Sequence[tuple[str, str]]], demands: LiteralString) -> None:
    """Name the tables to be emptied, each once with the column that holds the scope, and what must hold first, in SQL
    over `scopes`; called once when an app starts."""
    _registered.columns, _registered.demands = columns, demands


def columns(*, apps: Apps) -> Sequence[tuple[str, str]]:
    """The tables that destruction empties, and by which column."""
    return _registered.columns(apps)


def allow(*, owner: BaseDatabaseWrapper, keeper: str, apps: Apps) -> None:
    """Make the function anew and let the keeper alone call it, if there is one."""
    deletions = sql.SQL("").join(
        _DELETION.format(table=sql.Identifier(table), column=sql.Identifier(column), name=sql.Literal(table))
        for table, column in columns(apps=apps)
    )
    with owner.cursor() as cursor:
        statements = [
            _FUNCTION.format(demands=sql.SQL(_registered.demands), setting=SETTING, deletions=deletions),
            sql.SQL("REVOKE ALL ON FUNCTION avhopp_erase(uuid[]) FROM PUBLIC"),
        ]
        if role_exists(cursor, keeper):
            statements.append(
                sql.SQL("GRANT EXECUTE ON FUNCTION avhopp_erase(uuid[]) TO {}").format(sql.Identifier(keeper))
            )
        cursor.execute(sql.SQL(";\n").join(statements))


def unless_erasing(*, owner: str) -> sql.Composed:
    """The condition of a guard that lets the function pass."""
    return sql.SQL("NOT (current_user = {} AND coalesce(current_setting({}, true), '') = 'on')").format(
        sql.Literal(owner), SETTING
    )
