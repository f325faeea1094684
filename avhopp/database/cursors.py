"""Speaks with the database in binary form. Sealed values are bytes, and PostgreSQL's text form writes each byte as two
hexadecimal digits, which costs more than fetching the rows.

Given to Django as `cursor_factory`; where Django wants a value's text form, it gets the same text as before.
"""

from __future__ import annotations

from typing import Any, Self

from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import NotSupportedError, adapters
from psycopg.abc import Buffer
from psycopg.adapt import Loader, PyFormat
from psycopg.pq import Format
from psycopg.types.array import BaseListDumper, ListBinaryDumper, ListDumper
from psycopg.types.net import InetBinaryLoader

# The number by which psycopg looks for what reads a type that has nothing of its own.
EVERY_OTHER = 0


class BinaryCursor(ServerBindingCursor):
    """Fetches in binary what is asked with parameters; text without any may be several statements, as in migrations."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        done: Self = super().execute(query, params, **{"binary": params is not None, **how})  # type: ignore[misc]
        return done


class JsonbText(Loader):
    """JSON as text, which is what Django's `JSONField` reads; before it stands the form's version, 1."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data[1:]).decode("utf-8")


class InetText(InetBinaryLoader):
    """An address as text, which is what Django's `GenericIPAddressField` reads."""

    def load(self, data: Buffer) -> Any:
        return str(super().load(data))


class UnknownType(Loader):
    """Refuses what nobody here reads in binary; psycopg would give its bytes without a word."""

    format = Format.BINARY

    def load(self, data: Buffer) -> Any:
        raise NotSupportedError("this type is not read in binary: cast it to text in the query")


class BytesDumper(ListDumper):
    """Lists of bytes in binary, as `bulk_create` sends a column; every other list as before."""

    def upgrade(self, obj: list[Any], format: PyFormat) -> BaseListDumper:
        if obj and type(obj[0]) is bytes:
            return ListBinaryDumper(list, self._tx).upgrade(obj, format)
        return super().upgrade(obj, format)


adapters.register_loader(EVERY_OTHER, UnknownType)
adapters.register_loader("jsonb", JsonbText)
adapters.register_loader("inet", InetText)
adapters.register_dumper(list, BytesDumper)
