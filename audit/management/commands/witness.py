"""`manage.py witness`: the witness's process, on another organisation's machine, without any database."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import keyfile
from audit.note import BadKey, KeyKind, keys_of
from audit.witness import State, StateUnreadable, Witness
from audit.witness_server import WitnessServer


class Command(BaseCommand):
    help = "Kör ett vittne som medsignerar loggens kontrollpunkter. Ska stå hos någon annan än loggens ägare."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--key", type=Path, required=True, help="vittnets nyckelfil (manage.py new_log_key)"
        )
        parser.add_argument(
            "--state", type=Path, required=True, help="fil där vittnet minns vad det har sett"
        )
        parser.add_argument(
            "--log-key",
            action="append",
            required=True,
            help="loggens offentliga nyckel (kan ges flera gånger)",
        )
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8100)

    def handle(
        self, *, key: Path, state: Path, log_key: list[str], host: str, port: int, **options: Any
    ) -> None:
        try:
            witness = Witness(
                key=keyfile.read(path=key, kind=KeyKind.COSIGNER),
                logs=keys_of(log_key),
                state=State(state),
                clock=timezone.now,
            )
        except keyfile.KeyFileRefused as error:
            raise CommandError(str(error)) from None
        except BadKey:
            raise CommandError("--log-key är ingen offentlig nyckel.") from None
        except StateUnreadable:
            raise CommandError(
                f"{state} går inte att läsa. Återställ filen från en kopia; en tom fil skulle låta loggen börja om."
            ) from None
        with WitnessServer((host, port), witness) as server:
            _stop_on_signals(server)
            self.stdout.write(f"Vittnet lyssnar på http://{host}:{server.server_address[1]}/")
            self.stdout.flush()
            server.serve_forever()


def _stop_on_signals(server: WitnessServer) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        # shutdown() waits for the loop that this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
