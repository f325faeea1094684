"""Destroys the keys of whole scopes, and every row that they sealed. Nothing opens them again, in backups either once
the epochs that wrapped them are gone (`retire`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from avhopp.sealed.models import KeyState, ScopeKey


def destroy(*, scopes: Sequence[UUID]) -> tuple[list[UUID], dict[str, int]]:
    """Destroy within a transaction; returns the ids of the keys, and how many rows went from each table.

    The database refuses with `IntegrityError` what is not approved.
    """
    held = ScopeKey.objects.select_for_update().filter(scope__in=scopes)
    keys = sorted(held.values_list("pk", flat=True))
    ScopeKey.objects.filter(pk__in=keys).update(wrapped=None, state=KeyState.DESTROYED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT avhopp_erase(%s)", [list(scopes)])
        said = cursor.fetchone()[0]
    found: dict[str, int] = json.loads(said) if isinstance(said, str) else said
    return keys, found
