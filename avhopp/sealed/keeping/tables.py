"""Where sealed values lie: every table with sealed fields, live, versions and changes alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from avhopp.crypto import algorithms
from avhopp.crypto.envelope import HEADER_BYTES, KEY_ID_AT, MAGIC
from avhopp.sealed.base import SealedHistory
from avhopp.sealed.fields import SealedField, sealed_fields


@dataclass(frozen=True, slots=True)
class Table:
    """One table with sealed columns, and what names each row's scope: a column, or one scope for all rows."""

    model: type[models.Model]
    fields: tuple[SealedField, ...]
    scope: str | UUID

    @property
    def is_held_to_the_record(self) -> bool:
        """Whether leaves hold the digests of its rows."""
        return not getattr(self.model, "append_only", False)

    @property
    def keeps_data_keys(self) -> bool:
        """Whether its rows have something outside the database that is sealed under the scope's data keys."""
        return getattr(self.model, "keeps_data_keys", False)

    def stale(self, *, after: UUID | None = None, limit: int | None = None) -> list[UUID]:
        """The rows with a value that its scope's active key and today's algorithm have not sealed."""
        head = bytes((MAGIC, algorithms.SEALS_WITH))
        differs = " OR ".join(
            f"substring(t.{self._quoted(field.column)} for {HEADER_BYTES}) <> %s::bytea || uuid_send(k.id)"
            for field in self.fields
        )
        statement = f"""
            SELECT t.{self._pk} FROM {self._quoted(self.model._meta.db_table)} AS t
            JOIN sealed_scopekey AS k ON k.scope = {self._scope} AND k.state = 'active'
            WHERE ({differs}) AND (%s::uuid IS NULL OR t.{self._pk} > %s::uuid)
            ORDER BY t.{self._pk} LIMIT %s
        """  # noqa: S608 - names of our own tables and columns
        with connection.cursor() as cursor:
            cursor.execute(statement, [*[head] * len(self.fields), after, after, limit])
            return [row[0] for row in cursor.fetchall()]

    def used(self, keys: dict[UUID, UUID]) -> set[UUID]:
        """Which of the keys, given with their scopes, still have a value here."""
        if self.keeps_data_keys and isinstance(self.scope, str):
            rows = self.model._base_manager.filter(**{f"{self.scope}__in": set(keys.values())})
            kept = set(rows.values_list(self.scope, flat=True))
            return {key for key, scope in keys.items() if scope in kept}
        column = " UNION ALL ".join(
            f"SELECT substring(t.{self._quoted(field.column)} from {KEY_ID_AT + 1} for 16) AS key"  # noqa: S608
            f" FROM {self._quoted(self.model._meta.db_table)} AS t"
            f" WHERE {self._scope} = ANY(%s)"
            for field in self.fields
        )
        scopes = list(set(keys.values()))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT key FROM ({column}) AS found",  # noqa: S608
                [scopes] * len(self.fields),
            )
            return {UUID(bytes=bytes(row[0])) for row in cursor.fetchall()} & keys.keys()

    def write(self, rows: list[tuple[UUID, list[bytes]]]) -> None:
        """Put the values of each row in its place, in the order of `fields`."""
        columns = [self._quoted(field.column) for field in self.fields]
        names = ", ".join(f"v{number}" for number in range(len(columns)))
        statement = (
            f"UPDATE {self._quoted(self.model._meta.db_table)} AS t SET "  # noqa: S608
            + ", ".join(f"{column} = new.v{number}" for number, column in enumerate(columns))
            + f" FROM unnest(%s::uuid[]{', %s::bytea[]' * len(columns)}) AS new (pk, {names})"
            + f" WHERE t.{self._pk} = new.pk"
        )
        values: list[Any] = [[row for row, _ in rows]]
        values += [[sealed[number] for _, sealed in rows] for number in range(len(columns))]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    @property
    def _scope(self) -> str:
        # An UUID has nothing that could end the literal.
        return f"'{self.scope}'::uuid" if isinstance(self.scope, UUID) else f"t.{self._quoted(self.scope)}"

    @property
    def _pk(self) -> str:
        return self._quoted(str(self.model._meta.pk.column))

    @staticmethod
    def _quoted(name: str | None) -> str:
        return connection.ops.quote_name(name or "")


def sealed_tables() -> list[Table]:
    """Every table with sealed fields, read from the models."""
    found = []
    for model in apps.get_models():
        fields = tuple(sealed_fields(model))
        if fields:
            source: Any = (
                getattr(model, "instance_type", model) if issubclass(model, SealedHistory) else model
            )
            found.append(Table(model, fields, source.shared_scope or _column(model, source.sealed_scope)))
    return found


def _column(model: type[models.Model], attribute: str) -> str:
    return next(str(field.column) for field in model._meta.concrete_fields if field.attname == attribute)
