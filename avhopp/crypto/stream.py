"""Sealing of files piece by piece, with as little memory for a film as for a letter.

    E1 | alg (2) | key_id (16) | salt (24) | commitment (32) | chunks of 16 KiB, each with its tag

After the header this is c2sp.org/chunked-encryption with SHA-512 and AES-256-GCM (Cobblestone-256). It
commits to its key, and the context binds header, scope and file, so a file cannot be moved, cut off,
prolonged or rearranged. Every piece given out is authentic, but only the normal end of the iteration says
that the file is whole: discard what came if CannotOpen comes later. The length of a file is visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag

from .encoding import length_prefixed
from .envelope import HEADER_BYTES, KEY_ID_AT, MAGIC, CannotOpen
from .seal import DataKey

COBBLESTONE_256 = 0x02

_START = bytes((MAGIC, COBBLESTONE_256))
_PIECE = 64 * 1024


class Sealer:
    """Seals one file that comes piece by piece: write `header`, what `add` gives and what `end` gives, in that order.

    What was written without `end` never opens as a whole file.
    """

    __slots__ = ("_encryptor", "header")

    def __init__(self, data_key: DataKey, *, scope: UUID, file: UUID) -> None:
        self.header = _START + data_key.key_id.bytes
        self._encryptor = data_key.file_encryptor(_context(self.header, scope=scope, file=file))

    def add(self, piece: bytes | memoryview) -> bytes:
        """Seal the next piece; what it gives may be empty until enough has come."""
        return self._encryptor.update(piece)

    def end(self) -> bytes:
        """Seal what is left. Nothing can be added after it."""
        return self._encryptor.finalize()


def seal_chunks(data_key: DataKey, chunks: Iterable[bytes], *, scope: UUID, file: UUID) -> Iterator[bytes]:
    """Seal a file given in pieces of any size. Keep the result only if the iteration ended normally."""
    sealer = Sealer(data_key, scope=scope, file=file)
    yield sealer.header
    for piece in _pieces(chunks):
        sealed = sealer.add(piece)
        if sealed:
            yield sealed
    yield sealer.end()


def open_chunks(data_key: DataKey, chunks: Iterable[bytes], *, scope: UUID, file: UUID) -> Iterator[bytes]:
    """Open a sealed file given in pieces of any size; CannotOpen at the first that is not as sealed."""
    head = _START + data_key.key_id.bytes
    pieces = _after_header(_pieces(chunks), head)
    decryptor = data_key.file_decryptor(_context(head, scope=scope, file=file))
    try:
        for piece in pieces:
            opened = decryptor.update(piece)
            if opened:
                yield opened
        last = decryptor.finalize()
    except InvalidTag:
        raise CannotOpen() from None
    if last:
        yield last


def file_key_id(start: bytes) -> UUID:
    """Read from its first 18 bytes which data key a sealed file asks for; trust it once the file opens."""
    if len(start) < HEADER_BYTES or start[:KEY_ID_AT] != _START:
        raise CannotOpen()
    return UUID(bytes=start[KEY_ID_AT:HEADER_BYTES])


def _context(head: bytes, *, scope: UUID, file: UUID) -> bytes:
    # The parts after the first have fixed widths.
    return length_prefixed("cms.file.v1") + head + scope.bytes + file.bytes


def _pieces(chunks: Iterable[bytes]) -> Iterator[memoryview]:
    for chunk in chunks:
        view = memoryview(chunk)
        for start in range(0, len(view), _PIECE):
            yield view[start : start + _PIECE]


def _after_header(pieces: Iterator[memoryview], head: bytes) -> Iterator[memoryview]:
    start = b""
    for piece in pieces:
        taken = HEADER_BYTES - len(start)
        start += piece[:taken]
        if len(start) == HEADER_BYTES:
            if start != head:
                raise CannotOpen()
            yield piece[taken:]
            yield from pieces
            return
    # Shorter than its header: nothing is passed on, and the decryptor refuses the empty rest.
