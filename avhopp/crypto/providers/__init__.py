"""Where the root key lives. A provider wraps and unwraps a handful of keys; the root itself never comes out.

One method per kind of key, each bound to its own context from `keys`, so that what was wrapped as one kind
cannot be unwrapped as another. Every epoch has a root key of its own, so that destroying it reaches every copy
of what it wrapped, in backups too. A provider raises CannotOpen for what it did not wrap and RootKeyRefused,
naming the remedy, when the root cannot be used; it must never fall back to another key.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from ..envelope import CannotOpen


class RootKeyRefused(Exception):
    """The root key cannot be used; the message says what to do about it and never shows a key."""


class EpochRootGone(CannotOpen):
    """The root key of an epoch is not there: destroyed as it should be, or lost (docs/operations.md)."""


class RootKeyProvider(Protocol):
    """The few operations on a root key: file, hardware module or key service."""

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key under the epoch's own root key, which is made if it is not there."""
        ...

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        ...

    def destroy_epoch(self, *, org: UUID, epoch: int) -> None:
        """Destroy the epoch's own root key for ever; nothing happens if it is not there."""
        ...

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        ...

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        ...
