"""Seals what stands in a plain column into the sealed column that takes its place, while the application runs.

`docs/field-migration.md` is the recipe around it. A batch is one transaction, and a leaf tells the digests of the rows
as they are then, since a table with another column has other digests.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction

from audit import log
from audit.digest import row_digest
from avhopp.crypto.seal import row_place
from avhopp.sealed import keyring
from avhopp.sealed.fields import Ciphertext, SealedField
from avhopp.sealed.keeping import events
from avhopp.sealed.keeping.runs import Clock, Run, Tell, working
from avhopp.sealed.keeping.tables import Table, sealed_tables
from avhopp.sealed.models import Work

BATCH = 200


class NoSuchColumn(Exception):
    """No table has that sealed field beside that plain column."""


class Adoption:
    """The move of one plain column of one table into a sealed field of it."""

    def __init__(self, *, model: str, field: str, source: str) -> None:
        found = apps.get_model(model)
        table = next((each for each in sealed_tables() if each.model is found), None)
        target = next((each for each in table.fields if each.name == field), None) if table else None
        if table is None or target is None or source not in _columns(found._meta.db_table):
            raise NoSuchColumn
        self.table: Table = table
        self.field: SealedField = target
        self._name = connection.ops.quote_name(found._meta.db_table)
        self._pk = connection.ops.quote_name(str(found._meta.pk.column))
        self._source = connection.ops.quote_name(source)
        self._target = connection.ops.quote_name(str(target.column))

    def waiting(self) -> int:
        """How many rows have nothing sealed yet."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self._name} WHERE {self._target} IS NULL")  # noqa: S608
            return int(cursor.fetchone()[0])

    def run(self, *, clock: Clock, tell: Tell) -> int:
        """Seal all that waits; killed and begun again it goes on. Returns how many rows were sealed."""
        number = 0
        with working(work=Work.ADOPT, total=self.waiting(), clock=clock, tell=tell) as run:
            while True:
                with transaction.atomic():
                    done = self._batch(run)
                if not done:
                    return number
                number += done

    def _batch(self, run: Run) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self._pk}, {self._source} FROM {self._name} WHERE {self._target} IS NULL"  # noqa: S608
                f" ORDER BY {self._pk} LIMIT {BATCH} FOR UPDATE"
            )
            plain: dict[Any, Any] = dict(cursor.fetchall())
        rows = list(self.table.model._base_manager.filter(pk__in=plain).order_by("pk"))
        subjects = tuple(
            log.Subject(scope, row._meta.label_lower, row.pk, row_digest(row))
            for row in rows
            if (scope := self._seal(row, plain[row.pk]))
        )
        if rows:
            said = f"table={self.table.model._meta.label_lower}"
            held = subjects if self.table.is_held_to_the_record else ()
            run.advance(len(rows), event=events.ADOPTED, said=said, subjects=held)
        return len(rows)

    def _seal(self, row: Any, value: Any) -> Any:
        binding = row.sealed_binding()
        scope = binding[1]
        key = keyring.load([scope])[scope][0]
        plaintext = self.field.codec.encode(self.field.typed(value))
        sealed = key.seal(self.field.tag.at(row_place(*binding)), plaintext)
        row.__dict__[self.field.attname] = Ciphertext(sealed)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self._name} SET {self._target} = %s WHERE {self._pk} = %s",  # noqa: S608
                [sealed, row.pk],
            )
        return scope


def _columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}
