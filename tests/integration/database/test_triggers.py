"""Triggers stop everyone, the owner of the table included, and go away with the migration that made them."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import IntegrityError, connections, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from avhopp.database.roles import Urls
from avhopp.database.triggers import AppendOnly, LockedBut, LockedWhen

APPEND_ONLY = AppendOnly("Sheet")
LOCKED = LockedWhen("Sheet", "OLD.signed_at IS NOT NULL", "Bladet är signerat: 'rätta' det, 100 %")
KEPT = LockedBut("Sheet", ("signed_at",), "Bladet ändras inte, 100 %")
OPERATIONS = {"append_only": APPEND_ONLY, "locked": LOCKED, "kept": KEPT}
TABLES = ["lab_sheet", "lab_" + "långt" * 10]

Apply = Callable[[Operation], Callable[[], None]]


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def apply(own_database: Urls, table: str) -> Apply:
    """Create the model's table as the owner and return what applies an operation, and then takes it back."""
    connection = connections["owner"]
    empty = ProjectState()
    create = CreateModel(
        "Sheet",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("text", models.TextField()),
            ("signed_at", models.DateTimeField(null=True)),
        ],
        {"db_table": table},
    )
    created = empty.clone()
    create.state_forwards("lab", created)
    with connection.schema_editor() as editor:
        create.database_forwards("lab", editor, empty, created)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO \"{table}\" (text) VALUES ('first'), ('second')")

    def forwards(operation: Operation) -> Callable[[], None]:
        with connection.schema_editor() as editor:
            operation.database_forwards("lab", editor, created, created)

        def backwards() -> None:
            with connection.schema_editor() as editor:
                operation.database_backwards("lab", editor, created, created)

        return backwards

    return forwards


def _as_owner(statement: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


REFUSED = [
    "UPDATE {} SET text = 'other'",
    "UPDATE {} SET text = 'other' WHERE false",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "INSERT INTO {} (id, text) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET text = 'y'",
    "MERGE INTO {} AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_owner_cannot_change_an_append_only_table(apply: Apply, table: str, statement: str) -> None:
    apply(APPEND_ONLY)
    with pytest.raises(IntegrityError, match="rader kan bara läggas till"):
        _as_owner(statement.format(f'"{table}"'))
    assert _as_owner(f"SELECT 1 FROM \"{table}\" WHERE text IN ('first', 'second')") == 2


def test_the_owner_can_add_to_an_append_only_table(apply: Apply, table: str) -> None:
    apply(APPEND_ONLY)
    assert _as_owner(f"INSERT INTO \"{table}\" (text) VALUES ('third')") == 1


def test_a_cascade_cannot_empty_an_append_only_table(apply: Apply, table: str) -> None:
    _as_owner("CREATE TABLE parent (id int PRIMARY KEY)")
    _as_owner(f'ALTER TABLE "{table}" ADD COLUMN parent_id int REFERENCES parent ON DELETE CASCADE')
    _as_owner("INSERT INTO parent VALUES (1)")
    _as_owner(f"INSERT INTO \"{table}\" (text, parent_id) VALUES ('child', 1)")
    apply(APPEND_ONLY)
    with pytest.raises(IntegrityError, match="rader kan bara läggas till"):
        _as_owner("DELETE FROM parent")


def test_replica_mode_does_not_pass_the_triggers_by(apply: Apply, table: str) -> None:
    apply(APPEND_ONLY)
    apply(LOCKED)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass", [f'"{table}"']
        )
        assert cursor.fetchall() == [("A",)]


def test_a_signed_row_cannot_be_changed_removed_or_unsigned(apply: Apply, table: str) -> None:
    apply(LOCKED)
    assert _as_owner(f"UPDATE \"{table}\" SET text = 'still a draft' WHERE id = 1") == 1
    assert _as_owner(f'UPDATE "{table}" SET signed_at = now() WHERE id = 1') == 1
    for statement in (
        "UPDATE {} SET text = 'x' WHERE id = 1",
        "UPDATE {} SET signed_at = NULL",
        "DELETE FROM {}",
    ):
        with pytest.raises(IntegrityError, match="Bladet är signerat: 'rätta' det, 100 %"):
            _as_owner(statement.format(f'"{table}"'))
    with pytest.raises(IntegrityError, match="Bladet är signerat"):
        _as_owner(f'TRUNCATE "{table}"')
    assert _as_owner(f'DELETE FROM "{table}" WHERE signed_at IS NULL') == 1


def test_nothing_but_the_named_column_of_a_kept_row_can_be_changed(apply: Apply, table: str) -> None:
    apply(KEPT)
    assert _as_owner(f'UPDATE "{table}" SET signed_at = now() WHERE id = 1') == 1
    assert _as_owner(f"UPDATE \"{table}\" SET text = 'first' WHERE id = 1") == 1
    for statement in (
        "UPDATE {} SET text = 'x' WHERE id = 1",
        "UPDATE {} SET text = 'x', signed_at = NULL WHERE id = 2",
        "UPDATE {} SET id = 7 WHERE id = 2",
        "DELETE FROM {} WHERE id = 2",
        "TRUNCATE {}",
    ):
        with pytest.raises(IntegrityError, match="Bladet ändras inte, 100 %"):
            _as_owner(statement.format(f'"{table}"'))


def test_a_column_that_comes_later_is_kept_as_well(apply: Apply, table: str) -> None:
    apply(KEPT)
    _as_owner(f'ALTER TABLE "{table}" ADD COLUMN later text')
    with pytest.raises(IntegrityError, match="Bladet ändras inte"):
        _as_owner(f"UPDATE \"{table}\" SET later = 'x'")


def test_a_row_is_open_until_its_condition_is_met(apply: Apply, table: str) -> None:
    apply(LockedBut("Sheet", ("signed_at",), "Bladet ändras inte", "OLD.signed_at IS NOT NULL"))
    assert _as_owner(f"UPDATE \"{table}\" SET text = 'still open', signed_at = now() WHERE id = 1") == 1
    with pytest.raises(IntegrityError, match="Bladet ändras inte"):
        _as_owner(f"UPDATE \"{table}\" SET text = 'x' WHERE id = 1")
    with pytest.raises(IntegrityError, match="Bladet ändras inte"):
        _as_owner(f'DELETE FROM "{table}" WHERE id = 1')
    assert _as_owner(f'DELETE FROM "{table}" WHERE id = 2') == 1


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_taking_the_operation_back_leaves_no_trigger_and_no_function(
    apply: Apply, table: str, operation: Operation
) -> None:
    apply(operation)()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass", [f'"{table}"'])
        assert cursor.fetchall() == []
    assert _as_owner(f'DELETE FROM "{table}"') == 2


def test_the_function_stays_as_long_as_a_trigger_needs_it(apply: Apply, table: str) -> None:
    take_back = apply(APPEND_ONLY)
    apply(LOCKED)
    take_back()
    _as_owner(f'UPDATE "{table}" SET signed_at = now()')
    with pytest.raises(IntegrityError, match="Bladet är signerat"):
        _as_owner(f'DELETE FROM "{table}"')


def test_the_application_cannot_remove_the_triggers(apply: Apply, table: str, own_database: Urls) -> None:
    apply(APPEND_ONLY)
    for statement in (
        f'ALTER TABLE "{table}" DISABLE TRIGGER ALL',
        f'DROP TRIGGER "append_only_all_{table}" ON "{table}"',
        "CREATE OR REPLACE FUNCTION avhopp_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "DROP FUNCTION avhopp_refuse() CASCADE",
    ):
        with (
            psycopg.connect(own_database.app) as connection,
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)),
        ):
            connection.execute(statement)
    with pytest.raises(IntegrityError):
        _as_owner(f'DELETE FROM "{table}"')


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_an_operation_can_be_written_into_a_migration_file(operation: Operation) -> None:
    text, imports = OperationWriter(operation, indentation=0).serialize()
    assert "import avhopp.database.triggers" in imports
    scope: dict[str, object] = {}
    exec("\n".join([*imports, f"made = {text.rstrip(',')}"]), scope)
    made, expected = ({**vars(each), "_constructor_args": None} for each in (scope["made"], operation))
    assert made == expected
