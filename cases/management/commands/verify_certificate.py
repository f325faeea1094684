"""`manage.py verify_certificate FILE`: exit code 0 when a certificate of destruction holds, 1 when it does not."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.note import BadKey, VerifyKey
from cases.certificates import NotACertificate, NotProven, prove


class Command(BaseCommand):
    help = "Kontrollerar ett gallringsbevis mot loggen. Slutkod 0 om det stämmer, annars 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--log-key", default=settings.LOG_PUBLIC_KEY, help="loggens offentliga nyckel")

    def handle(self, *, file: Path, log_key: str, **options: Any) -> None:
        if not log_key:
            raise CommandError("Ge loggens offentliga nyckel med --log-key eller LOG_PUBLIC_KEY.")
        try:
            proven = prove(text=file.read_text(encoding="utf-8"), log=VerifyKey.parse(log_key))
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"{file} går inte att läsa.") from None
        except BadKey:
            raise CommandError("Nyckeln är ingen offentlig nyckel.") from None
        except NotACertificate:
            raise CommandError("Filen är inget gallringsbevis.") from None
        except NotProven as error:
            self.stdout.write(f"Beviset stämmer INTE. {error}")
            sys.exit(1)
        self.stdout.write(
            f"Beviset stämmer: {proven.files} ärenden gallrades {timezone.localtime(proven.at):%Y-%m-%d %H:%M} och "
            f"{proven.keys} nycklar är förstörda. Det står på plats {proven.place + 1} av {proven.size} i loggens "
            "signerade träd."
        )
