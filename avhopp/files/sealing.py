"""Seals a file while it comes, and opens one while it goes: its plaintext is never whole anywhere, and never on a disk.

The ciphertext waits in a temporary file without a name, so that a process which dies leaves nothing behind. The file
is bound to its scope and its own id: moved to another case, or in another's place, it does not open.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import IO, NoReturn
from uuid import UUID, uuid4

from avhopp.crypto import stream
from avhopp.crypto.envelope import HEADER_BYTES, CannotOpen
from avhopp.crypto.seal import DataKey
from avhopp.files.kinds import Kind, Sniffer
from avhopp.sealed import scope as scopes

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024


class Reason(StrEnum):
    """Why a file may not come in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    MACROS = "macros"


class NotWelcome(Exception):
    """The file may not come in; `reason` says what is wrong with it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Damaged(Exception):
    """The file is not as it was sealed, or not where; restore it from a backup."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that has come whole: `file` is the id it is bound to, `size` its length as it came, `digest` that of the
    ciphertext (SHA-256, 32 bytes), `ciphertext` where that lies until it is stored."""

    file: UUID
    scope: UUID
    kind: Kind
    size: int
    digest: bytes
    ciphertext: IO[bytes]
    key: DataKey = field(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """Open it again, piece by piece, for whoever must see what came."""
        self.ciphertext.seek(0)
        return stream.open_chunks(self.key, read(self.ciphertext), scope=self.scope, file=self.file)


class Sealing:
    """A file on its way in, at most `limit` bytes of it, sealed under the key of `scope`, which the gate has admitted.

    Raises `NotWelcome` as soon as it is known that the file may not come in, and keeps nothing of it then.
    """

    def __init__(self, *, scope: UUID, limit: int) -> None:
        self._file = uuid4()
        self._scope = scope
        self._limit = limit
        self._size = 0
        self._key = scopes.current().sealing_key(scope)
        self._sealer = stream.Sealer(self._key, scope=scope, file=self._file)
        self._sniffer = Sniffer()
        self._digest = hashlib.sha256()
        self._kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives until it is stored
        self._keep(self._sealer.header)

    def add(self, piece: bytes) -> None:
        """Seal the next piece."""
        self._size += len(piece)
        if self._size > self._limit:
            self._refuse(Reason.TOO_LARGE)
        self._sniffer.see(piece)
        self._keep(self._sealer.add(piece))

    def end(self) -> Sealed:
        """Say that the file is whole."""
        if self._size == 0:
            self._refuse(Reason.EMPTY)
        if self._sniffer.has_macros:
            self._refuse(Reason.MACROS)
        kind = self._sniffer.kind()
        if kind is None:
            self._refuse(Reason.KIND)
        self._keep(self._sealer.end())
        return Sealed(self._file, self._scope, kind, self._size, self._digest.digest(), self._kept, self._key)

    def drop(self) -> None:
        """Throw away what has come."""
        self._kept.close()

    def _keep(self, sealed: bytes) -> None:
        self._digest.update(sealed)
        self._kept.write(sealed)

    def _refuse(self, reason: Reason) -> NoReturn:
        self.drop()
        raise NotWelcome(reason)


def seal(pieces: Iterable[bytes], *, scope: UUID, limit: int) -> Sealed:
    """Seal a file that is there already."""
    sealing = Sealing(scope=scope, limit=limit)
    for piece in pieces:
        sealing.add(piece)
    return sealing.end()


def opened(ciphertext: IO[bytes], *, scope: UUID, file: UUID) -> Iterator[bytes]:
    """Open a stored file piece by piece, with the key fetched now and kept until the end.

    Raises `Denied` without leave, and `Damaged` when it was not sealed for this scope and id. A file that is damaged
    further on ends the iteration with `CannotOpen`.
    """
    try:
        ciphertext.seek(0)
        key_id = stream.file_key_id(ciphertext.read(HEADER_BYTES))
        key = scopes.current().opening_key(scope, key_id.bytes)
        ciphertext.seek(0)
        pieces = stream.open_chunks(key, read(ciphertext), scope=scope, file=file)
        return chain([next(pieces)], pieces)
    except CannotOpen:
        raise Damaged from None


def read(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file in pieces of one size, however long it is."""
    while piece := file.read(PIECE):
        yield piece
