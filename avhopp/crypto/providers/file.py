"""The root key in a file: for trying the system out. Whoever copies the file and the database has everything.

Production keeps the root in a hardware module or a key service. A file is refused unless it belongs to the user
who runs the process and nobody else may read it, because a key that others can read is not a key. Each epoch has
a file of its own in the folder `<root key>.epochs`; an epoch's keys need it as well as the root, and are gone with
it. Never put that folder into a backup: it would bring back what was destroyed.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from os import urandom
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..algorithms import subkey
from ..encoding import length_prefixed
from ..keys import epoch_context, index_root_context, open_key, seal_key
from ..secret import KEY_BYTES, SecretHolder, require_key
from . import EpochRootGone, RootKeyRefused

_ROOT = b"avhopp-root-key v1"
_EPOCH = b"avhopp-epoch-root v1"
_LONGEST_FILE = 200
_MODES = (0o400, 0o600)


class FileRootKey(SecretHolder):
    """A root key read once from a file, and beside it a folder with one more for each epoch."""

    __slots__ = ("_epochs", "_raw")

    def __init__(self, path: Path) -> None:
        self._raw = _read(path, _ROOT)
        self._epochs = path.with_name(f"{path.name}.epochs")

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key under the epoch's own root key, which is made if it is not there."""
        path = self._path(org, epoch)
        if not path.exists():
            _create_epoch(path)
        return seal_key(self._epoch(org, epoch), raw, context=epoch_context(org=org, epoch=epoch))

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        return open_key(self._epoch(org, epoch), wrapped, context=epoch_context(org=org, epoch=epoch))

    def destroy_epoch(self, *, org: UUID, epoch: int) -> None:
        """Overwrite and remove the epoch's file; nothing happens if it is not there."""
        path = self._path(org, epoch)
        if path.exists():
            _erase(path)

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        return seal_key(AESGCM(self._raw), raw, context=index_root_context(org=org, version=version))

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        return open_key(AESGCM(self._raw), wrapped, context=index_root_context(org=org, version=version))

    def _path(self, org: UUID, epoch: int) -> Path:
        return self._epochs / f"{org}-{epoch}"

    def _epoch(self, org: UUID, epoch: int) -> AESGCM:
        path = self._path(org, epoch)
        if not path.exists():
            raise EpochRootGone
        # Safe because the root is a uniformly random key and the epoch's secret a label that nobody else has: without
        # either of the two the derived key is unknown.
        return AESGCM(subkey(self._raw, length_prefixed("cms.epoch-root.v1", _read(path, _EPOCH))))


def create_key_file(path: Path) -> None:
    """Write a new random key to a file that did not exist, readable by its owner alone; wait for the disk."""
    try:
        _create(path, _ROOT)
    except FileExistsError:
        raise RootKeyRefused(
            f"{path} exists already and is left as it is: without its root key all data is unreadable. "
            "Choose another path, or move the file to safe keeping first."
        ) from None


def _create_epoch(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise RootKeyRefused(
            f"{path.parent} cannot be created ({error.strerror}); every month's key is kept there. "
            "Create it with mode 0700 for the program's user."
        ) from None
    partial = path.with_name(f".{path.name}.{urandom(8).hex()}")
    _create(partial, _EPOCH)
    try:
        # A link fails where a rename would replace: two processes at once end up with the same key.
        path.hardlink_to(partial)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    _sync_folder(path.parent)


def _create(path: Path, first_line: bytes) -> None:
    content = first_line + b"\n" + base64.b64encode(urandom(KEY_BYTES)) + b"\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    except FileExistsError:
        raise
    except OSError as error:
        raise RootKeyRefused(
            f"{path} cannot be created ({error.strerror}); choose a folder you may write in."
        ) from None
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), 0o400)  # whatever the umask took away
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _erase(path: Path) -> None:
    """Overwrite before removing. On some disks the old bytes survive that, which is one reason for a real module."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(urandom(_LONGEST_FILE))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync_folder(path.parent)


def _read(path: Path, first_line: bytes) -> bytes:
    try:
        # Non-blocking, so that a named pipe in the key's place is refused below instead of hanging the start.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise RootKeyRefused(
            f"There is no root key at {path}. Point to the right file, or create one for a new installation; "
            "data sealed under a lost key cannot be read again."
        ) from None
    except OSError as error:
        raise RootKeyRefused(
            f"The root key at {path} cannot be read ({error.strerror}); "
            "let the user who runs the program own it."
        ) from None
    try:
        _require_private(path, os.fstat(handle))
        return _decode(path, os.read(handle, _LONGEST_FILE), first_line)
    finally:
        os.close(handle)


def _require_private(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RootKeyRefused(f"{path} is not an ordinary file; point to the key file itself.")
    if status.st_uid != os.geteuid():
        raise RootKeyRefused(f"{path} belongs to another user; run chown so that the program's user owns it.")
    mode = stat.S_IMODE(status.st_mode)
    if mode not in _MODES:
        raise RootKeyRefused(
            f"{path} has mode {mode:04o}, so others may have read the key. Run chmod 0400 on it, "
            "and if the machine has other users, replace the key."
        )


def _decode(path: Path, content: bytes, first_line: bytes) -> bytes:
    broken = RootKeyRefused(
        f"{path} is not a whole root key file: expected the line '{first_line.decode()}' and one line with "
        f"{KEY_BYTES} random bytes in base64. Restore it from its safe copy."
    )
    lines = content.splitlines()
    if len(lines) != 2 or lines[0] != first_line:
        raise broken
    try:
        raw = base64.b64decode(lines[1], validate=True)
        require_key(raw)
    except (binascii.Error, ValueError):
        raise broken from None
    return raw


def _sync_folder(folder: Path) -> None:
    # Safe against a power cut: without it the name may be gone after the key is already in use.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
