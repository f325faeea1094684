"""The algorithms that seal single values and wrap keys, by the byte that names them in what they made.

There is one. The byte exists so that it can be replaced one day without a moment in which anything cannot be
read: a release that also opens the new one, then `keys reencrypt`, then a release without the old one
(docs/operations.md). Never reuse a byte, and never add one for a choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from .secret import KEY_BYTES

AES_256_GCM = 0x01


class Cipher(Protocol):
    """Authenticated encryption with a nonce of 12 bytes and a tag of 16."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


CIPHERS: dict[int, Callable[[bytes], Cipher]] = {AES_256_GCM: AESGCM}
SEALS_WITH = AES_256_GCM


def cipher(algorithm: int, key: bytes) -> Cipher:
    """Make the cipher of an algorithm that is known here; the key is of one use (`seal.subkey`)."""
    # The first one uses the key as it is. Any other derives its own from it, so that no two ever share a key;
    # safe because AES on the one side and HMAC-SHA-256 on the other say nothing of each other.
    own = key if algorithm == AES_256_GCM else subkey(key, bytes((algorithm,)))
    return CIPHERS[algorithm](own)


def subkey(raw: bytes, use: bytes) -> bytes:
    """Derive the key for one use (RFC 5869 §2.3; no extraction, since `raw` is uniformly random)."""
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=use).derive(raw)
