"""`manage.py export_log`: the whole log to a file that anybody can verify without this software."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import export
from audit.note import BadKey, VerifyKey


class Command(BaseCommand):
    help = "Skriver hela loggen till en fil i ett öppet format (docs/log-format.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="filen som ska skapas")
        parser.add_argument("--log-key", default=settings.LOG_PUBLIC_KEY, help="loggens offentliga nyckel")

    def handle(self, *, path: Path, log_key: str, **options: Any) -> None:
        try:
            origin = VerifyKey.parse(log_key).name
        except BadKey:
            raise CommandError("Ge loggens offentliga nyckel med --log-key eller LOG_PUBLIC_KEY.") from None
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} kan inte skapas ({error.strerror}).") from None
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(export.lines(origin=origin, now=timezone.now()))
        self.stdout.write(
            f"Loggen är skriven till {path}. Kontrollera den med audit/standalone/verify_avhopp_log.py."
        )
