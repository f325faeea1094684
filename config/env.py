"""Typed readers of the environment.

Every setting that is a secret may come from a file named by `<NAME>_FILE` (systemd credentials, container secrets).
A missing or weak value stops the start with one sentence that says what to do; nothing here has a default that
would be unsafe in production.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from avhopp.database.cursors import BinaryCursor


def text(name: str, default: str | None = None) -> str:
    """Read `name`, or the file that `<name>_FILE` names; without a default the value is obligatory."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE pekar på {path}, som inte går att läsa ({error.strerror}). "
                "Rätta sökvägen eller filens rättigheter."
            ) from None
    else:
        value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} saknas. Sätt {name}, eller {name}_FILE till en fil med värdet.")
    return default


def secret(name: str, *, length: int) -> str:
    """Read a secret of at least `length` characters with enough different ones to be random."""
    value = text(name)
    if len(value) < length or len(set(value)) < 12 or value.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"{name} är för svag. Skapa en ny med "
            f"python3 -c 'import secrets; print(secrets.token_urlsafe({length}))'."
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    """Read yes or no; anything else is refused, so that a typing error never turns a protection off."""
    value = text(name, "ja" if default else "nej").lower()
    if value in {"1", "true", "yes", "ja", "on"}:
        return True
    if value in {"0", "false", "no", "nej", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} ska vara ja eller nej, inte {value!r}.")


def integer(name: str, default: int) -> int:
    """Read a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} ska vara ett heltal, inte {value!r}.") from None


def choice(name: str, default: str, *, among: Collection[str], needs: Mapping[str, str]) -> str:
    """Read one of what the other settings have made possible; `needs` names the setting that each of them needs."""
    value = text(name, default)
    if value in among:
        return value
    if value in needs:
        raise ImproperlyConfigured(
            f"{needs[value]} saknas. Sätt {needs[value]}, eller en annan {name} än {value}."
        )
    raise ImproperlyConfigured(f"{name} ska vara någon av {', '.join(needs)}, inte {value!r}.")


def identifier(name: str) -> UUID:
    """Read a UUID that never changes: it is bound into every wrapped key."""
    value = text(name)
    try:
        return UUID(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} ska vara ett UUID. Skapa ett en gång för alla med python3 -c 'import uuid; print(uuid.uuid4())'."
        ) from None


def words(name: str, default: str | None = None) -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """Read a PostgreSQL address (postgresql://…) into Django's form; no other engine is supported."""
    url = text(name, default)
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(
            f"{name} ska börja med postgresql://. Avhopp körs bara på PostgreSQL 15 eller senare."
        )
    try:
        parts: Mapping[str, Any] = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(f"{name} är inte en giltig PostgreSQL-adress.") from None
    return django_database(parts)


def django_database(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Turn libpq's words into Django's, keeping every further libpq option."""
    known = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
        # Parameters bound by the server, so that no statement with a literal reaches its log.
        "OPTIONS": {
            "server_side_binding": True,
            "cursor_factory": BinaryCursor,
            **{key: value for key, value in parts.items() if key not in known},
        },
    }
