"""`manage.py sequence`: the sequencer's process, until it is told to stop.

Its three secrets come from its own environment and from nowhere the web application reads: the address of its own
database role, the file of its signing key, and the address of the witness.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import keyfile
from audit.note import BadKey, KeyKind, SigningKey, VerifyKey
from audit.sequencer import AlreadyRunning, Sequencer, TreeDiffers
from audit.submission import Submitter, WitnessRefused
from audit.tree_store import MissingPart

SECONDS_BETWEEN_BATCHES = 0.5
SECONDS_BETWEEN_BEATS = 10
SECONDS_UNTIL_RETRY = 2
logger = logging.getLogger("audit.sequencer")


class Command(BaseCommand):
    help = "Ger loggens blad deras plats i trädet och signerar det. Körs som en egen process."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="ta det som väntar och sluta")

    def handle(self, *, once: bool, **options: Any) -> None:
        url = _required("DATABASE_SEQUENCER_URL")
        try:
            key = keyfile.read(path=Path(_required("SEQUENCER_KEY_PATH")), kind=KeyKind.LOG)
            witness_url = os.environ.get("WITNESS_URL", "")
            witness = VerifyKey.parse(_required("WITNESS_PUBLIC_KEY")) if witness_url else None
        except keyfile.KeyFileRefused as error:
            raise CommandError(str(error)) from None
        except BadKey:
            raise CommandError("WITNESS_PUBLIC_KEY är ingen offentlig nyckel.") from None
        stop = threading.Event()
        if not once:
            _stop_on_signals(stop)
        grown = threading.Event()
        if witness is not None and not once:
            threading.Thread(
                target=_keep_witness_up_to_date,
                args=(url, witness_url, witness, grown, stop),
                daemon=True,
            ).start()
        while True:
            try:
                self._run(url, key, witness_url, witness, once, stop, grown)
                return
            except TreeDiffers:
                raise CommandError(
                    "Trädet i databasen är inte det som senast signerades. Inget mer signeras. "
                    "Kör manage.py verify_log."
                ) from None
            except (AlreadyRunning, psycopg.Error) as error:
                if once:
                    raise CommandError(f"Kunde inte köras: {type(error).__name__}.") from None
                logger.warning("waiting to try again: %s", type(error).__name__)
            if stop.wait(SECONDS_UNTIL_RETRY):
                return

    def _run(
        self,
        url: str,
        key: SigningKey,
        witness_url: str,
        witness: VerifyKey | None,
        once: bool,
        stop: threading.Event,
        grown: threading.Event,
    ) -> None:
        with psycopg.connect(url, autocommit=True, application_name="sequencer") as connection:
            sequencer = Sequencer(
                connection=connection, key=key, clock=timezone.now, has_witness=witness is not None
            )
            sequencer.begin()
            if once:
                sequencer.drain()
                sequencer.beat()
                if witness is not None:
                    self._submit_once(connection, witness_url, witness)
                return
            self._loop(sequencer, grown, stop)

    def _loop(self, sequencer: Sequencer, grown: threading.Event, stop: threading.Event) -> None:
        beat_at = timezone.now()
        while not stop.wait(SECONDS_BETWEEN_BATCHES):
            if sequencer.drain():
                grown.set()
            now = timezone.now()
            if (now - beat_at).total_seconds() >= SECONDS_BETWEEN_BEATS:
                sequencer.beat()
                beat_at = now

    def _submit_once(self, connection: psycopg.Connection, url: str, witness: VerifyKey) -> None:
        try:
            Submitter(connection=connection, url=url, witness=witness, clock=timezone.now).submit()
        except WitnessRefused as refused:
            raise CommandError(f"Vittnet medsignerade inte: {refused.code}.") from None


def _keep_witness_up_to_date(
    url: str, witness_url: str, witness: VerifyKey, grown: threading.Event, stop: threading.Event
) -> None:
    while not stop.is_set():
        try:
            with psycopg.connect(url, autocommit=True, application_name="sequencer witness") as connection:
                submitter = Submitter(
                    connection=connection, url=witness_url, witness=witness, clock=timezone.now
                )
                while not stop.is_set():
                    submitter.submit()
                    grown.wait(SECONDS_BETWEEN_BEATS)
                    grown.clear()
        except WitnessRefused as refused:
            logger.warning("the witness does not cosign: %s", refused.code)
        except (psycopg.Error, MissingPart) as error:
            logger.warning("cannot submit: %s", type(error).__name__)
        stop.wait(SECONDS_UNTIL_RETRY)


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise CommandError(f"{name} saknas i sekvenserarens miljö. Se docs/log-format.md.")
    return value


def _stop_on_signals(stop: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
