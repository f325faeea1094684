"""What can happen in a course of events, and what it is to part people by it. Pure.

A happening that has been published must never change its meaning; something new is a new happening, with its reader in
`facts.py`, and a new dimension.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Happening(StrEnum):
    """Something that happens at most once in a course of events, from the first contact on."""

    ENQUIRY = "enquiry"
    MET_SOON = "met_soon"
    MET_LATER = "met_later"
    EXIT = "exit"
    PREVENTION = "prevention"
    SECONDARY = "secondary"
    DECIDED_SOON = "decided_soon"
    DECIDED_LATER = "decided_later"
    DECIDED_LATE = "decided_late"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    BY_HERSELF = "by_herself"
    BY_POLICE = "by_police"
    BY_OTHERS = "by_others"
    CHILD = "child"
    YOUNG = "young"
    ADULT = "adult"
    WOMAN = "woman"
    MAN = "man"
    GOALS_MET = "goals_met"
    OWN_WISH = "own_wish"
    OTHER_REASON = "other_reason"
    NOTIFIED = "notified"
    VIA_SSPF = "via_sspf"
    VIOLENCE_ASKED = "violence_asked"
    SOME_AGENCIES = "some_agencies"
    MANY_AGENCIES = "many_agencies"
    PLACED = "placed"
    SIX_NO_CRIME = "six_no_crime"
    SIX_CRIME = "six_crime"
    SIX_UNKNOWN = "six_unknown"
    YEAR_NO_CRIME = "year_no_crime"
    YEAR_CRIME = "year_crime"
    YEAR_UNKNOWN = "year_unknown"


# Of each of these one happens, and the first that was written down stays: a day corrected later moves nobody.
EITHER: tuple[frozenset[Happening], ...] = (
    frozenset({Happening.MET_SOON, Happening.MET_LATER}),
    frozenset({Happening.EXIT, Happening.PREVENTION, Happening.SECONDARY}),
    frozenset({Happening.DECIDED_SOON, Happening.DECIDED_LATER, Happening.DECIDED_LATE}),
    frozenset({Happening.COMPLETED, Happening.ENDED_EARLY}),
    frozenset({Happening.BY_HERSELF, Happening.BY_POLICE, Happening.BY_OTHERS}),
    frozenset({Happening.CHILD, Happening.YOUNG, Happening.ADULT}),
    frozenset({Happening.WOMAN, Happening.MAN}),
    frozenset({Happening.GOALS_MET, Happening.OWN_WISH, Happening.OTHER_REASON}),
    frozenset({Happening.NOTIFIED, Happening.VIA_SSPF}),
    frozenset({Happening.SIX_NO_CRIME, Happening.SIX_CRIME, Happening.SIX_UNKNOWN}),
    frozenset({Happening.YEAR_NO_CRIME, Happening.YEAR_CRIME, Happening.YEAR_UNKNOWN}),
)
NOT_YET = (
    "------"  # as long as the code of a half-year, so that a sealed fact is as long whatever has happened
)


def nothing_yet() -> dict[str, str]:
    """What has happened in a course of events before anything has."""
    return dict.fromkeys(Happening, NOT_YET)


def happen(*, happened: dict[str, str], what: Happening, period: str) -> bool:
    """Write down what has happened, once; tells whether it was new."""
    group = next((group for group in EITHER if what in group), frozenset({what}))
    if any(happened.get(other, NOT_YET) != NOT_YET for other in group):
        return False
    happened[what] = period
    return True


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to part everybody: the first rule whose happenings have all happened names the category.

    `stays` are the sets of categories that nobody leaves. `commonest` are decided last, one of each group; all of them
    where they count the same people as another dimension, so that nothing printed before has to add up with them.
    """

    name: str
    rules: tuple[tuple[str, frozenset[Happening]], ...]
    stays: tuple[tuple[str, ...], ...]
    commonest: tuple[str, ...]

    @property
    def categories(self) -> list[str]:
        """The categories in the order of the rules, each once."""
        return list(dict.fromkeys(category for category, _ in self.rules))

    def category(self, happened: frozenset[Happening]) -> str:
        """Name the category of somebody to whom this has happened."""
        return next(category for category, needed in self.rules if needed <= happened)


def rule(category: str, *needed: Happening) -> tuple[str, frozenset[Happening]]:
    return category, frozenset(needed)


def rules(
    category: str, *needed: Happening, each: tuple[Happening, ...]
) -> tuple[tuple[str, frozenset[Happening]], ...]:
    """Name a category once for each of some happenings of which one must have happened too."""
    return tuple(rule(category, *needed, one) for one in each)


OPENED = (Happening.EXIT, Happening.PREVENTION, Happening.SECONDARY)
ENDED = (Happening.COMPLETED, Happening.ENDED_EARLY)
