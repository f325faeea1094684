"""The manners of everything that holds a key: it shows nothing and cannot be copied out of the process.

Python cannot wipe memory (SECURITY.md says so), but a key must never reach a log line, a traceback, a cache
or a message queue. Subclasses keep their secrets in `__slots__`, so that there is no `__dict__` to dump
either.
"""

from __future__ import annotations

from typing import NoReturn, SupportsIndex

KEY_BYTES = 32


class KeyLeavesProcess(TypeError):
    """Somebody tried to pickle or copy a key. Send the key's id and unwrap it where it is needed."""

    def __init__(self) -> None:
        super().__init__("a key is neither pickled nor copied: send its id and unwrap it where it is needed")


class SecretHolder:
    """Base of objects that hold key material."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise KeyLeavesProcess()


def require_key(raw: bytes) -> None:
    """Refuse anything that is not 32 bytes, and 32 equal bytes, which no generator of ours produces."""
    if not isinstance(raw, bytes) or len(raw) != KEY_BYTES or len(set(raw)) == 1:
        raise ValueError(f"a key is {KEY_BYTES} random bytes")
