"""The demo's processes: the web server, the worker, the clock, the sequencer and a witness, as in production but on one
machine, which is why the witness is called "inte oberoende".

They live and die together: when one ends, or the demo ends in any way, all end. Each writes to its own log, which
only the owner reads. Nothing here may listen beyond the loopback interface.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from avhopp.database.roles import Urls
from avhopp.demo import leash
from avhopp.demo.directory import DemoDirectory, public_keys

ADDRESS = "127.0.0.1"
SECONDS_TO_STOP = 8
SECONDS_TO_ANSWER = 60


class ProcessEnded(Exception):
    """One of the processes ended by itself; the text is its name and the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process and what it writes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def commands(*, port: int, witness_port: int, demo: DemoDirectory) -> dict[str, list[str]]:
    """What is run, by name."""
    public = public_keys(demo)
    celery = ["-m", "celery", "-A", "config.celery"]
    return {
        "web": [
            *("-m", "gunicorn", "config.wsgi:application", "--bind", f"{ADDRESS}:{port}", "--preload"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--graceful-timeout", "3", "--no-control-socket", "--log-level", "warning"),
        ],
        "worker": [
            *(*celery, "worker", "-P", "threads", "-c", "2", "-l", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "clock": [*celery, "beat", "-s", str(demo.path / "clock"), "--pidfile=", "-l", "WARNING"],
        "witness": [
            *("manage.py", "witness", "--host", ADDRESS, "--port", str(witness_port)),
            *("--key", str(demo.witness_key), "--state", str(demo.witness_state)),
            *("--log-key", public["LOG_PUBLIC_KEY"]),
        ],
        "sequencer": ["manage.py", "sequence"],
    }


def environments(*, demo: DemoDirectory, witness_port: int, urls: Urls) -> dict[str, dict[str, str]]:
    """What a process is told beside what all are told: the sequencer's secrets are in no other's environment."""
    return {
        "worker": {"DEMO_PROCESS": "worker"},
        "sequencer": {
            "DATABASE_SEQUENCER_URL": urls.sequencer,
            "SEQUENCER_KEY_PATH": str(demo.log_key),
            "WITNESS_URL": f"http://{ADDRESS}:{witness_port}",
            "WITNESS_PUBLIC_KEY": public_keys(demo)["WITNESS_PUBLIC_KEY"],
        },
    }


class Processes:
    """Starts them, the web server first, and ends them with the `with` block."""

    def __init__(self, *, port: int, witness_port: int, demo: DemoDirectory, urls: Urls) -> None:
        self._port = port
        self._demo = demo
        self._commands = commands(port=port, witness_port=witness_port, demo=demo)
        self._environments = environments(demo=demo, witness_port=witness_port, urls=urls)
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start them; return when the first page can be had, or raise `ProcessEnded`."""
        wanted = dict(self._commands)
        # The others are not needed for the first page, and starting them slows it down.
        self._start("web", wanted.pop("web"))
        self._wait_until_it_answers()
        for name, command in wanted.items():
            self._start(name, command)

    def wait(self) -> None:
        """Sleep until one of them ends by itself, and raise `ProcessEnded`."""
        poll = select.poll()
        for running in self._running:
            poll.register(os.pidfd_open(running.process.pid), select.POLLIN)
        poll.poll()
        self._raise_if_one_ended()

    def stop(self) -> None:
        """End them all and wait; whoever does not listen is killed."""
        for running in self._running:
            running.process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for running in self._running:
            try:
                running.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                running.process.kill()
                running.process.wait()
        self._running.clear()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < deadline:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://{ADDRESS}:{self._port}/halsa/", timeout=5).close()
                return
            self._raise_if_one_ended()
            time.sleep(0.1)
        raise ProcessEnded("web")

    def _start(self, name: str, command: list[str]) -> None:
        log = self._demo.log / f"{name}.log"
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        environment = {key: value for key, value in os.environ.items() if key != "GUNICORN_CMD_ARGS"}
        environment |= self._environments.get(name, {})
        try:
            # A session of its own keeps Ctrl-C in the terminal from reaching them before the demo ends them in order.
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), sys.executable, *command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,
                umask=0o077,
            )
        finally:
            os.close(descriptor)
        self._running.append(Running(name, process, log))

    def _raise_if_one_ended(self) -> None:
        for running in self._running:
            if running.process.poll() is not None:
                said = running.log.read_text(encoding="utf-8", errors="replace")[-3000:]
                raise ProcessEnded(f"{running.name}\n{said}")
