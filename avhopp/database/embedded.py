"""A private PostgreSQL 18 for the demo and the tests, so that trying the system out needs no server.

It listens on a Unix socket in a 0700 directory and lets in only the account that started it (peer
authentication through a map), so there is no password to leak. It is stopped however its owner ends. Never
use it for real data: nobody backs it up and it has one account. Linux only, as its supervisor needs
pidfd_open(2) and prctl(2).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from avhopp.database import supervisor
from avhopp.database.placement import (
    EmbeddedServerError,
    Place,
    claim_place,
    claim_socket_directory,
    find_binaries,
)

__all__ = ["EmbeddedServer", "EmbeddedServerError", "erase"]

ADMIN = "postgres"
SECONDS_FOR_A_PREDECESSOR = 20.0
SECONDS_TO_START = 60.0

# The log would otherwise quote what people wrote: security.md §7. Messages of level ERROR quote input
# ("invalid input syntax for type uuid: …") whatever the verbosity, so the level is set above them; the
# application gets them anyway.
_SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "'64MB'",
    "io_method": "sync",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "logging_collector": "off",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
}


class EmbeddedServer:
    """One server for one directory; use it as a context manager or call `start` and `stop`.

    A durable server syncs to disk and keeps its files. One that is not durable is fast, and its files go with
    it.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self._directory = directory
        self._durable = durable
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._owner_process = 0
        self._place: Place | None = None
        self._socket: Path | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def admin_url(self) -> str:
        """The address of the maintenance database as the server's superuser."""
        return self.url(role=ADMIN, database="postgres")

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self._started_place().log

    @property
    def data(self) -> Path:
        """The server's data directory; only root and the server's account can read it."""
        return self._started_place().data

    def url(self, *, role: str, database: str) -> str:
        """Return a libpq URL for the PostgreSQL role named `role`; it holds no secret."""
        self._started_place()
        who, what, where = (quote(part, safe="") for part in (role, database, str(self._socket)))
        return f"postgresql://{who}@/{what}?host={where}"

    def start(self) -> None:
        """Start the server and wait until it answers; raise EmbeddedServerError if it cannot."""
        if self._supervisor:
            raise EmbeddedServerError("Servern är redan startad. Stoppa den först.")
        place = claim_place(directory=self._directory)
        with _lock(place) as lock:
            if not self._durable and set(os.listdir(place.root)) != {"lock"}:
                raise EmbeddedServerError(
                    f"{place.root} är inte tom och skulle raderas efteråt. Ange en ny katalog."
                )
            supervisor.sweep(data=place.data)
            try:
                binaries = find_binaries(place=place)
                _initialise(place, binaries, lock)
                _configure(place, durable=self._durable)
                self._socket = claim_socket_directory(place=place)
                # A pid file that survived a crash may name a process that now is somebody else's, and
                # PostgreSQL would then refuse to start. Safe to remove: we hold the lock and no process works
                # in the directory.
                (place.data / "postmaster.pid").unlink(missing_ok=True)
                self._supervisor = _supervise(place, binaries, self._socket, lock, durable=self._durable)
            except BaseException:
                if not self._durable:
                    shutil.rmtree(place.root, ignore_errors=True)
                raise
        self._place, self._owner_process = place, os.getpid()
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and wait until it is gone; harmless if it never started or in a forked child."""
        process, self._supervisor = self._supervisor, None
        if process is None or self._owner_process != os.getpid():
            return
        process.terminate()
        process.communicate()

    def _started_place(self) -> Place:
        if self._place is None or self._socket is None:
            raise EmbeddedServerError("Servern är inte startad. Anropa start() först.")
        return self._place

    def _wait_until_it_answers(self) -> None:
        process, deadline = self._supervisor, time.monotonic() + SECONDS_TO_START
        while process and process.poll() is None:
            if time.monotonic() > deadline:
                process.terminate()
                process.wait()
            try:
                psycopg.connect(self.admin_url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        said = process.stdout.read().decode(errors="replace") if process and process.stdout else ""
        raise EmbeddedServerError(
            f"PostgreSQL startade inte. Rätta felet, eller sätt DATABASE_URL till en egen server.\n{said}"
        )


def erase(*, directory: Path) -> None:
    """Remove the files of the server of `directory`; refuse while it runs."""
    place = claim_place(directory=directory)
    with _lock(place):
        supervisor.sweep(data=place.data)
        shutil.rmtree(place.root)


@contextlib.contextmanager
def _lock(place: Place) -> Iterator[int]:
    """Hold the directory's lock; its supervisor inherits it and holds it until the server is gone."""
    descriptor = os.open(place.root / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        deadline = time.monotonic() + SECONDS_FOR_A_PREDECESSOR
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                # A predecessor whose owner was killed a moment ago needs a moment to stop.
                if time.monotonic() > deadline:
                    raise EmbeddedServerError(
                        "En annan process kör redan den här katalogens server. Avsluta den först."
                    ) from None
                time.sleep(0.05)
        yield descriptor
    finally:
        os.close(descriptor)


def _initialise(place: Place, binaries: Path, lock: int) -> None:
    """Create the data directory once; a half-made one is never taken for a whole."""
    if not (place.data / "PG_VERSION").exists():
        _run_initdb(place, binaries, lock)
    elif (place.data / "PG_VERSION").read_text().strip() != "18":
        raise EmbeddedServerError(
            f"{place.root} hör till en annan version av PostgreSQL. Ta bort den med make demo-reset."
        )
    if place.account and place.data.stat().st_uid != place.account.uid:
        for path in (place.data, *place.data.rglob("*")):
            os.chown(path, place.account.uid, place.account.gid, follow_symlinks=False)


def _run_initdb(place: Place, binaries: Path, lock: int) -> None:
    fresh = place.root / "data.partial"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    account = place.account
    if account:
        os.chown(fresh, account.initdb_uid, account.gid)
    # A built-in locale sorts and folds the same on every machine, whatever its C library.
    result = subprocess.run(  # noqa: S603
        [
            binaries / "initdb", "-D", fresh, "-U", ADMIN, "--auth=peer", "--encoding=UTF8", "--no-locale",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", "--no-sync",
        ],
        user=account.initdb_uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        umask=0o077,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        pass_fds=[lock],
        check=False,
    )  # fmt: skip
    if result.returncode:
        raise EmbeddedServerError(f"initdb misslyckades i {place.root}:\n{result.stderr.strip()}")
    fresh.rename(place.data)


def _configure(place: Place, *, durable: bool) -> None:
    """Write the configuration afresh, so that nothing edited by hand or by another version lingers."""
    settings = _SETTINGS | (_DURABLE if durable else _FAST)
    starter = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
    files = {
        "postgresql.conf": "".join(f"{name} = {value}\n" for name, value in settings.items()),
        "postgresql.auto.conf": "",
        "pg_hba.conf": "local all all peer map=starter\n",
        "pg_ident.conf": f'starter "{starter}" all\n',
    }
    for name, content in files.items():
        path = place.data / name
        path.unlink(missing_ok=True)
        path.write_text(content, encoding="utf-8")
        path.chmod(0o600)
        if place.account:
            os.chown(path, place.account.uid, place.account.gid)


def _supervise(
    place: Place, binaries: Path, socket: Path, lock: int, *, durable: bool
) -> subprocess.Popen[bytes]:
    plan = supervisor.Plan(
        parent=os.getpid(),
        postgres=str(binaries / "postgres"),
        data=str(place.data),
        log=str(place.log),
        socket=str(socket),
        uid=place.account.uid if place.account else None,
        gid=place.account.gid if place.account else None,
        remove=None if durable else str(place.root),
    )
    # A session of its own keeps Ctrl-C in the terminal from reaching the server before the application has
    # let go.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", supervisor.__file__, plan.to_json()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd="/",
        pass_fds=[lock],
    )
