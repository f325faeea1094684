"""The files that hold the sequencer's and the witness's private keys, read by those two processes and nobody else.

A file that others may read, or that lies behind a link, is refused. The web application has no setting that names it.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from audit.note import BadKey, KeyKind, SigningKey, VerifyKey


class KeyFileRefused(Exception):
    """The key file cannot be used; the text says what to do."""


def create(*, path: Path, name: str, kind: KeyKind) -> VerifyKey:
    """Make a new key in a new file that only its owner reads, and return the public half."""
    try:
        key = SigningKey(name=name, kind=kind, seed=secrets.token_bytes(32))
    except BadKey:
        raise KeyFileRefused("Namnet får inte ha blanksteg eller plustecken.") from None
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        raise KeyFileRefused(f"{path} finns redan. En nyckel skrivs aldrig över.") from None
    except OSError as error:
        raise KeyFileRefused(f"{path} kan inte skapas ({error.strerror}).") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key.written() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key.verifier


def read(*, path: Path, kind: KeyKind) -> SigningKey:
    """Read a private key; raises `KeyFileRefused`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise KeyFileRefused(f"{path} går inte att läsa ({error.strerror}).") from None
    with os.fdopen(descriptor, encoding="utf-8") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o377:
            raise KeyFileRefused(f"{path} får bara läsas av den som kör processen: chmod 400 {path}")
        text = file.read(1000)
    try:
        key = SigningKey.parse(text)
    except (BadKey, ValueError):
        raise KeyFileRefused(f"{path} innehåller ingen nyckel av rätt slag.") from None
    if key.verifier.kind is not kind:
        raise KeyFileRefused(f"{path} hör till {'ett vittne' if kind is KeyKind.LOG else 'en logg'}.")
    return key
