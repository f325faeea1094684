"""The root key in a file: for trying the system out. Whoever copies the file and the database has everything.

Production keeps the root in a hardware module or a key service. The file is refused unless it belongs to
the user who runs the process and nobody else may read it, because a key that others can read is not a key.
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

from ..keys import epoch_context, index_root_context, open_key, seal_key
from ..secret import KEY_BYTES, SecretHolder, require_key

_FIRST_LINE = b"avhopp-root-key v1"
_LONGEST_FILE = 200
_MODES = (0o400, 0o600)


class RootKeyRefused(Exception):
    """The key file cannot be used; the message says what to do about it and never shows the key."""


class FileRootKey(SecretHolder):
    """A root key read once from a file. Implements RootKeyProvider."""

    __slots__ = ("_cipher",)

    def __init__(self, path: Path) -> None:
        self._cipher = AESGCM(_read(path))

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key."""
        return seal_key(self._cipher, raw, context=epoch_context(org=org, epoch=epoch))

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        return open_key(self._cipher, wrapped, context=epoch_context(org=org, epoch=epoch))

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        return seal_key(self._cipher, raw, context=index_root_context(org=org, version=version))

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        return open_key(self._cipher, wrapped, context=index_root_context(org=org, version=version))


def create_key_file(path: Path) -> None:
    """Write a new random key to a file that did not exist, readable by its owner alone; wait for the disk."""
    content = _FIRST_LINE + b"\n" + base64.b64encode(urandom(KEY_BYTES)) + b"\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    except FileExistsError:
        raise RootKeyRefused(
            f"{path} exists already and is left as it is: without its root key all data is unreadable. "
            "Choose another path, or move the file to safe keeping first."
        ) from None
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


def _read(path: Path) -> bytes:
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
        return _decode(path, os.read(handle, _LONGEST_FILE))
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


def _decode(path: Path, content: bytes) -> bytes:
    broken = RootKeyRefused(
        f"{path} is not a whole root key file: expected the line '{_FIRST_LINE.decode()}' and one line with "
        f"{KEY_BYTES} random bytes in base64. Restore it from its safe copy."
    )
    lines = content.splitlines()
    if len(lines) != 2 or lines[0] != _FIRST_LINE:
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
