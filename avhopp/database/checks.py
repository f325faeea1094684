"""Refuses to run as a database role that owns something or may do too much.

An application that can drop a trigger or bypass row-level security has no last line of defence. The check
asks the database and so runs only where `check --database default` (or a server's start) asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from avhopp.database.excesses import owns_nothing
from avhopp.database.grants import append_only_tables, keeper_tables, read_only_tables
from avhopp.database.roles import keeper_beside

HINT = (
    "Låt DATABASE_URL peka på applikationens roll och DATABASE_OWNER_URL på ägarens, "
    "och kör sedan manage.py migrate, som ger applikationen de rättigheter den ska ha."
)


def application_role_is_bound(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """Return one error for each right that the application's role should not have."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    role = str(connection.settings_dict["USER"])
    # The keeper's own process is held to the same, but for the tables that the keeper is for.
    spared = frozenset(keeper_tables(apps=apps)) if role == keeper_beside(role=role) else frozenset()
    excesses = owns_nothing(
        connection=connection,
        append_only=append_only_tables(apps=apps) - spared,
        read_only=read_only_tables(apps=apps) - spared,
    )
    return [
        checks.Error(f"Databasrollen får för mycket: {excess}.", hint=HINT, id="avhopp_database.E001")
        for excess in excesses
    ]
