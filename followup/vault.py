"""Whose secrets the follow-up has, and who opens them.

The facts, the proofs and the signing key lie under one key that the follow-up's own job opens and no person does. What
is proposed and not yet published lies under a key for each release; those who prepare or approve it are let in by the
verb that shows it, never by the gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.events import Actor, job
from avhopp.sealed.scope import CryptoScope, Denied, register_gate

FACTS = UUID("6d1f3a52-0c0e-4b7e-9a41-7e6f0f6c7a11")
FACTS_KIND = "facts"
RELEASE_KIND = "release"
JOB: Actor = job("followup")


def register() -> None:
    """Tell the sealed fields who decides; called once when the application starts."""
    register_gate(FACTS_KIND, _admit_the_job)
    register_gate(RELEASE_KIND, _admit_the_job)


@contextmanager
def opened(*, at: datetime, purpose: str) -> Iterator[CryptoScope]:
    """Work as the follow-up's job, with the key of the facts, made at its first use."""
    with CryptoScope(actor=JOB, purpose=purpose, at=at) as scope:
        try:
            scope.sealing_key(FACTS)
        except Denied:
            try:
                with transaction.atomic():
                    scope.mint(FACTS, kind=FACTS_KIND)
            except IntegrityError:
                # Two at once: the database let us wait and then refused us, since the other has made it.
                scope.sealing_key(FACTS)
        yield scope


def _admit_the_job(scope: CryptoScope, which: UUID) -> None:
    if scope.actor != JOB:
        raise Denied("only the follow-up's own job opens this")
    scope.admit([which], basis="job")
