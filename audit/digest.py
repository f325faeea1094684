"""The digest of a row as it is stored, which goes into the leaf that tells of its writing.

Sealed values are digested as ciphertext: an older ciphertext put back into its own cell opens without complaint, and
only the digest betrays it. Columns that are NULL are left out, so that a later migration which adds an empty column
changes no digest; so are those that a model names in `derived`, because they are computed from rows that are digested.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from audit.events import canonical, timestamp


def row_digest(instance: models.Model) -> bytes:
    """Give SHA-256 (32 bytes) over the names and stored values of a saved row."""
    derived = getattr(instance, "derived", ())
    stored = {
        field.column: _plain(instance.__dict__.get(field.attname))
        for field in instance._meta.concrete_fields
        if instance.__dict__.get(field.attname) is not None and field.name not in derived
    }
    return hashlib.sha256(canonical({"table": instance._meta.db_table, "row": stored})).digest()


def _plain(value: Any) -> str | int | bool:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | dict):
        return canonical(value).decode()
    raise TypeError(f"a column of type {type(value).__name__} has no digest yet; give it one form here")
