"""Fetches what somebody outside holds: the latest checkpoint that the witness has cosigned."""

from __future__ import annotations

import http.client
import urllib.parse
import urllib.request

LONGEST_ANSWER = 65_536
SECONDS_OF_PATIENCE = 10


class NoAddress(Exception):
    """The witness's address must begin with https://."""


def witness_copy(*, url: str, origin: str) -> str | None:
    """Ask the witness for its copy of the log's latest checkpoint; None when it does not answer."""
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise NoAddress
    query = urllib.parse.urlencode({"origin": origin})
    try:
        address = f"{url.rstrip('/')}/checkpoint?{query}"
        with urllib.request.urlopen(address, timeout=SECONDS_OF_PATIENCE) as answer:  # noqa: S310
            copy: str = answer.read(LONGEST_ANSWER).decode("utf-8")
            return copy
    except (OSError, http.client.HTTPException, UnicodeDecodeError):
        return None
