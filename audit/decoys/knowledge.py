"""What the record cannot know itself: whether a case may be a decoy. The app that owns cases registers it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

IsUnused = Callable[[UUID], bool]
_is_unused: list[IsUnused] = [lambda scope: False]


def register(is_unused: IsUnused) -> None:
    """Name what tells whether nobody has worked in a case; it opens nothing. Called once, at the start."""
    _is_unused[:] = [is_unused]


def is_unused(scope: UUID) -> bool:
    """Tell whether nobody has worked in the case, so that it may be a decoy."""
    return _is_unused[0](scope)
