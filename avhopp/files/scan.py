"""Asks the antivirus daemon (clamd) about a file, where one is configured. The file is opened for it as it reads.

A daemon that is configured and does not answer lets nothing pass: whoever wants a file past it would only have to
silence it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import RawIOBase
from typing import BinaryIO, cast

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from avhopp.files.sealing import Sealed

SECONDS = 60


class Infected(Exception):
    """The file holds harmful code, as far as the antivirus knows; it must not be kept."""


class ScannerUnavailable(Exception):
    """The antivirus is configured and does not answer; try again later, and tell operations."""


def scan(sealed: Sealed) -> bool:
    """Tell whether the file was looked at; raises `Infected` when something was found in it."""
    if not settings.CLAMD:
        return False
    try:
        answers = _daemon(settings.CLAMD).instream(cast(BinaryIO, _Reader(sealed.pieces())))
    except (ClamdError, OSError) as error:
        raise ScannerUnavailable from error
    found = {state for state, _name in answers.values()}
    if "FOUND" in found:
        raise Infected
    if found != {"OK"}:
        raise ScannerUnavailable
    return True


def _daemon(address: str) -> ClamdNetworkSocket | ClamdUnixSocket:
    if address.startswith("/"):
        return ClamdUnixSocket(path=address, timeout=SECONDS)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host, port=int(port), timeout=SECONDS)


class _Reader(RawIOBase):
    """Reads what comes piece by piece, as a file is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = b""
        self._at = 0

    def read(self, size: int = 1024) -> bytes:
        if self._at >= len(self._piece):
            self._piece, self._at = next(self._pieces, b""), 0
        taken = self._piece[self._at : self._at + size]
        self._at += size
        return taken
