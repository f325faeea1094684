"""Where the ciphertext of files lies: a folder or an S3-compatible store, behind Django's Storage (`STORAGES`).

A file is stored under its random id and under nothing else; no name, type or case can be read from the store. Files are
put and removed, never changed. Whatever goes wrong with the store is `StoreUnavailable`, whichever store it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from avhopp.files.sealing import Damaged, Sealed, read

ALIAS = "documents"
T = TypeVar("T")


class StoreUnavailable(Exception):
    """The store does not answer, or does not hold the file; try again later, and tell operations."""


class Folder(FileSystemStorage):
    """A folder on a disk that keeps what it has said that it keeps, also when the power goes."""

    def _save(self, name: str, content: File[bytes]) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        for place in (path, path.parent, path.parent.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return saved


def put(sealed: Sealed) -> None:
    """Store a sealed file under its id. It is there for good when this returns, and waits nowhere any longer."""
    sealed.ciphertext.seek(0)
    wanted = _path(sealed.file)
    saved = _ask(lambda store: store.save(wanted, File(sealed.ciphertext, name=wanted)))
    if saved != wanted:
        # An id is random and used once, so the store has lost or doubled something.
        raise StoreUnavailable
    sealed.ciphertext.close()


def take(file: UUID, *, digest: bytes) -> IO[bytes]:
    """Take a file out, after all of it has been compared with its digest; the caller closes it.

    Raises `Damaged` when it differs.
    """
    held = cast(IO[bytes], _ask(lambda store: store.open(_path(file), "rb")))
    try:
        if _ask(lambda store: _digest(held)) != digest:
            raise Damaged
    except Exception:
        held.close()
        raise
    return held


def copy(file: UUID, to: IO[bytes]) -> str:
    """Copy a file's ciphertext as it lies in the store; gives its SHA-256."""
    found = hashlib.sha256()
    with cast(IO[bytes], _ask(lambda store: store.open(_path(file), "rb"))) as held:
        for piece in read(held):
            found.update(piece)
            to.write(piece)
    return found.hexdigest()


def holds(file: UUID) -> bool:
    """Tell whether a file is there."""
    return bool(_ask(lambda store: store.exists(_path(file))))


def remove(file: UUID) -> None:
    """Remove a file for good."""
    _ask(lambda store: store.delete(_path(file)))


def stored_before(moment: datetime) -> Iterator[UUID]:
    """Name the files that have lain in the store since before `moment`."""
    for folder in _ask(lambda store: store.listdir(""))[0]:
        for name in _ask(lambda store, folder=folder: store.listdir(folder))[1]:
            path = f"{folder}/{name}"
            if _is_id(name) and _ask(lambda store, path=path: store.get_modified_time(path)) < moment:
                yield UUID(name)


def _path(file: UUID) -> str:
    # A folder with a hundred thousand files is slow to list; two digits make 256 of them.
    return f"{file.hex[:2]}/{file.hex}"


def _digest(file: IO[bytes]) -> bytes:
    found = hashlib.sha256()
    for piece in read(file):
        found.update(piece)
    return found.digest()


def _is_id(name: str) -> bool:
    return len(name) == 32 and all(digit in "0123456789abcdef" for digit in name)


def _ask(question: Callable[..., T]) -> T:
    try:
        return question(storages[ALIAS])
    except Exception as error:
        # Every store has exceptions of its own (OSError, botocore's), and to us they all mean the same.
        raise StoreUnavailable from error
