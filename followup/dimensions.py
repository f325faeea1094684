"""What is counted: happenings, and the dimensions that part people by them. Pure.

All of it is public. It is what an attacker knows anyway, so the rules that hold in every programme (`stays`,
`IMPOSSIBLE`) belong to it. A category or rule that has been published must never change its meaning; something new is
a new happening, with its reader in `facts.py`, and a new dimension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
)
NOT_YET = (
    "------"  # as long as the code of a half-year, so that a sealed fact is as long whatever has happened
)


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


def _rule(category: str, *needed: Happening) -> tuple[str, frozenset[Happening]]:
    return category, frozenset(needed)


def _rules(
    category: str, *needed: Happening, each: tuple[Happening, ...]
) -> tuple[tuple[str, frozenset[Happening]], ...]:
    """Name a category once for each of some happenings of which one must have happened too."""
    return tuple(_rule(category, *needed, one) for one in each)


ASKED = "förfrågan utan ärende"
EXIT_ONGOING, EXIT_COMPLETED, EXIT_ENDED = (
    "avhopp pågår",
    "avhopp avslutat efter utslussning",
    "avhopp avslutat tidigare",
)
PREVENTION_ONGOING, PREVENTION_ENDED = "förebyggande pågår", "förebyggande avslutat"
SECONDARY = "sekundärt ärende"
SOON, LATER, NO_MEETING, NO_ENQUIRY = (
    "inom tre dagar",
    "senare än tre dagar",
    "inget möte antecknat",
    "utan förfrågan",
)
UNDECIDED, IN_30, IN_90, AFTER_90 = "inget beslut", "inom 30 dagar", "31–90 dagar", "senare än 90 dagar"

STATE = Dimension(
    "läge",
    (
        _rule(EXIT_COMPLETED, Happening.EXIT, Happening.COMPLETED),
        _rule(EXIT_ENDED, Happening.EXIT, Happening.ENDED_EARLY),
        _rule(EXIT_ONGOING, Happening.EXIT),
        _rule(PREVENTION_ENDED, Happening.PREVENTION, Happening.COMPLETED),
        _rule(PREVENTION_ENDED, Happening.PREVENTION, Happening.ENDED_EARLY),
        _rule(PREVENTION_ONGOING, Happening.PREVENTION),
        _rule(SECONDARY, Happening.SECONDARY),
        _rule(ASKED),
    ),
    stays=(
        (EXIT_ONGOING, EXIT_COMPLETED, EXIT_ENDED),
        (PREVENTION_ONGOING, PREVENTION_ENDED),
        (SECONDARY,),
        (EXIT_COMPLETED,),
        (EXIT_ENDED,),
        (PREVENTION_ENDED,),
    ),
    commonest=(EXIT_ONGOING, PREVENTION_ONGOING, ASKED),
)
MEETING = Dimension(
    "första mötet",
    (
        _rule(SOON, Happening.MET_SOON),
        _rule(LATER, Happening.MET_LATER),
        _rule(NO_MEETING, Happening.ENQUIRY),
        _rule(NO_ENQUIRY),
    ),
    stays=((SOON,), (LATER,), (NO_ENQUIRY,), (SOON, LATER, NO_MEETING)),
    commonest=(NO_MEETING,),
)
DECISION = Dimension(
    "tid till beslut",
    (
        _rule(IN_30, Happening.DECIDED_SOON),
        _rule(IN_90, Happening.DECIDED_LATER),
        _rule(AFTER_90, Happening.DECIDED_LATE),
        _rule(UNDECIDED),
    ),
    stays=((IN_30,), (IN_90,), (AFTER_90,)),
    commonest=(UNDECIDED,),
)
OPENED = (Happening.EXIT, Happening.PREVENTION, Happening.SECONDARY)
ENDED = (Happening.COMPLETED, Happening.ENDED_EARLY)
HERSELF, POLICE, OTHERS = "den enskilde eller en närstående", "polis eller kriminalvård", "annan"
INITIATIVE = Dimension(
    "initiativ",
    (
        _rule(HERSELF, Happening.BY_HERSELF),
        _rule(POLICE, Happening.BY_POLICE),
        _rule(OTHERS, Happening.BY_OTHERS),
        _rule(OTHERS),
    ),
    stays=((HERSELF,), (POLICE,), (OTHERS,)),
    commonest=(OTHERS,),
)
UNDER_18, FROM_18, FROM_25, AGE_NOT_NOTED = (
    "under 18 år",
    "18–24 år",
    "25 år eller äldre",
    "ålder inte antecknad",
)
AGE = Dimension(
    "ålder",
    (
        *_rules(UNDER_18, Happening.CHILD, each=OPENED),
        *_rules(FROM_18, Happening.YOUNG, each=OPENED),
        *_rules(FROM_25, Happening.ADULT, each=OPENED),
        _rule(AGE_NOT_NOTED),
    ),
    stays=((UNDER_18,), (FROM_18,), (FROM_25,)),
    commonest=(FROM_18, FROM_25, UNDER_18, AGE_NOT_NOTED),
)
WOMEN, MEN, SEX_NOT_NOTED = "kvinna", "man", "kön inte antecknat"
SEX = Dimension(
    "kön",
    (
        *_rules(WOMEN, Happening.WOMAN, each=OPENED),
        *_rules(MEN, Happening.MAN, each=OPENED),
        _rule(SEX_NOT_NOTED),
    ),
    stays=((WOMEN,), (MEN,)),
    commonest=(MEN, WOMEN, SEX_NOT_NOTED),
)
GOALS, WISH, OTHER_REASONS, NOT_CLOSED = (
    "mål uppnådda",
    "egen begäran eller förlorad kontakt",
    "annan orsak",
    "inte avslutat",
)
CLOSURE = Dimension(
    "avslutsorsak",
    (
        *_rules(GOALS, Happening.GOALS_MET, each=ENDED),
        *_rules(WISH, Happening.OWN_WISH, each=ENDED),
        *_rules(OTHER_REASONS, Happening.OTHER_REASON, each=ENDED),
        *_rules(OTHER_REASONS, each=ENDED),
        _rule(NOT_CLOSED),
    ),
    stays=((GOALS,), (WISH,), (OTHER_REASONS,)),
    commonest=(NOT_CLOSED, GOALS, WISH, OTHER_REASONS),
)
DIMENSIONS = (STATE, MEETING, DECISION, INITIATIVE, AGE, SEX, CLOSURE)

KIND, WAY_IN = "slag", "väg in"
EXIT_CASES, PREVENTION_CASES, SECONDARY_CASES, ENQUIRIES_ONLY = (
    "avhopparärenden",
    "förebyggande ärenden",
    "sekundära ärenden",
    "förfrågningar utan ärende",
)
WITH_ENQUIRY, WITHOUT_ENQUIRY = "med förfrågan", "utan förfrågan"
LEVELS: dict[str, tuple[Dimension, dict[str, tuple[str, ...]]]] = {
    KIND: (
        STATE,
        {
            ENQUIRIES_ONLY: (ASKED,),
            EXIT_CASES: (EXIT_COMPLETED, EXIT_ENDED, EXIT_ONGOING),
            PREVENTION_CASES: (PREVENTION_ENDED, PREVENTION_ONGOING),
            SECONDARY_CASES: (SECONDARY,),
        },
    ),
    WAY_IN: (MEETING, {WITH_ENQUIRY: (SOON, LATER, NO_MEETING), WITHOUT_ENQUIRY: (NO_ENQUIRY,)}),
}
# Whoever has only asked has asked, nothing is decided about her, and who she is is not written down. What has ended has
# a reason, and nothing else has.
IMPOSSIBLE: tuple[dict[str, list[str]], ...] = (
    {STATE.name: [ASKED], MEETING.name: [NO_ENQUIRY]},
    {STATE.name: [ASKED], DECISION.name: [IN_30, IN_90, AFTER_90]},
    {STATE.name: [ASKED], AGE.name: [UNDER_18, FROM_18, FROM_25]},
    {STATE.name: [ASKED], SEX.name: [WOMEN, MEN]},
    {STATE.name: [ASKED, EXIT_ONGOING, PREVENTION_ONGOING], CLOSURE.name: [GOALS, WISH, OTHER_REASONS]},
    {STATE.name: [EXIT_COMPLETED, EXIT_ENDED, PREVENTION_ENDED], CLOSURE.name: [NOT_CLOSED]},
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


def row_at(*, happened: Mapping[str, str], period: str, since: str) -> tuple[str, ...] | None:
    """Give the category of each dimension at the end of a period; None for whom it does not count.

    Those count whose first contact lies between the half-years `since` and `period`. A happening that is no longer in
    the catalogue is passed over.
    """
    days = {Happening(code): when for code, when in happened.items() if when != NOT_YET and code in _CODES}
    if not days or not since <= min(days.values()) <= period:
        return None
    seen = frozenset(what for what, when in days.items() if when <= period)
    return tuple(dimension.category(seen) for dimension in DIMENSIONS)


_CODES = frozenset(Happening)


def plan_content(
    *, name: str, version: int, method: str, tables: list[list[str]], k: int, m: int
) -> dict[str, Any]:
    """Write a plan as the disclosure engine reads it."""
    return {
        "name": name,
        "version": version,
        "method": method,
        "k": k,
        "m": m,
        "dims": {dimension.name: dimension.categories for dimension in DIMENSIONS},
        "levels": {
            level: {
                "of": dimension.name,
                "groups": {group: list(members) for group, members in groups.items()},
            }
            for level, (dimension, groups) in LEVELS.items()
        },
        "tables": tables,
        "cumulative": [
            {},
            *({"where": {d.name: list(stays)}} for d in DIMENSIONS for stays in d.stays),
        ],
        "impossible": [dict(where) for where in IMPOSSIBLE],
        "remainder": {dimension.name: list(dimension.commonest) for dimension in DIMENSIONS}
        | {KIND: [ENQUIRIES_ONLY], WAY_IN: [WITH_ENQUIRY]},
    }
