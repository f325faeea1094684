"""Sends an opened file to a browser so that it is saved and never run.

It is an attachment of the kind it was found to be, in a sandbox without rights, and no cache keeps it.

What is sent is opened piece by piece, whatever the length, and all of it or the connection breaks: the length is said
first. A wish for a part (Range) is answered with the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from django.http import StreamingHttpResponse

from avhopp.files.kinds import Kind


def attachment(
    pieces: Iterator[bytes], *, held: IO[bytes], kind: Kind, size: int, name: str
) -> StreamingHttpResponse:
    """Answer with a file; `name` must be letters, digits, hyphens and dots, and say nothing of a person."""
    return StreamingHttpResponse(
        _Leaving(pieces, held),
        content_type=kind.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind.extension}"',
            "Content-Length": str(size),
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Accept-Ranges": "none",
        },
    )


class _Leaving:
    """The pieces of a file, and the file they come from, which the answer closes also when nobody read it."""

    def __init__(self, pieces: Iterator[bytes], held: IO[bytes]) -> None:
        self._pieces = pieces
        self._held = held

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._held.close()
