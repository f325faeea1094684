"""`manage.py restore_drill FOLDER --server URL`: exit code 0 when the copy can be used, 1 when not, with the reason."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from avhopp.backup.copying import CannotBackUp
from avhopp.backup.drill import DrillFailed, Roles, drill
from avhopp.backup.programs import ProgramFailed
from avhopp.database.roles import keeper_beside, worker_beside


class Command(BaseCommand):
    help = "Läser tillbaka en kopia i en egen databas, prövar den och tar bort databasen. Ändrar inget annat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="kopians mapp")
        parser.add_argument("--server", required=True, help="adressen för någon som får skapa databaser där")
        parser.add_argument("--keys-from", type=Path, help="en nyare kopia, vars nycklar ska gälla")
        parser.add_argument("--log-key", default=settings.LOG_PUBLIC_KEY, help="loggens offentliga nyckel")

    def handle(
        self, *, folder: Path, server: str, keys_from: Path | None, log_key: str, **options: Any
    ) -> None:
        role = str(connections.settings[DEFAULT_DB_ALIAS]["USER"])
        roles = Roles(worker=worker_beside(role=role), keeper=keeper_beside(role=role))
        try:
            drill(
                copy=folder,
                server=server,
                roles=roles,
                say=self.stdout.write,
                log_key=log_key,
                keys_from=keys_from,
            )
        except (CannotBackUp, DrillFailed, ProgramFailed) as error:
            raise CommandError(f"Kopian går inte att använda. {error}") from None
        except psycopg.Error as error:
            raise CommandError(f"Servern säger nej ({type(error).__name__}). Kontrollera --server.") from None
        self.stdout.write("Kopian går att använda.")
