"""Real processes killed with SIGKILL at random moments under sixteen writers: nothing is lost and nothing doubled.

KILL_ROUNDS sets the number of rounds. The database is felled by killing one of its processes, whereupon the server
throws all of them out and recovers from its journal.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from audit import keyfile
from audit.note import KeyKind
from audit.verify import Trust, verify
from audit.witness import State
from avhopp.database.embedded import EmbeddedServer
from avhopp.database.roles import provision
from avhopp.database.testing import pointing_at

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("KILL_ROUNDS", "8"))
ROOT = Path(__file__).parents[3]
ORIGIN = "provkommun.example/logg"
WRITER = """
import os, sys, threading, time
import django
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from audit import events, log

told = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
event = events.Event("test.happened", events.Kind.READ, "hände")

def write():
    while True:
        try:
            with transaction.atomic():
                leaf = log.record(event=event, actor=events.job("test"), at=timezone.now())
                time.sleep(0.005)
            os.write(told, f"{leaf}\\n".encode())
        except Exception:
            connection.close()
            time.sleep(0.1)

for _ in range(16):
    threading.Thread(target=write).start()
"""


class Town:
    """The four processes and how each is started again."""

    def __init__(self, folder: Path, urls) -> None:
        self.told = folder / "told.txt"
        self.state = folder / "witness.json"
        self.log_key = keyfile.create(path=folder / "log.key", name=ORIGIN, kind=KeyKind.LOG)
        self.witness_key = keyfile.create(
            path=folder / "witness.key", name="vittne.example/v1", kind=KeyKind.COSIGNER
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        manage = [sys.executable, "manage.py"]
        self.commands = {
            "writer": [sys.executable, "-c", WRITER, str(self.told)],
            "sequencer": [*manage, "sequence"],
            "witness": [
                *(*manage, "witness", "--port", str(port), "--key", str(folder / "witness.key")),
                *("--state", str(self.state), "--log-key", str(self.log_key)),
            ],
        }
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "DATABASE_URL": urls.app,
            "DATABASE_SEQUENCER_URL": urls.sequencer,
            "SEQUENCER_KEY_PATH": str(folder / "log.key"),
            "WITNESS_URL": f"http://127.0.0.1:{port}",
            "WITNESS_PUBLIC_KEY": str(self.witness_key),
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        self.processes[name] = subprocess.Popen(
            self.commands[name],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)

    def kill_all(self) -> None:
        for name in list(self.processes):
            self.kill(name)


def fell_the_database(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        found = admin.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchall()
    if found:
        os.kill(random.choice(found)[0], signal.SIGKILL)


def eventually(question, *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if question():
                return
        except psycopg.OperationalError:
            pass
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def test_nothing_is_lost_or_doubled_whoever_is_killed(tmp_path, django_db_blocker, django_test_environment):
    with EmbeddedServer(tmp_path / "postgres", durable=True) as server:
        urls = provision(admin_url=server.admin_url, database="town", owner_password=None, app_password=None)
        with django_db_blocker.unblock(), pointing_at(urls=urls):
            call_command("migrate", verbosity=0, interactive=False)
        town = Town(tmp_path, urls)
        try:
            for name in town.commands:
                town.start(name)
            eventually(lambda: town.told.exists() and town.state.exists())
            for number in range(ROUNDS):
                time.sleep(random.uniform(0.05, 1.0))
                victim = ("sequencer", "database", "writer", "witness")[number % 4]
                if victim == "database":
                    fell_the_database(server.admin_url)
                else:
                    town.kill(victim)
                    town.start(victim)
                # Wait until work goes on, so that each round fells something that was at work.
                size = town.told.stat().st_size
                eventually(lambda size=size: town.told.stat().st_size > size)
            town.kill("writer")
            eventually(lambda: all_is_signed(urls.app))
        finally:
            town.kill_all()
        # What compares rows with the log does so as the worker, whom the database gives every row.
        with django_db_blocker.unblock(), pointing_at(urls=replace(urls, app=urls.worker)):
            judge(town, urls.app)


def all_is_signed(url: str) -> bool:
    with psycopg.connect(url) as application:
        waiting, cosigned = application.execute(
            "SELECT (SELECT count(*) FROM audit_pending), (SELECT max(number) FROM audit_checkpoint)"
            " = (SELECT max(number) FROM audit_cosignature)"
        ).fetchone()
    return waiting == 0 and cosigned


def judge(town: Town, url: str) -> None:
    told = Counter(town.told.read_text().split())
    with psycopg.connect(url) as application:
        leaves = {str(row[0]) for row in application.execute("SELECT id FROM audit_leaf")}
        placed = Counter(str(row[0]) for row in application.execute("SELECT leaf FROM audit_seq"))
    assert told.keys() <= leaves
    assert set(placed) == leaves
    assert set(placed.values()) == {1}
    seen = State(town.state).note(ORIGIN)
    trust = Trust(log=town.log_key, witnesses=[town.witness_key], seen=[seen])
    report = verify(trust=trust, now=datetime.now(UTC))
    assert report.is_whole, [str(fault) for fault in report.faults]
    assert report.witnessed == report.size == len(leaves) > 100
