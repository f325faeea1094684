"""Django's `migrate`, run as the owner and followed by the rules of rows and the grants of the other roles.

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

from avhopp.database import erasing, rows
from avhopp.database.grants import (
    append_only_tables,
    grant_application,
    grant_keeper,
    grant_sequencer,
    grant_worker,
    keeper_tables,
    read_only_tables,
    sequencer_tables,
    worker_tables,
)
from avhopp.database.roles import keeper_beside, sequencer_of, worker_beside
from avhopp.database.router import OWNER


class Command(migrate.Command):
    """Migrate as the owner, then set the other roles' rights anew."""

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
            app = str(settings.DATABASES["default"]["USER"])
            grant_application(
                connection=connections[OWNER],
                role=app,
                append_only=append_only_tables(apps=apps),
                read_only=read_only_tables(apps=apps),
            )
            worker = worker_beside(role=app)
            rows.secure(owner=connections[OWNER], app=app, worker=worker, apps=apps)
            if not grant_worker(
                connection=connections[OWNER],
                role=worker,
                append_only=append_only_tables(apps=apps),
                read_only=read_only_tables(apps=apps),
                tables=worker_tables(apps=apps),
            ):
                self.stderr.write(
                    f"Rollen {worker} finns inte, så inget görs av klockan. "
                    "Skapa den (se docs/operations.md) och kör migrate igen."
                )
            is_there = grant_sequencer(
                connection=connections[OWNER], role=sequencer_of(app=app), tables=sequencer_tables(apps=apps)
            )
            if not is_there:
                self.stderr.write(
                    f"Rollen {sequencer_of(app=app)} finns inte, så loggens sekvenserare kan inte köras. "
                    "Skapa den (se docs/log-format.md) och kör migrate igen."
                )
            keeper = keeper_beside(role=app)
            erasing.allow(owner=connections[OWNER], keeper=keeper, apps=apps)
            if not grant_keeper(connection=connections[OWNER], role=keeper, tables=keeper_tables(apps=apps)):
                self.stderr.write(
                    f"Rollen {keeper} finns inte, så nycklarna kan inte bytas. "
                    "Skapa den (se docs/operations.md) och kör migrate igen."
                )
