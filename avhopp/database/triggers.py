"""Migration operations for guards that hold at the database, whoever asks.

The triggers fire for the owner too, and in replica mode; only someone who may alter the table can remove
them, and the application may not. Where a table has sealed values its guards let the keeper of the keys pass with
an UPDATE, whose grants reach those values alone: a new key changes how a value is sealed, never what it says. What is
`erasable` goes when its file is destroyed (`avhopp.database.erasing`), and in no other way. Row conditions are
written by developers in migrations and must never hold what a user wrote.
"""

from __future__ import annotations

import hashlib
from typing import LiteralString

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from psycopg import sql

from avhopp.database.erasing import unless_erasing
from avhopp.database.roles import keeper_beside

REFUSE = sql.Identifier("avhopp_refuse")
LONGEST_NAME = 63  # bytes; NAMEDATALEN - 1

# 23001 reaches Django as IntegrityError. The message is the trigger's argument, so one function serves every
# table.
_FUNCTION = sql.SQL("""
CREATE OR REPLACE FUNCTION {} () RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END
$$
""").format(REFUSE)

_DROP_UNUSED_FUNCTION = sql.SQL("""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = {name}) THEN
        DROP FUNCTION IF EXISTS {function} ();
    END IF;
END
$$
""").format(name=sql.Literal("avhopp_refuse"), function=REFUSE)


class _Guard(Operation):
    """Install and remove the triggers of one table; what they refuse is the subclass's."""

    reversible = True
    reduces_to_sql = True
    kind: LiteralString

    def __init__(self, model_name: str, *, erasable: bool = False) -> None:
        self.model_name = model_name
        self.erasable = erasable

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: triggers are the database's."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the triggers so that nothing, replication included, passes them by."""
        table = self._table(app_label, to_state)
        statements = [_FUNCTION]
        owner = schema_editor.connection.settings_dict["USER"]
        keeper = keeper_beside(role=owner)
        is_sealed = self._has_sealed_values(app_label, to_state)
        binds = self._binds(keeper=keeper, is_sealed=is_sealed)
        stays = unless_erasing(owner=owner) if self.erasable else sql.SQL("TRUE")
        for suffix, event in self.events(table, binds, stays).items():
            name = sql.Identifier(self._trigger(table, suffix))
            statements.append(sql.SQL("CREATE TRIGGER {} {}").format(name, event))
            statements.append(
                sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(sql.Identifier(table), name)
            )
        _execute(schema_editor, statements)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove the triggers, and the function with the last of them."""
        table = self._table(app_label, from_state)
        statements: list[sql.Composed] = [
            sql.SQL("DROP TRIGGER {} ON {}").format(
                sql.Identifier(self._trigger(table, suffix)), sql.Identifier(table)
            )
            for suffix in self.events(table, sql.SQL("TRUE"), sql.SQL("TRUE"))
        ]
        _execute(schema_editor, [*statements, _DROP_UNUSED_FUNCTION])

    def references_model(self, name: str, app_label: str) -> bool:
        """Keep the optimiser from moving the operation past its model."""
        return name.lower() == self.model_name.lower()

    def events(
        self, table: str, binds: sql.Composable, stays: sql.Composable
    ) -> dict[LiteralString, sql.Composed]:
        """Return what follows CREATE TRIGGER and the name, by the suffix of the name.

        `binds` is the condition under which an UPDATE is judged at all, and `stays` that of a DELETE.
        """
        raise NotImplementedError

    def _binds(self, *, keeper: str, is_sealed: bool) -> sql.Composable:
        return sql.SQL("current_user <> {}").format(sql.Literal(keeper)) if is_sealed else sql.SQL("TRUE")

    def _has_sealed_values(self, app_label: str, state: ProjectState) -> bool:
        fields = state.apps.get_model(app_label, self.model_name)._meta.concrete_fields
        return any(getattr(field, "keeper_may_update", False) for field in fields)

    def _table(self, app_label: str, state: ProjectState) -> str:
        return str(state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def _trigger(self, table: str, suffix: str) -> str:
        name = f"{self.kind}_{suffix}_{table}"
        if len(name.encode()) <= LONGEST_NAME:
            return name
        return f"{self.kind}_{suffix}_{hashlib.sha256(table.encode()).hexdigest()[:16]}"


class AppendOnly(_Guard):
    """Refuse UPDATE, DELETE and TRUNCATE of the model's table, to the owner too."""

    kind = "append_only"

    def events(
        self, table: str, binds: sql.Composable, stays: sql.Composable
    ) -> dict[LiteralString, sql.Composed]:
        """Refuse the statement itself, so that one which would touch no row fails as well."""
        where, refuse = sql.Identifier(table), _call(f"{table}: rader kan bara läggas till")
        update = sql.SQL("BEFORE UPDATE ON {} FOR EACH STATEMENT WHEN ({}) {}")
        gone = sql.SQL("BEFORE DELETE OR TRUNCATE ON {} FOR EACH STATEMENT WHEN ({}) {}")
        return {"update": update.format(where, binds, refuse), "gone": gone.format(where, stays, refuse)}

    def describe(self) -> str:
        """Return the line that `migrate --plan` shows."""
        return f"Make {self.model_name} append-only"

    @property
    def migration_name_fragment(self) -> str:
        """Return what makemigrations would call it."""
        return f"{self.model_name.lower()}_append_only"


class LockedWhen(_Guard):
    """Refuse UPDATE and DELETE of a row that already meets a condition, and TRUNCATE of its table.

    `condition_sql` sees the row as it is stored, as OLD: `OLD.signed_at IS NOT NULL`. `message` is shown by
    PostgreSQL.
    """

    kind = "locked"

    def __init__(
        self, model_name: str, condition_sql: LiteralString, message: str, *, erasable: bool = False
    ) -> None:
        super().__init__(model_name, erasable=erasable)
        self.condition_sql = condition_sql
        self.message = message

    def events(
        self, table: str, binds: sql.Composable, stays: sql.Composable
    ) -> dict[LiteralString, sql.Composed]:
        """Judge each row as it was before the statement; unlocking is a change too, and is refused."""
        where, refuse, when = sql.Identifier(table), _call(self.message), sql.SQL(self.condition_sql)
        row = sql.SQL("BEFORE UPDATE ON {} FOR EACH ROW WHEN (({}) AND {}) {}")
        gone = sql.SQL("BEFORE DELETE ON {} FOR EACH ROW WHEN (({}) AND {}) {}")
        everything = sql.SQL("BEFORE TRUNCATE ON {} FOR EACH STATEMENT {}")
        return {
            "row": row.format(where, when, binds, refuse),
            "gone": gone.format(where, when, stays, refuse),
            "all": everything.format(where, refuse),
        }

    def describe(self) -> str:
        """Return the line that `migrate --plan` shows."""
        return f"Lock rows of {self.model_name} when {self.condition_sql}"

    @property
    def migration_name_fragment(self) -> str:
        """Return what makemigrations would call it."""
        return f"{self.model_name.lower()}_locked"


class LockedBut(_Guard):
    """Refuse DELETE and TRUNCATE, and UPDATE of all but some columns: for rows that are ended and never edited.

    `columns` are the database's names. `when_sql` sees the row as it is stored, as OLD; until it is met the row is
    open.
    """

    kind = "kept"

    def __init__(
        self,
        model_name: str,
        columns: tuple[str, ...],
        message: str,
        when_sql: LiteralString = "TRUE",
        *,
        erasable: bool = False,
    ) -> None:
        super().__init__(model_name, erasable=erasable)
        self.columns = columns
        self.message = message
        self.when_sql = when_sql

    def events(
        self, table: str, binds: sql.Composable, stays: sql.Composable
    ) -> dict[LiteralString, sql.Composed]:
        """Compare the row before and after without those columns, so that a column added later is locked as well."""
        where, refuse, when = sql.Identifier(table), _call(self.message), sql.SQL(self.when_sql)
        open_ones = sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(map(sql.Literal, self.columns)))
        update = sql.SQL(
            "BEFORE UPDATE ON {} FOR EACH ROW"
            " WHEN (({}) AND {} AND to_jsonb(OLD) - {} IS DISTINCT FROM to_jsonb(NEW) - {}) {}"
        )
        return {
            "row": update.format(where, when, binds, open_ones, open_ones, refuse),
            "gone": sql.SQL("BEFORE DELETE ON {} FOR EACH ROW WHEN (({}) AND {}) {}").format(
                where, when, stays, refuse
            ),
            "all": sql.SQL("BEFORE TRUNCATE ON {} FOR EACH STATEMENT {}").format(where, refuse),
        }

    def describe(self) -> str:
        """Return the line that `migrate --plan` shows."""
        return f"Lock rows of {self.model_name} but for {', '.join(self.columns)}"

    @property
    def migration_name_fragment(self) -> str:
        """Return what makemigrations would call it."""
        return f"{self.model_name.lower()}_kept"


class KeeperOnly(_Guard):
    """Refuse UPDATE to everyone but the keeper of the keys, and DELETE and TRUNCATE to everyone."""

    kind = "keeper_only"

    def events(
        self, table: str, binds: sql.Composable, stays: sql.Composable
    ) -> dict[LiteralString, sql.Composed]:
        """Refuse the statement itself, so that one which would touch no row fails as well."""
        where, refuse = sql.Identifier(table), _call(f"{table}: bara nyckelvårdaren ändrar här")
        update = sql.SQL("BEFORE UPDATE ON {} FOR EACH STATEMENT WHEN ({}) {}")
        gone = sql.SQL("BEFORE DELETE OR TRUNCATE ON {} FOR EACH STATEMENT WHEN ({}) {}")
        return {"update": update.format(where, binds, refuse), "gone": gone.format(where, stays, refuse)}

    def describe(self) -> str:
        """Return the line that `migrate --plan` shows."""
        return f"Let the keeper alone change {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        """Return what makemigrations would call it."""
        return f"{self.model_name.lower()}_keeper_only"

    def _has_sealed_values(self, app_label: str, state: ProjectState) -> bool:
        return True


def _call(message: str) -> sql.Composed:
    return sql.SQL("EXECUTE FUNCTION {} ({})").format(REFUSE, sql.Literal(message))


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: list[sql.Composed]) -> None:
    for statement in statements:
        # params=None: the text is complete, and a percent sign in a message is one.
        schema_editor.execute(statement.as_string(None), params=None)
