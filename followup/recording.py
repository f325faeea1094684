"""Writes the follow-up's leaves, with what was done as codes in the purpose. No figure that is not public goes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from audit import log
from audit.events import Actor, Event
from followup.models import Fact, Heard, Release


def note(
    *,
    event: Event,
    purpose: str,
    by: Actor,
    now: datetime,
    about: Iterable[Release | Fact] = (),
    removed: Iterable[Heard] = (),
    **codes: object,
) -> None:
    """Write one leaf; `about` are the sealed rows that were just saved, whose digests the leaf keeps."""
    log.record(
        event=event,
        actor=by,
        at=now,
        basis="role" if by.user else "job",
        purpose=f"{purpose}?{urlencode(codes)}" if codes else purpose,
        subjects=[*(log.written(row) for row in about), *(log.read(row) for row in removed)],
    )
