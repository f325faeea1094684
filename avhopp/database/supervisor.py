"""The small process that stands between the application and its embedded PostgreSQL.

It starts the server, watches the process that asked for it, and stops the server when that process ends in
any way, kill -9 included; should this process itself be killed, the kernel stops the server. It runs as a
script without site packages, so it may import nothing but the standard library, and it must never outlive
what it watches.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

PR_SET_PDEATHSIG = 1  # prctl(2)
# pg_ctl's modes: https://www.postgresql.org/docs/18/server-shutdown.html
FAST = signal.SIGINT
IMMEDIATE = signal.SIGQUIT


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to run, for whom, and whether the files shall outlive the server."""

    parent: int
    postgres: str
    data: str
    log: str
    socket: str
    uid: int | None
    gid: int | None
    remove: str | None

    def to_json(self) -> str:
        """Return the plan as the one argument of this script."""
        return json.dumps(asdict(self))


class _StopRequested(BaseException):
    pass


def processes_of(*, data: Path) -> list[int]:
    """Return the ids of the processes that work in `data`: all of PostgreSQL's do, and no others."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == data:
                    found.append(int(entry.name))
    return found


def sweep(*, data: Path, seconds: float = 5.0) -> None:
    """End what a killed predecessor left in `data`, by asking and then by force, and wait for it."""
    for request in (IMMEDIATE, signal.SIGKILL):
        remaining = processes_of(data=data)
        for process in remaining:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, request)
        deadline = time.monotonic() + seconds
        while remaining and time.monotonic() < deadline:
            time.sleep(0.02)
            remaining = processes_of(data=data)
        if not remaining:
            return


def _request_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _StopRequested


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, IMMEDIATE)


def _start(plan: Plan) -> subprocess.Popen[bytes]:
    Path(plan.log).unlink(missing_ok=True)
    log = os.open(plan.log, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    try:
        # preexec_fn is safe because this process has a single thread. It runs after the change of account,
        # which would otherwise clear the signal.
        return subprocess.Popen(  # noqa: S603
            [plan.postgres, "-D", plan.data, "-k", plan.socket],
            user=plan.uid,
            group=plan.gid,
            extra_groups=[] if plan.uid is not None else None,
            umask=0o077,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,
        )
    finally:
        os.close(log)


def _wait_for_an_end(parent: int, server: subprocess.Popen[bytes]) -> None:
    poll = select.poll()
    for descriptor in (parent, os.pidfd_open(server.pid)):
        poll.register(descriptor, select.POLLIN)
    poll.poll()


def _stop(plan: Plan, server: subprocess.Popen[bytes] | None) -> None:
    if server and server.poll() is None:
        server.send_signal(IMMEDIATE if plan.remove else FAST)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
    sweep(data=Path(plan.data))
    if Path(plan.socket).parent != Path(plan.data).parent:
        shutil.rmtree(plan.socket, ignore_errors=True)
    if plan.remove:
        shutil.rmtree(plan.remove, ignore_errors=True)


def supervise(*, plan: Plan) -> int:
    """Run the server of `plan` until the parent ends, this process is asked to stop, or the server falls."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    server = None
    try:
        signal.signal(signal.SIGTERM, _request_stop)
        parent = os.pidfd_open(plan.parent)
        # Safe against a reused process id: whoever is our parent now is the one whose descriptor we hold.
        if os.getppid() == plan.parent:
            server = _start(plan)
            _wait_for_an_end(parent, server)
            if server.poll() is not None:
                # The caller shows this if the server never answered; whoever does not listen loses nothing.
                sys.stdout.buffer.write(Path(plan.log).read_bytes()[-2000:])
    except (_StopRequested, ProcessLookupError):
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop(plan, server)
    return server.wait() if server else 1


if __name__ == "__main__":
    sys.exit(supervise(plan=Plan(**json.loads(sys.argv[1]))))
