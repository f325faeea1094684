"""`manage.py backup FOLDER`: a copy of the database and the documents, without any key."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from avhopp.backup.copying import CannotBackUp, Copied, back_up, outdated
from avhopp.backup.programs import ProgramFailed
from avhopp.database.router import OWNER
from avhopp.files.store import StoreUnavailable

_PARTS = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")


class Command(BaseCommand):
    help = "Kopierar databasen och handlingarna till en ny mapp i FOLDER. Inga nycklar följer med."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        held = settings.ROOT_KEYS.get("file")
        secrets = [held[1]["path"]] if held else []
        now = timezone.now()
        try:
            done = back_up(url=_owner(), into=folder, now=now, secrets=secrets)
        except (CannotBackUp, ProgramFailed) as error:
            raise CommandError(str(error)) from None
        except StoreUnavailable:
            raise CommandError("Handlingarnas lager svarar inte. Ingen kopia gjordes.") from None
        said = Copied.read(done)
        self.stdout.write(f"{done}: {sum(said.tables.values())} rader, {len(said.documents)} handlingar.")
        for old in outdated(into=folder, now=now, days=settings.BACKUP_DAYS):
            self.stdout.write(f"{old} är äldre än {settings.BACKUP_DAYS} dagar: förstör den.")


def _owner() -> str:
    if OWNER not in connections.settings:
        raise CommandError("Sätt DATABASE_OWNER_URL: bara tabellernas ägare kan kopiera dem alla.")
    given = connections[OWNER].get_connection_params()
    return make_conninfo(**{part: given[part] for part in _PARTS if given.get(part)})
