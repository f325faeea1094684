"""Accounts and directories for the tests of the embedded server."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.database.embedded_runner import Runner, make_runner, root_place


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Collect what a test starts and end it, by its own id, whatever happens."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


@pytest.fixture
def homes() -> Iterator[Callable[[], Path]]:
    """Make directories directly under the temporary directory, which every account can pass."""
    made: list[Path] = []

    def make() -> Path:
        home = Path(f"/tmp/avhopp-home-{os.urandom(6).hex()}")
        home.mkdir(mode=0o700)
        made.append(home)
        return home

    yield make
    for home in made:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def ordinary(homes: Callable[[], Path], started: list[subprocess.Popen[str]]) -> Runner:
    """Run as an account that is not root, in a checkout that only it can enter."""
    uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    return make_runner(uid, homes(), started)


@pytest.fixture
def as_root(homes: Callable[[], Path], started: list[subprocess.Popen[str]]) -> Runner:
    """Run as root, in a checkout that only root can enter."""
    if os.geteuid() != 0:
        pytest.skip("only root can show what root gets")
    return make_runner(0, homes(), started)


@pytest.fixture(params=["ordinary", "as_root"])
def runner(request: pytest.FixtureRequest) -> Runner:
    """Run as each kind of account in turn."""
    runner = request.getfixturevalue(request.param)
    assert isinstance(runner, Runner)
    return runner


@pytest.fixture
def directory(homes: Callable[[], Path], runner: Runner) -> Iterator[Path]:
    """Name a directory for the runner's server and remove, in the end, whatever was put there."""
    home = homes()
    os.chown(home, runner.uid, -1)
    directory = home / "postgres"
    yield directory
    shutil.rmtree(root_place(directory), ignore_errors=True)
