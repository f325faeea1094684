"""Keeps what a verb of the programme says of what is sealed, coded, under the key of the facts.

It is written in the verb's transaction and is told of in the verb's leaf. The nightly reading takes it into the facts
and removes it, so that no fact shares its moment with a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from avhopp.sealed.base import SealedModel
from followup import facts, vault
from followup.happenings import Happening, nothing_yet
from followup.models import Heard


def register() -> None:
    """Be told; called once when the application starts."""
    facts.listen(_keep)


def _keep(mark: str, what: frozenset[Happening], period: str, now: datetime) -> Sequence[SealedModel]:
    with vault.opened(at=now, purpose="facts"):
        row = Heard(mark=mark, happened={**nothing_yet(), **dict.fromkeys(what, period)})
        row.save(force_insert=True)
    return [row]
