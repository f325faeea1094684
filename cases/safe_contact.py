"""Whether a way to reach the client may be used. Pure: one rule, and whatever would contact her must pass it.

A call that the wrong person answers, or a letter in a shared letter box, can tell that she is in the programme and
get her killed. So a way is used only when somebody has asked her and written that it is safe; one that is not known
to be safe needs a written reason each time, and one that is not safe is refused whoever asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avhopp.translation import gettext_noop


class Obstacle(StrEnum):
    """Why a way may not be used, in words that say what to do."""

    DECEASED = gettext_noop("Personen är avliden och kontaktas inte.")
    ENDED = gettext_noop("Kontaktvägen används inte längre. Välj en annan.")
    UNSAFE = gettext_noop("Kontaktvägen är inte säker och får inte användas. Välj en annan.")
    REASON_MISSING = gettext_noop(
        "Det är inte känt om kontaktvägen är säker. Fråga personen först, eller skriv varför den måste användas ändå."
    )


@dataclass(frozen=True, slots=True)
class Way:
    """What the rule needs to know of a way: `is_safe` is yes, no, or not known."""

    is_safe: bool | None
    ended_on: date | None


def obstacle(*, way: Way, reason: str, deceased_on: date | None, on: date) -> Obstacle | None:
    """What stands in the way of using it that day; none if it may be used."""
    if deceased_on is not None and deceased_on <= on:
        return Obstacle.DECEASED
    if way.ended_on is not None and way.ended_on <= on:
        return Obstacle.ENDED
    if way.is_safe is False:
        return Obstacle.UNSAFE
    if way.is_safe is None and not reason.strip():
        return Obstacle.REASON_MISSING
    return None


# What on an envelope tells its reader which programme wrote: words of the field, and the authority behind it.
_TELLING = re.compile(
    r"\w*(?:avhopp|exit|defektion|gäng|krimin|extrem|våld|sspf|social|soc\b|skydd|polis|brott|frivård)\w*",
    re.IGNORECASE,
)


def telling_word(sender: str) -> str:
    """The first word of a sender that tells what the programme is; empty when there is none."""
    found = _TELLING.search(sender)
    return found.group() if found else ""
