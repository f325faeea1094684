"""`manage.py seal_column MODEL FIELD COLUMN`: seal a plain column into the field that takes its place."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avhopp.sealed.keeping.adopt import Adoption, NoSuchColumn
from avhopp.sealed.keeping.runs import AlreadyAtWork, NotTheKeeper


class Command(BaseCommand):
    help = "Förseglar det som står i en klartextkolumn. Se docs/field-migration.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", help="till exempel cases.Case, och sedan dess historik")
        parser.add_argument("field", help="det förseglade fältet")
        parser.add_argument("column", help="kolumnen med klartext")
        parser.add_argument("--dry-run", action="store_true", help="säg hur många rader som väntar")

    def handle(self, *, model: str, field: str, column: str, dry_run: bool, **options: Any) -> None:
        try:
            adoption = Adoption(model=model, field=field, source=column)
            if dry_run:
                self.stdout.write(f"{adoption.waiting()} rader väntar. Ingenting har ändrats.")
                return
            number = adoption.run(clock=timezone.now, tell=self._tell)
        except (LookupError, NoSuchColumn):
            raise CommandError(
                "Det finns ingen sådan tabell med både fältet och kolumnen. Kontrollera namnen."
            ) from None
        except NotTheKeeper:
            raise CommandError(
                "Det är nyckelvårdarens databasroll som förseglar. Kör med DATABASE_URL som pekar på den."
            ) from None
        except AlreadyAtWork:
            raise CommandError(
                "Nyckelvårdaren arbetar redan i en annan process. Vänta tills den är klar."
            ) from None
        self.stdout.write(f"{number} rader förseglades.")

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} av {total}")
