"""Released files that somebody has changed and given the hash of what they say now."""

from __future__ import annotations

import hashlib
from typing import Any

from followup.disclosure.release import canonical


def forged(content: dict[str, Any]) -> dict[str, Any]:
    """Return a changed release with the hash of its content."""
    said = {key: value for key, value in content.items() if key != "sha256"}
    return {**said, "sha256": hashlib.sha256(canonical(content=said)).hexdigest()}
