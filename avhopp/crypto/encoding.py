"""Length-prefixed joining of strings, so that two different lists never become the same bytes.

Every context that is authenticated or fed to a key derivation goes through here or has a fixed width
throughout.
"""

from __future__ import annotations


def length_prefixed(*parts: bytes | str) -> bytes:
    """Join parts, each after its length as four bytes, most significant first; text is UTF-8."""
    raw = [part.encode("utf-8") if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)
