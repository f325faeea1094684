"""Writes a review's rows and the leaf that tells of them: the two things that every act of the review does alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import IntegrityError, transaction

from audit import log
from audit.events import Actor, Event
from avhopp.sealed.base import SealedModel


def add(row: SealedModel, *, otherwise: type[Exception]) -> None:
    """Insert a row that there may be only one of; the unique column decides between two at once."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise otherwise from None


def tell(
    *,
    event: Event,
    asked: Mapping[str, object],
    rows: Sequence[SealedModel],
    by: Actor,
    now: datetime,
    about: UUID | None = None,
    basis: str = "role",
) -> None:
    """Write the leaf of an act, with the digest of every row that it made."""
    log.record(
        event=event,
        actor=by,
        at=now,
        basis=basis,
        about=about,
        purpose=f"review?{urlencode(asked)}",
        subjects=[log.written(row) for row in rows],
    )
