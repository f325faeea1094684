"""`make demo`: the whole system on this machine, with an invented municipality, until Ctrl-C.

Everything that runs is what runs in production, but the database server is embedded and the broker is a folder. The
process that runs this command holds all the others: however it ends, they end.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avhopp.database.embedded import EmbeddedServer, EmbeddedServerError, erase
from avhopp.database.roles import Urls, provision
from avhopp.database.testing import pointing_at
from avhopp.demo import leash, municipality, static
from avhopp.demo.colleagues import COLLEAGUES, DATABASE, MAIN
from avhopp.demo.directory import DemoDirectory, DemoIsRunning, running, write_private
from avhopp.demo.processes import ADDRESS, ProcessEnded, Processes

DAYS_UNTIL_STALE = 7


class _Stop(BaseException):
    """Somebody wants the demo to end."""


class Command(BaseCommand):
    help = "Startar demon på den här datorn: påhittad kommun, egen databas. Avsluta med Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--with-parent", action="store_true", help="sluta när den som startade slutar")

    def handle(self, *, port: int, with_parent: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Kör demon med make demo, som använder config.settings_demo.")
        os.umask(0o077)
        if with_parent:
            leash.follow(os.getppid())
        demo: DemoDirectory = settings.DEMO_DIRECTORY  # type: ignore[misc]
        try:
            with _stopped_by_signals(), running(demo):
                _require_free(port)
                self._run(demo, port)
        except _Stop:
            self.stdout.write("\nDemon är avslutad.")
        except DemoIsRunning:
            raise CommandError(f"Demon körs redan ur {demo.path}. Avsluta den först.") from None
        except EmbeddedServerError as error:
            raise CommandError(str(error)) from None
        except ProcessEnded as error:
            raise CommandError(f"En av demons processer avslutades: {error}\nSe {demo.log}.") from None

    def _run(self, demo: DemoDirectory, port: int) -> None:
        os.environ["PORT"] = str(port)
        is_new = not demo.built.exists()
        if is_new:
            # What is left of a demo whose keys are gone, or that was never finished, cannot be read by anybody.
            erase(directory=demo.postgres)
        with EmbeddedServer(demo.postgres, durable=True) as server:
            urls = provision(
                admin_url=server.admin_url, database=DATABASE, owner_password=None, app_password=None
            )
            witness_port = _free_port()
            _tell_the_children(demo, urls, witness_port)
            with pointing_at(urls=urls):
                _migrate()
            if is_new:
                # Both what people did and what the worker counted of it, in one transaction: no role but the tables'
                # owner may do both.
                with pointing_at(urls=replace(urls, app=urls.owner)):
                    self._build(demo)
            static.collect(stamp=demo.path / "static.stamp")
            with Processes(port=port, witness_port=witness_port, demo=demo, urls=urls) as processes:
                processes.start()
                self._introduce(demo, port)
                processes.wait()

    def _build(self, demo: DemoDirectory) -> None:
        self.stdout.write("Bygger den påhittade kommunen …")
        self.stdout.flush()
        now = timezone.now()
        municipality.build(now=now)
        write_private(demo.built, now.isoformat())

    def _introduce(self, demo: DemoDirectory, port: int) -> None:
        others = [colleague for colleague in COLLEAGUES if colleague not in MAIN]
        lines = [
            "",
            f"Avhopp är igång: http://{ADDRESS}:{port}/",
            "",
            "Logga in som en av kollegorna med ett klick:",
        ]
        lines += [f"  {colleague.role_name:<22}{colleague.name}" for colleague in MAIN]
        lines += [
            "",
            "Fler kollegor: " + ", ".join(f"{who.name} ({who.role_name.lower()})" for who in others),
        ]
        age = timezone.now() - datetime.fromisoformat(demo.built.read_text(encoding="utf-8"))
        if age.days >= DAYS_UNTIL_STALE:
            lines += [
                "",
                f"Uppgifterna byggdes för {age.days} dagar sedan. make demo-reset bygger om dem från i dag.",
            ]
        lines += ["", "Allt är påhittat. Skriv aldrig in riktiga uppgifter här. Avsluta med Ctrl-C.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _migrate() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        raise CommandError(
            f"Demons databas hör till en annan version av programmet. Kör make demo-reset. ({error})"
        ) from error


def _tell_the_children(demo: DemoDirectory, urls: Urls, witness_port: int) -> None:
    # The sequencer's address is told to the sequencer alone.
    addresses = {
        "app": urls.app,
        "worker": urls.worker,
        "owner": urls.owner,
        "witness": f"http://{ADDRESS}:{witness_port}",
    }
    write_private(demo.addresses, json.dumps(addresses))


def _free_port() -> int:
    """A port for the witness, who is asked by this demo alone."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError):
            raise CommandError(
                f"Port {port} kan inte användas; troligen har ett annat program den. "
                f"Välj en annan: make demo PORT={port + 1 if port < 65000 else 8001}"
            ) from None


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    # A second signal must not cut off the orderly end that the first one began.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise _Stop
