"""The ceremony of a recovery key: shared out among people on paper, and put together again when all else is lost.

On a machine without a network, from a copy of the program: `make` invents the key, shows each share once and keeps
none; `open` asks for shares and writes what a kit holds. So many shares as were agreed open a kit together, and fewer
say nothing of the key (Shamir's scheme over GF(2^128), by PyCryptodome). Needs the extra `ceremony`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from getpass import getpass
from pathlib import Path

from Crypto.Protocol.SecretSharing import Shamir
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from .recovery import INFO, KEY_BYTES, PUBLIC, SUITE, RecoveryRefused, epochs_of, read_public

MOST_SHARES = 16
# The library shares out sixteen bytes at a time; the key has two such halves, and a share holds one point of each.
_HALF = 16
_CHECK = 4
_GROUP = 4
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def make(*, shares: int, needed: int) -> tuple[str, list[str]]:
    """Make a recovery key: its public half as text, and the shares, each a line to be written on paper."""
    if not 2 <= needed <= shares <= MOST_SHARES:
        raise RecoveryRefused(
            f"{needed} of {shares} shares will not do: at least 2 are needed, and {MOST_SHARES} is most."
        )
    private = X25519PrivateKey.generate()
    raw, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    halves = [Shamir.split(needed, shares, part) for part in (raw[:_HALF], raw[_HALF:])]
    points = zip(*halves, strict=True)
    lines = [_written(index, first + second, public) for (index, first), (_, second) in points]
    return f"{PUBLIC} {needed} {b64encode(public).decode()}", lines


def unseal(kit: bytes, *, public: str, shares: Iterable[str]) -> dict[str, bytes]:
    """Open a kit with enough shares; gives each file by its name."""
    needed, key = read_public(public)
    points = dict(_read(share, key) for share in shares)
    if len(points) < needed:
        raise RecoveryRefused(f"{needed} different shares are needed, and {len(points)} were given.")
    halves = ([(index, point[part : part + _HALF]) for index, point in points.items()] for part in (0, _HALF))
    raw = b"".join(Shamir.combine(list(half)[:needed]) for half in halves)
    private = X25519PrivateKey.from_private_bytes(raw)
    if private.public_key().public_bytes_raw() != key:
        raise RecoveryRefused(
            "The shares do not make the recovery key. Check that all are from the same ceremony."
        )
    try:
        content = json.loads(SUITE.decrypt(kit, private, info=INFO))
    except (InvalidTag, ValueError):
        raise RecoveryRefused(
            "The kit does not open: it was made with another recovery key, or is not whole. Take another copy."
        ) from None
    return {name: b64decode(text) for name, text in content.items()}


def restore(files: Mapping[str, bytes], root_key: Path) -> int:
    """Write the files of a kit where a server looks for them; gives how many epochs there were."""
    folder = epochs_of(root_key)
    if root_key.exists() or folder.exists():
        raise RecoveryRefused(f"{root_key} is there already and is left as it is. Choose another path.")
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        path = root_key if name == "root" else folder / Path(name).name
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return len(files) - 1


def _written(index: int, point: bytes, public: bytes) -> str:
    text = (bytes([index]) + point + _check(index, point, public)).hex()
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _read(share: str, public: bytes) -> tuple[int, bytes]:
    try:
        raw = bytes.fromhex("".join(share.split()))
    except ValueError:
        raw = b""
    index, point, check = raw[:1], raw[1 : 1 + KEY_BYTES], raw[1 + KEY_BYTES :]
    if len(raw) != 1 + KEY_BYTES + _CHECK or check != _check(index[0], point, public):
        raise RecoveryRefused(
            "A share is mistyped, or from another ceremony. Read it from the paper once more."
        )
    return index[0], point


def _check(index: int, point: bytes, public: bytes) -> bytes:
    """Tell a mistyped share, and one of another ceremony, from a right one; it is far too short to tell the key."""
    return hashlib.sha256(INFO + public + bytes([index]) + point).digest()[:_CHECK]


def main(
    arguments: list[str], *, ask: Callable[[str], str] = input, ask_hidden: Callable[[str], str] = getpass
) -> int:
    """Hold the ceremony, or open a kit."""
    parser = argparse.ArgumentParser(prog="python -m avhopp.crypto.ceremony", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    making = steps.add_parser("make", help="make a recovery key and show its shares, one at a time")
    making.add_argument("public", type=Path, help="where its public half is written")
    making.add_argument("--shares", type=int, required=True, help="how many people get one")
    making.add_argument("--needed", type=int, required=True, help="how many of them open a kit together")
    opening = steps.add_parser("open", help="open a kit with shares")
    opening.add_argument("public", type=Path)
    opening.add_argument("kit", type=Path)
    opening.add_argument("root_key", type=Path, help="where the root key file is written")
    given = parser.parse_args(arguments)
    try:
        return _make(given, ask) if given.step == "make" else _open(given, ask_hidden)
    except (OSError, RecoveryRefused) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _make(given: argparse.Namespace, ask: Callable[[str], str]) -> int:
    if given.public.exists():
        raise RecoveryRefused(f"{given.public} is there already. Name another file, or put it away first.")
    public, shares = make(shares=given.shares, needed=given.needed)
    for number, share in enumerate(shares, 1):
        ask(f"Share {number} of {len(shares)}: only its holder looks at the screen. Press Enter to see it. ")
        ask(f"\n{share}\n\nWrite it on paper, read it back, and press Enter: it is not shown again. ")
        sys.stdout.write(_CLEAR)
    given.public.write_text(f"{public}\n", encoding="ascii")
    sys.stdout.write(f"{given.public} is the public half; take it to the server. The private half is gone.\n")
    return 0


def _open(given: argparse.Namespace, ask_hidden: Callable[[str], str]) -> int:
    public = given.public.read_text(encoding="ascii")
    needed, _ = read_public(public)
    files = unseal(given.kit.read_bytes(), public=public, shares=_asked(needed, ask_hidden))
    number = restore(files, given.root_key)
    sys.stdout.write(f"{given.root_key} is restored, with {number} epochs. Make a new recovery key now.\n")
    return 0


def _asked(needed: int, ask_hidden: Callable[[str], str]) -> Iterator[str]:
    for number in range(1, needed + 1):
        yield ask_hidden(f"Share {number} of {needed} (not shown while it is typed): ")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
