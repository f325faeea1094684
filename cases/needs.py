"""The areas of need that a mapping (kartläggning) goes through, and what their scores say together. Pure.

Each area is scored from 0 to 4, more being a greater need; an area that was not assessed has no score and counts for
nothing. Two mappings are compared over the areas that both assessed, so that an area left out is never progress.
The scale is the programme's own and belongs to no instrument. Source of the areas: domain.md §4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from avhopp.translation import gettext_noop


class Area(StrEnum):
    """The areas, in the order in which they are gone through."""

    PROTECTION = "protection"
    HOUSING = "housing"
    ECONOMY = "economy"
    OCCUPATION = "occupation"
    SCHOOL = "school"
    SUBSTANCES = "substances"
    HEALTH = "health"
    FAMILY = "family"
    VIOLENCE = "violence"
    CRIME = "crime"
    NETWORK = "network"
    IDENTITY = "identity"


AREA_NAMES: dict[Area, str] = {
    Area.PROTECTION: gettext_noop("Skydd"),
    Area.HOUSING: gettext_noop("Boende"),
    Area.ECONOMY: gettext_noop("Ekonomi och skulder"),
    Area.OCCUPATION: gettext_noop("Sysselsättning"),
    Area.SCHOOL: gettext_noop("Skola"),
    Area.SUBSTANCES: gettext_noop("Missbruk och beroende"),
    Area.HEALTH: gettext_noop("Psykisk och fysisk hälsa"),
    Area.FAMILY: gettext_noop("Familj och barn"),
    Area.VIOLENCE: gettext_noop("Våld i nära relation"),
    Area.CRIME: gettext_noop("Kriminalitet"),
    Area.NETWORK: gettext_noop("Nätverk och fritid"),
    Area.IDENTITY: gettext_noop("Identitet och rutiner"),
}

HIGHEST = 4
SCORE_NAMES: dict[int, str] = {
    0: gettext_noop("Inget behov"),
    1: gettext_noop("Litet behov"),
    2: gettext_noop("Måttligt behov"),
    3: gettext_noop("Stort behov"),
    4: gettext_noop("Akut behov"),
}


class Priority(StrEnum):
    """How soon the work with an area begins."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


PRIORITY_NAMES: dict[Priority, str] = {
    Priority.NOW: gettext_noop("Nu"),
    Priority.SOON: gettext_noop("Snart"),
    Priority.LATER: gettext_noop("Längre fram"),
}

Scores = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Total:
    """The scores of the assessed areas together."""

    points: int
    areas: int

    @property
    def most(self) -> int:
        """What the points could be at most."""
        return self.areas * HIGHEST


def total(scores: Scores) -> Total:
    """Add what was assessed."""
    assessed = [score for score in scores.values() if score is not None]
    return Total(sum(assessed), len(assessed))


def change(*, before: Scores, after: Scores, area: str) -> int | None:
    """How much an area's need has grown (above 0) or shrunk (below); none unless both mappings assessed it."""
    was, now = before.get(area), after.get(area)
    return None if was is None or now is None else now - was


def total_change(*, before: Scores, after: Scores) -> Total | None:
    """The change over the areas that both mappings assessed, with their number; none when they share none."""
    changes = [
        moved for area in after if (moved := change(before=before, after=after, area=area)) is not None
    ]
    return Total(sum(changes), len(changes)) if changes else None
