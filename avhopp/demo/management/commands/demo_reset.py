"""`make demo-reset`: removes the demo's database, keys and folders, so that the next start builds everything anew."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from avhopp.database.embedded import EmbeddedServerError, erase
from avhopp.demo.directory import DemoDirectory, DemoIsRunning, running


class Command(BaseCommand):
    help = "Tar bort demons databas, nycklar och filer."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Kör make demo-reset, som använder config.settings_demo.")
        demo: DemoDirectory = settings.DEMO_DIRECTORY  # type: ignore[misc]
        try:
            with running(demo):
                erase(directory=demo.postgres)
                shutil.rmtree(demo.path)
        except DemoIsRunning:
            raise CommandError(f"Demon körs ur {demo.path}. Avsluta den först.") from None
        except EmbeddedServerError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Demon är borttagen. make demo bygger en ny.")
