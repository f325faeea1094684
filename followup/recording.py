"""Writes the follow-up's leaves, with what was done as codes in the purpose. No figure that is not public goes in."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from audit import log
from audit.events import Actor, Event
from followup.models import Release


def note(
    *, event: Event, purpose: str, by: Actor, now: datetime, about: Release | None = None, **codes: object
) -> None:
    """Write one leaf; `about` is a release that was just saved."""
    log.record(
        event=event,
        actor=by,
        at=now,
        basis="role" if by.user else "job",
        purpose=f"{purpose}?{urlencode(codes)}" if codes else purpose,
        subjects=[log.written(about)] if about is not None else (),
    )
