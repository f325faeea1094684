"""The keys above the data: the root wraps an organisation's epoch key, which wraps each scope's data key.

A wrapped key is bound to its place (organisation, scope, key id, epoch) and its use, so a row of the key table
that is moved or relabelled does not unwrap. AES key wrap (RFC 3394) is not used because it cannot bind. Nothing
here stores a key, and a destroyed key is never minted again: that is the caller's table to guard.
"""

from __future__ import annotations

from enum import Enum
from os import urandom
from uuid import UUID

from cryptography.exceptions import InvalidTag

from . import algorithms
from .algorithms import AES_256_GCM, Cipher
from .encoding import length_prefixed
from .envelope import NONCE_BYTES, TAG_BYTES, CannotOpen
from .providers import RootKeyProvider
from .secret import KEY_BYTES, SecretHolder, require_key

WRAPPED_BYTES = 2 + NONCE_BYTES + KEY_BYTES + TAG_BYTES
_WRAPPED = 0xD1
_BODY_AT = 2 + NONCE_BYTES


class Use(Enum):
    """What a wrapped key of a scope opens: its data, or only what the record says once its data key is retired."""

    DATA = "cms.dek.v1"
    RECORD = "cms.rek.v1"


class WrongEpochKey(ValueError):
    """The epoch key is another than the row of the key table says. Fetch the one that the row names."""

    def __init__(self) -> None:
        super().__init__("the epoch key does not belong to the organisation and epoch named")


class EpochKey(SecretHolder):
    """One organisation's key for one epoch. It refuses to wrap under any other name."""

    __slots__ = ("_ciphers", "_raw", "epoch", "org")

    def __init__(self, raw: bytes, *, org: UUID, epoch: int) -> None:
        require_key(raw)
        self.org = org
        self.epoch = epoch
        self._raw = raw
        self._ciphers: dict[int, Cipher] = {}

    def cipher(self, algorithm: int, *, org: UUID, epoch: int) -> Cipher:
        """Give the cipher of a known algorithm if this is the key of that organisation and epoch."""
        if (self.org, self.epoch) != (org, epoch):
            raise WrongEpochKey()
        if algorithm not in self._ciphers:
            self._ciphers[algorithm] = algorithms.cipher(algorithm, self._raw)
        return self._ciphers[algorithm]


def new_data_key() -> bytes:
    """Make the raw key of a scope. Wrap it, store it, and hand it to `DataKey`; keep it nowhere else."""
    return urandom(KEY_BYTES)


def new_epoch_key(root: RootKeyProvider, *, org: UUID, epoch: int) -> tuple[EpochKey, bytes]:
    """Make an epoch key; returns it ready for use, and wrapped by the root for the table."""
    raw = urandom(KEY_BYTES)
    return EpochKey(raw, org=org, epoch=epoch), root.wrap_epoch(raw, org=org, epoch=epoch)


def open_epoch_key(root: RootKeyProvider, wrapped: bytes, *, org: UUID, epoch: int) -> EpochKey:
    """Unwrap an epoch key with the root, or raise CannotOpen."""
    return EpochKey(root.unwrap_epoch(wrapped, org=org, epoch=epoch), org=org, epoch=epoch)


def wrap(
    kek: EpochKey, raw: bytes, *, org: UUID, scope: UUID, key_id: UUID, epoch: int, use: Use = Use.DATA
) -> bytes:
    """Wrap a scope's key for the key table; 62 bytes."""
    algorithm = algorithms.SEALS_WITH
    cipher = kek.cipher(algorithm, org=org, epoch=epoch)
    return seal_key(cipher, raw, context=_context(use, org, scope, key_id, epoch), algorithm=algorithm)


def unwrap(
    kek: EpochKey, wrapped: bytes, *, org: UUID, scope: UUID, key_id: UUID, epoch: int, use: Use = Use.DATA
) -> bytes:
    """Unwrap a scope's key, or raise CannotOpen."""
    if len(wrapped) != WRAPPED_BYTES or wrapped[1] not in algorithms.CIPHERS:
        raise CannotOpen()
    cipher = kek.cipher(wrapped[1], org=org, epoch=epoch)
    return open_key(cipher, wrapped, context=_context(use, org, scope, key_id, epoch), algorithm=wrapped[1])


def rewrap(
    old: EpochKey, new: EpochKey, wrapped: bytes, *, scope: UUID, key_id: UUID, use: Use = Use.DATA
) -> bytes:
    """Move a wrapped key to a new epoch of the same organisation; the data it seals stays as it is."""
    if old.org != new.org:
        raise WrongEpochKey()
    raw = unwrap(old, wrapped, org=old.org, scope=scope, key_id=key_id, epoch=old.epoch, use=use)
    return wrap(new, raw, org=new.org, scope=scope, key_id=key_id, epoch=new.epoch, use=use)


def seal_key(cipher: Cipher, raw: bytes, *, context: bytes, algorithm: int = AES_256_GCM) -> bytes:
    """Wrap 32 bytes under a cipher and a context; the layout is D1 | alg | nonce | ciphertext | tag."""
    require_key(raw)
    nonce, head = urandom(NONCE_BYTES), bytes((_WRAPPED, algorithm))
    return head + nonce + cipher.encrypt(nonce, raw, context + head)


def open_key(cipher: Cipher, wrapped: bytes, *, context: bytes, algorithm: int = AES_256_GCM) -> bytes:
    """Undo `seal_key`, or raise CannotOpen."""
    head = bytes((_WRAPPED, algorithm))
    if len(wrapped) != WRAPPED_BYTES or wrapped[:2] != head:
        raise CannotOpen()
    try:
        return cipher.decrypt(wrapped[2:_BODY_AT], wrapped[_BODY_AT:], context + head)
    except InvalidTag:
        raise CannotOpen() from None


def epoch_context(*, org: UUID, epoch: int) -> bytes:
    """What a wrapped epoch key is bound to; every root provider authenticates exactly these bytes."""
    return length_prefixed("cms.kek.v1", org.bytes, _number(epoch))


def index_root_context(*, org: UUID, version: int) -> bytes:
    """What a wrapped index root is bound to; never the same bytes as for an epoch key."""
    return length_prefixed("cms.index-root.v1", org.bytes, _number(version))


def _context(use: Use, org: UUID, scope: UUID, key_id: UUID, epoch: int) -> bytes:
    return length_prefixed(use.value, org.bytes, scope.bytes, key_id.bytes, _number(epoch))


def _number(value: int) -> bytes:
    return value.to_bytes(8, "big")
