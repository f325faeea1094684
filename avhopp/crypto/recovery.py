"""A kit from which the root key file comes back when its machine is lost, and that nobody can open alone.

The server seals its root key file and the epochs' files to the public half of a recovery key, as often as one likes,
asking nobody (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). The private half exists nowhere: `ceremony` has shared
it out among people. A kit is as old as it is: it holds no epoch that was destroyed before it was made, and would bring
back one that was destroyed after. `docs/key-ceremony.md` has the ceremony.
"""

from __future__ import annotations

import json
import os
import sys
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
INFO = b"avhopp-recovery-kit v1"
PUBLIC = "avhopp-recovery v1"
KEY_BYTES = 32


class RecoveryRefused(Exception):
    """The shares, the kit or the number of people will not do; the message says which and what to do."""


def seal(public: str, root_key: Path) -> bytes:
    """Seal a root key file and its epochs' files into a kit that the recovery key opens."""
    _, key = read_public(public)
    folder = epochs_of(root_key)
    found = folder.iterdir() if folder.exists() else ()
    epochs = sorted(path for path in found if not path.name.startswith("."))
    files = {"root": root_key, **{f"epochs/{path.name}": path for path in epochs}}
    content = {name: b64encode(path.read_bytes()).decode() for name, path in files.items()}
    return SUITE.encrypt(json.dumps(content).encode(), X25519PublicKey.from_public_bytes(key), info=INFO)


def read_public(text: str) -> tuple[int, bytes]:
    """Read the public half: how many shares are needed, and the key's bytes."""
    try:
        name, version, needed, key = text.split()
        if f"{name} {version}" == PUBLIC and len(b64decode(key, validate=True)) == KEY_BYTES:
            return int(needed), b64decode(key)
    except ValueError:
        pass
    raise RecoveryRefused(
        "This is not the public half of a recovery key: one line that begins with 'avhopp-recovery'."
    )


def epochs_of(root_key: Path) -> Path:
    """The folder with the epochs of a root key file (`providers.file`)."""
    return root_key.with_name(f"{root_key.name}.epochs")


def main(arguments: list[str]) -> int:
    """`python -m avhopp.crypto.recovery PUBLIC ROOT_KEY KIT`: make a kit, in the place of an older one."""
    if len(arguments) != 3:
        sys.stderr.write(f"{main.__doc__}\n")
        return 2
    public, root_key, kit = map(Path, arguments)
    partial = kit.with_name(f".{kit.name}.{os.getpid()}")
    try:
        partial.write_bytes(seal(public.read_text(encoding="ascii"), root_key))
        partial.replace(kit)
    except (OSError, UnicodeDecodeError, RecoveryRefused) as error:
        sys.stderr.write(f"No kit was made, and an older one is as it was: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
