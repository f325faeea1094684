"""Row-level security: which rows the database itself gives, whoever forgot to ask.

Every `CryptoScope` tells the database for whom it works and at which moment; a table's rule says in SQL which rows that
opens. When nobody is told of there are no rows. The worker, who has a role of its own and answers to no screen, sees
every row; in the web's role a job sees only the tables that name it. Who owns the tables, and so migrates, is not
bound. Rules and functions come from the apps above (`register`) and are written by developers, never by a user.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.pq import TransactionStatus

from avhopp.database.roles import role_exists

# What the SQL of a rule may use: who asks, the moment she asks at (without one the server's clock), what she has made
# in this scope and so may fill before anybody has been given access to it.
WHO: LiteralString = "nullif(current_setting('avhopp.person', true), '')::uuid"
MOMENT: LiteralString = (
    "coalesce(nullif(current_setting('avhopp.moment', true), '')::timestamptz, statement_timestamp())"
)
MADE: LiteralString = "string_to_array(nullif(current_setting('avhopp.made', true), ''), ',')::uuid[]"

_TELL = (
    "SELECT set_config('avhopp.person', %s, %s), set_config('avhopp.job', %s, %s),"
    " set_config('avhopp.moment', %s, %s), set_config('avhopp.made', %s, %s)"
)


class Told(NamedTuple):
    """What the database is told: a person or a job, the moment, and the scopes that were just made."""

    person: UUID | None = None
    job: str = ""
    moment: datetime | None = None
    made: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which rows of a table somebody reaches, in SQL, and which she may write if that is less.

    `jobs` names those that see the whole table from the web's role.
    """

    sees: LiteralString
    writes: LiteralString = ""
    jobs: Collection[str] = ()


@dataclass(slots=True)
class _Registered:
    rules: Callable[[Apps], Mapping[str, Rule]] = lambda apps: {}
    functions: Sequence[LiteralString] = ()


_registered = _Registered()


def register(*, rules: Callable[[Apps], Mapping[str, Rule]], functions: Sequence[LiteralString]) -> None:
    """Name the tables with their rules, and the functions that the rules need; called once when an app starts."""
    _registered.rules, _registered.functions = rules, functions


def rules(*, apps: Apps) -> Mapping[str, Rule]:
    """The rule of each table that has one."""
    return _registered.rules(apps)


def tell(told: Told) -> None:
    """Tell the database for whom the next statements are, until it is told anew.

    Within a transaction it is forgotten with it. A transaction that has failed is told nothing more: its end takes
    back what it was told.
    """
    if _has_failed():
        return
    values = (
        str(told.person or ""),
        told.job,
        told.moment.isoformat() if told.moment else "",
        ",".join(map(str, told.made)),
    )
    is_local = connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [part for value in values for part in (value, is_local)])


def gives_all() -> bool:
    """Tell whether the database gives every row to the role that is connected, as it does to the worker's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_policies"
            " WHERE policyname LIKE 'avhopp\\_worker%' AND current_user = ANY (roles))"
        )
        return bool(cursor.fetchone()[0])


def secure(*, owner: BaseDatabaseWrapper, app: str, worker: str, apps: Apps) -> bool:
    """Set the rules of every table anew, in one transaction; tells whether the worker's role exists."""
    with owner.cursor() as cursor:
        has_worker = role_exists(cursor, worker)
        cursor.execute(_POLICIES)
        statements = [
            sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier(table))
            for name, table in cursor.fetchall()
        ]
        statements += [sql.Composed([sql.SQL(text)]) for text in _registered.functions]
        for table, rule in sorted(rules(apps=apps).items()):
            statements += _statements(table, rule, app, worker if has_worker else "")
        cursor.execute(sql.SQL(";\n").join(statements))
    return has_worker


_POLICIES = """
    SELECT polname, relname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
    WHERE relnamespace = 'public'::regnamespace AND polname LIKE 'avhopp\\_%'
"""


def _statements(table: str, rule: Rule, app: str, worker: str) -> Iterator[sql.Composed]:
    where, role, sees = sql.Identifier(table), sql.Identifier(app), sql.SQL(rule.sees)
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(where)
    if rule.writes:
        writes = sql.SQL(rule.writes)
        yield sql.SQL("CREATE POLICY avhopp_sees ON {} FOR SELECT TO {} USING ({})").format(where, role, sees)
        yield sql.SQL("CREATE POLICY avhopp_adds ON {} FOR INSERT TO {} WITH CHECK ({})").format(
            where, role, writes
        )
        yield sql.SQL("CREATE POLICY avhopp_changes ON {} FOR UPDATE TO {} USING ({})").format(
            where, role, writes
        )
    else:
        yield sql.SQL("CREATE POLICY avhopp_sees ON {} TO {} USING ({})").format(where, role, sees)
    if rule.jobs:
        named = sql.SQL("current_setting('avhopp.job', true) IN ({})").format(
            sql.SQL(", ").join(map(sql.Literal, sorted(rule.jobs)))
        )
        yield sql.SQL("CREATE POLICY avhopp_jobs ON {} TO {} USING ({})").format(where, role, named)
    if worker:
        yield sql.SQL("CREATE POLICY avhopp_worker ON {} TO {} USING (true)").format(
            where, sql.Identifier(worker)
        )


def _has_failed() -> bool:
    return connection.needs_rollback or (
        connection.connection is not None
        and not connection.connection.closed
        and connection.connection.info.transaction_status == TransactionStatus.INERROR
    )
