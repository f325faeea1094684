"""Keeps the owner's connection for migrations and everything else on the application's.

Without it a query could run as the owner, past the grants and the row-level security that bind the
application.
"""

from __future__ import annotations

from django.db.models import Model

OWNER = "owner"


class OwnerRouter:
    """Send every query to `default` and every migration to `owner`."""

    def db_for_read(self, model: type[Model], **hints: object) -> str | None:
        """Leave the choice to Django, which takes `default`, or the alias a migration names itself."""
        return None

    def db_for_write(self, model: type[Model], **hints: object) -> str | None:
        """Leave the choice to Django, as for reading."""
        return None

    def allow_relation(self, first: Model, second: Model, **hints: object) -> bool | None:
        """Relate rows freely: both aliases are the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        """Migrate as the owner alone."""
        return db == OWNER
