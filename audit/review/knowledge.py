"""What the record does not know itself about what is read: which rows are files, what they are called, and the signs
that only their owner can see. The app that owns the files registers it, because the record imports nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.review.rank import OWN_SIGNS, Pair, Read, Sign

Found = Mapping[Sign, Collection[Pair]]


@dataclass(frozen=True, slots=True)
class Files:
    """`labels` are the tables whose rows are files, `listings` the events that show a file's line and not the file.

    `find` looks for `signs` among a month's readings; it runs as a job of its own and shows nobody anything. `numbers`
    gives what a file may be called before a reviewer: a number that says nothing of whom it is about.
    """

    labels: frozenset[str]
    listings: frozenset[str]
    signs: tuple[Sign, ...]
    find: Callable[[Sequence[Read], datetime], Found]
    numbers: Callable[[Iterable[UUID]], Mapping[UUID, str]]


_NOTHING = Files(frozenset(), frozenset(), (), lambda reads, now: {}, lambda files: {})
_files: list[Files] = [_NOTHING]


def register(files: Files) -> None:
    """Tell the review of the files; called once, when the application starts."""
    _files[:] = [files]


def files() -> Files:
    """What is known of the files."""
    return _files[0]


def sign(code: str) -> Sign:
    """The sign of a code; one that is no longer registered is shown by its code."""
    signs = {known.code: known for known in (*OWN_SIGNS, *files().signs)}
    return signs.get(code, Sign(code, 0, code))
