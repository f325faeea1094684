"""The dimensions that part people by what has happened, and the rules that hold in every programme. Pure.

All of it is public. It is what an attacker knows anyway, so the rules (`stays`, `IMPOSSIBLE`) belong to it. A category
or rule that has been published must never change its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followup.happenings import ENDED, NOT_YET, OPENED, Dimension, Happening, rule, rules
from followup.outcomes import FOLLOWED_UP, NO_CASE, OF_CASES, OUTCOMES, SIX, YEAR

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
        rule(EXIT_COMPLETED, Happening.EXIT, Happening.COMPLETED),
        rule(EXIT_ENDED, Happening.EXIT, Happening.ENDED_EARLY),
        rule(EXIT_ONGOING, Happening.EXIT),
        rule(PREVENTION_ENDED, Happening.PREVENTION, Happening.COMPLETED),
        rule(PREVENTION_ENDED, Happening.PREVENTION, Happening.ENDED_EARLY),
        rule(PREVENTION_ONGOING, Happening.PREVENTION),
        rule(SECONDARY, Happening.SECONDARY),
        rule(ASKED),
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
        rule(SOON, Happening.MET_SOON),
        rule(LATER, Happening.MET_LATER),
        rule(NO_MEETING, Happening.ENQUIRY),
        rule(NO_ENQUIRY),
    ),
    stays=((SOON,), (LATER,), (NO_ENQUIRY,), (SOON, LATER, NO_MEETING)),
    commonest=(NO_MEETING,),
)
DECISION = Dimension(
    "tid till beslut",
    (
        rule(IN_30, Happening.DECIDED_SOON),
        rule(IN_90, Happening.DECIDED_LATER),
        rule(AFTER_90, Happening.DECIDED_LATE),
        rule(UNDECIDED),
    ),
    stays=((IN_30,), (IN_90,), (AFTER_90,)),
    commonest=(UNDECIDED,),
)
HERSELF, POLICE, OTHERS = "den enskilde eller en närstående", "polis eller kriminalvård", "annan"
INITIATIVE = Dimension(
    "initiativ",
    (
        rule(HERSELF, Happening.BY_HERSELF),
        rule(POLICE, Happening.BY_POLICE),
        rule(OTHERS, Happening.BY_OTHERS),
        rule(OTHERS),
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
        *rules(UNDER_18, Happening.CHILD, each=OPENED),
        *rules(FROM_18, Happening.YOUNG, each=OPENED),
        *rules(FROM_25, Happening.ADULT, each=OPENED),
        rule(AGE_NOT_NOTED),
    ),
    stays=((UNDER_18,), (FROM_18,), (FROM_25,)),
    commonest=(FROM_18, FROM_25, UNDER_18, AGE_NOT_NOTED),
)
WOMEN, MEN, SEX_NOT_NOTED = "kvinna", "man", "kön inte antecknat"
SEX = Dimension(
    "kön",
    (
        *rules(WOMEN, Happening.WOMAN, each=OPENED),
        *rules(MEN, Happening.MAN, each=OPENED),
        rule(SEX_NOT_NOTED),
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
        *rules(GOALS, Happening.GOALS_MET, each=ENDED),
        *rules(WISH, Happening.OWN_WISH, each=ENDED),
        *rules(OTHER_REASONS, Happening.OTHER_REASON, each=ENDED),
        *rules(OTHER_REASONS, each=ENDED),
        rule(NOT_CLOSED),
    ),
    stays=((GOALS,), (WISH,), (OTHER_REASONS,)),
    commonest=(NOT_CLOSED, GOALS, WISH, OTHER_REASONS),
)
DIMENSIONS = (STATE, MEETING, DECISION, INITIATIVE, AGE, SEX, CLOSURE, *OUTCOMES)

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
    *({STATE.name: [ASKED], each.name: each.categories[:-1]} for each in OF_CASES),
    *({STATE.name: STATE.categories[:-1], each.name: [NO_CASE]} for each in OF_CASES),
    *(
        {STATE.name: [ASKED, EXIT_ONGOING, PREVENTION_ONGOING], each.name: FOLLOWED_UP}
        for each in (SIX, YEAR)
    ),
)


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
