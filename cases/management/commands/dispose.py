"""`manage.py dispose`: destroy what two people have approved, by hand or by the clock, as the keeper of the keys."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avhopp.sealed.keeping.runs import AlreadyAtWork, NotTheKeeper
from cases import destruction


class Command(BaseCommand):
    help = "Gallrar det som två personer har godkänt. Med --dry-run förstörs ingenting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="säg vad som skulle gallras")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self.stdout.write(
                f"{destruction.ready()} av {len(destruction.waiting())} personers ärenden skulle gallras. "
                "Ingenting har ändrats."
            )
            return
        try:
            done, left = destruction.destroy_approved(clock=timezone.now, tell=self._tell)
        except NotTheKeeper:
            raise CommandError(
                "Det är nyckelvårdarens databasroll som gallrar. Kör med DATABASE_URL som pekar på den."
            ) from None
        except AlreadyAtWork:
            raise CommandError(
                "Nyckelvårdaren arbetar redan i en annan process. Vänta tills den är klar."
            ) from None
        self.stdout.write(f"{done} ärenden gallrades.")
        if left:
            self.stdout.write(
                f"{left} personers ärenden gallrades inte: något har hänt sedan det godkändes, eller så finns ett "
                "ärende till. Den som leder ärendet stoppar gallringen, och den föreslås på nytt."
            )

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} av {total}")
