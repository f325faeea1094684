"""Runs scripts that start embedded servers, as this account or another, and looks for what they leave."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from avhopp.database import placement
from avhopp.database.supervisor import processes_of

REPOSITORY = Path(placement.__file__).parents[2]
SITE_PACKAGES = Path(psycopg.__file__).parents[1]

# The prologue of every script; `say` hands a fact to the test, which reads one JSON line at a time.
PROLOGUE = """
import json, os, signal, sys, threading, time
from pathlib import Path
import psycopg
from avhopp.database.embedded import EmbeddedServer, EmbeddedServerError
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background inherits it ignored
def say(**facts): print(json.dumps(facts), flush=True)
def facts(server):
    return {"url": server.admin_url, "data": str(server.data), "supervisor": server._supervisor.pid}
directory = Path(sys.argv[1])
"""


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Starts scripts under one account, with a copy of the package in a 0700 directory of that account."""

    python: str
    uid: int
    checkout: Path
    started: list[subprocess.Popen[str]]

    def start(self, script: str, directory: Path) -> subprocess.Popen[str]:
        """Start a script and return it running."""
        process = subprocess.Popen(
            [self.python, "-W", "error", "-c", PROLOGUE + script, str(directory)],
            user=self.uid,
            group=pwd.getpwuid(self.uid).pw_gid,
            extra_groups=[] if os.geteuid() == 0 else None,
            env={"PYTHONPATH": f"{self.checkout}:{SITE_PACKAGES}", "PATH": os.defpath},
            cwd=self.checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def run(self, script: str, directory: Path) -> dict[str, Any]:
        """Run a script to its end and return what it said last."""
        process = self.start(script, directory)
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return dict(json.loads(output.splitlines()[-1]))


def heard(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the next thing a script says."""
    assert process.stdout is not None
    return dict(json.loads(process.stdout.readline()))


def is_gone(data: str, *, seconds: float = 10) -> bool:
    """Return whether every process of the server in `data` ends within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not processes_of(data=Path(data)):
            return True
        time.sleep(0.02)
    return False


def _reachable_python(uid: int) -> str:
    for candidate in (sys.executable, "/usr/bin/python3.11", "/usr/bin/python3.13", "/usr/bin/python3"):
        try:
            subprocess.run(
                [candidate, "-c", "import psycopg"],
                user=uid,
                group=pwd.getpwuid(uid).pw_gid,
                extra_groups=[] if os.geteuid() == 0 else None,
                env={"PYTHONPATH": str(SITE_PACKAGES)},
                cwd="/",
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return candidate
    pytest.skip("no interpreter with the installed packages that an ordinary account can run")


def make_runner(uid: int, home: Path, started: list[subprocess.Popen[str]]) -> Runner:
    checkout = home / "checkout"
    shutil.copytree(REPOSITORY / "avhopp" / "database", checkout / "avhopp" / "database")
    (checkout / "avhopp" / "__init__.py").touch()
    for path in (home, *home.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, uid, pwd.getpwuid(uid).pw_gid)
    home.chmod(0o700)
    return Runner(python=_reachable_python(uid), uid=uid, checkout=checkout, started=started)


def root_place(directory: Path) -> Path:
    """Return where root's server for `directory` lies."""
    key = hashlib.sha256(os.fsencode(directory.resolve())).hexdigest()
    return placement.ROOT_BASE / key[:16]
