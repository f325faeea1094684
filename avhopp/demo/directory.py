"""The demo's own folder: what `config.settings_demo` needs before Django is there, so it knows nothing of Django.

Secrets are made at the first start, in files that only their owner reads, and belong to this demo alone. Nothing
here may ever read the environment's secrets or an installation's.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from audit import keyfile
from audit.note import KeyKind
from avhopp.crypto.providers.file import create_key_file

LOG_NAME = "exempelkoping.example/avhopp-logg"
WITNESS_NAME = "exempelkoping.example/vittne"


class DemoIsRunning(Exception):
    """Another process runs the demo of this folder; end that one first."""


@dataclass(frozen=True, slots=True)
class DemoDirectory:
    """Where the demo keeps what it makes."""

    path: Path

    @property
    def secrets(self) -> Path:
        return self.path / "secrets.json"

    @property
    def root_key(self) -> Path:
        return self.path / "root.key"

    @property
    def log_key(self) -> Path:
        """The sequencer's private key."""
        return self.path / "log.key"

    @property
    def witness_key(self) -> Path:
        """The private key of the witness that runs beside, and is therefore not independent."""
        return self.path / "witness.key"

    @property
    def witness_state(self) -> Path:
        return self.path / "witness.json"

    @property
    def public_keys(self) -> Path:
        """The public halves, which are all that the web server and the worker read."""
        return self.path / "public_keys.json"

    @property
    def addresses(self) -> Path:
        return self.path / "addresses.json"

    @property
    def built(self) -> Path:
        return self.path / "built"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def broker(self) -> Path:
        return self.path / "broker"

    @property
    def mail(self) -> Path:
        return self.path / "mail"

    @property
    def documents(self) -> Path:
        return self.path / "documents"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def static(self) -> Path:
        return self.path / "static"


def prepare(demo: DemoDirectory) -> dict[str, str]:
    """Make the folders and the secrets that are not there yet; return the secrets by name."""
    for folder in (demo.path, demo.broker, demo.mail, demo.documents, demo.log, demo.static):
        folder.mkdir(mode=0o700, parents=folder == demo.path, exist_ok=True)
        folder.chmod(0o700)
    if not demo.secrets.exists():
        made = {"secret_key": secrets.token_urlsafe(64), "organisation": str(uuid4())}
        _write_once(demo.secrets, json.dumps(made))
    if not demo.root_key.exists():
        create_key_file(demo.root_key)
    if not demo.public_keys.exists():
        public = {
            "LOG_PUBLIC_KEY": _new_key(demo.log_key, LOG_NAME, KeyKind.LOG),
            "WITNESS_PUBLIC_KEY": _new_key(demo.witness_key, WITNESS_NAME, KeyKind.COSIGNER),
        }
        _write_once(demo.public_keys, json.dumps(public))
    found: dict[str, str] = json.loads(demo.secrets.read_text(encoding="utf-8"))
    return found


def public_keys(demo: DemoDirectory) -> dict[str, str]:
    """The public halves of the log's and the witness's keys, by the names that the settings give them."""
    found: dict[str, str] = json.loads(demo.public_keys.read_text(encoding="utf-8"))
    return found


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner can read it."""
    partial = _partial(path, text)
    partial.replace(path)


@contextmanager
def running(demo: DemoDirectory) -> Iterator[None]:
    """Hold the folder while its demo runs; raise `DemoIsRunning` when somebody else does."""
    descriptor = os.open(demo.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise DemoIsRunning from None
    try:
        yield
    finally:
        os.close(descriptor)


def _new_key(path: Path, name: str, kind: KeyKind) -> str:
    with suppress(keyfile.KeyFileRefused):
        return str(keyfile.create(path=path, name=name, kind=kind))
    # Another first start at this moment has made it.
    return str(keyfile.read(path=path, kind=kind).verifier)


def _write_once(path: Path, text: str) -> None:
    partial = _partial(path, text)
    try:
        # A link fails where a rename would replace: two first starts at once end up with the same secrets.
        path.hardlink_to(partial)
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def _partial(path: Path, text: str) -> Path:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)
