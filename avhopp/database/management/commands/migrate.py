"""Django's `migrate`, run as the owner and followed by the application's grants.

It replaces the command of the same name, so that nobody can migrate and forget the grants. It never runs as
the application role.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from avhopp.database.grants import append_only_tables, grant_application
from avhopp.database.router import OWNER


class Command(migrate.Command):
    """Migrate as the owner, then set the application's rights anew."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Make the owner's connection the default one."""
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse the application's connection; grant unless nothing was to be changed."""
        if options["database"] != OWNER:
            raise CommandError(
                "Applikationens roll äger ingenting och kan inte migrera. "
                "Kör utan --database, eller med --database=owner."
            )
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            grant_application(
                connection=connections[OWNER],
                role=str(settings.DATABASES["default"]["USER"]),
                append_only=append_only_tables(apps=apps),
            )
