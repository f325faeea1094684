"""`manage.py new_log_key`: makes the sequencer's or the witness's key pair, once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import keyfile
from audit.note import KeyKind


class Command(BaseCommand):
    help = "Skapar en nyckelfil för loggen eller för ett vittne och skriver ut den offentliga nyckeln."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--name", required=True, help="till exempel kommunen.example/avhopp-logg")
        parser.add_argument("--witness", action="store_true", help="nyckeln är ett vittnes")

    def handle(self, *, path: Path, name: str, witness: bool, **options: Any) -> None:
        kind = KeyKind.COSIGNER if witness else KeyKind.LOG
        try:
            public = keyfile.create(path=path, name=name, kind=kind)
        except keyfile.KeyFileRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(public))
