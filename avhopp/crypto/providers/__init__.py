"""Where the root key lives. A provider wraps and unwraps a handful of keys; the root itself never comes out.

One method per kind of key, each bound to its own context from `keys`, so that what was wrapped as one kind
cannot be unwrapped as another. A provider raises CannotOpen for what it did not wrap and its own error,
naming the remedy, when the root is unreachable; it must never fall back to another key.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class RootKeyProvider(Protocol):
    """The few operations on a root key: file, hardware module or key service."""

    def wrap_epoch(self, raw: bytes, *, org: UUID, epoch: int) -> bytes:
        """Wrap an organisation's epoch key."""
        ...

    def unwrap_epoch(self, wrapped: bytes, *, org: UUID, epoch: int) -> bytes:
        """Unwrap an epoch key, or raise CannotOpen."""
        ...

    def wrap_index_root(self, raw: bytes, *, org: UUID, version: int) -> bytes:
        """Wrap an organisation's root of blind indexes."""
        ...

    def unwrap_index_root(self, wrapped: bytes, *, org: UUID, version: int) -> bytes:
        """Unwrap an index root, or raise CannotOpen."""
        ...
