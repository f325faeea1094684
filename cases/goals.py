"""Goals of a plan and how far they are reached, on the scale of goal attainment scaling. Pure.

Each goal is rated at every follow-up from −2 to +2, where 0 is what was expected when the plan was made. A goal keeps
its code from one version of the plan to the next, so that its ratings make one line.
Source: T. J. Kiresuk and R. E. Sherman, Goal attainment scaling, Community Mental Health Journal 4 (1968), 443–453.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from avhopp.translation import gettext_noop

Goal = Mapping[str, Any]
"""`code`, `area`, `text`, `sign` (how it is seen), `until` (ISO day or empty) and `interventions`."""
Intervention = Mapping[str, Any]
"""`what`, `who`, `provider` (its id or empty), `provider_name`, `starts_on`, `ends_on` (ISO or empty), `reason`."""

RATINGS: Final[dict[int, str]] = {
    2: gettext_noop("Mycket bättre än väntat"),
    1: gettext_noop("Bättre än väntat"),
    0: gettext_noop("Som väntat: målet är nått"),
    -1: gettext_noop("Sämre än väntat"),
    -2: gettext_noop("Mycket sämre än väntat"),
}
REACHED: Final = 0


def interventions(goals: Iterable[Goal]) -> Iterator[Intervention]:
    """Every intervention of the goals, in their order."""
    for goal in goals:
        yield from goal["interventions"]


def day_of(text: str) -> date | None:
    """An ISO day, or none when nothing is written."""
    return date.fromisoformat(text) if text else None


def still_to_come(goals: Iterable[Goal], *, on: date) -> list[dict[str, Any]]:
    """What a next version begins with: every goal, without the interventions that have ended."""
    return [
        {
            **goal,
            "interventions": [
                each for each in goal["interventions"] if (day_of(each["ends_on"]) or on) >= on
            ],
        }
        for goal in goals
    ]


def is_whole(goals: Iterable[Goal]) -> bool:
    """Tell whether there is a goal, and every goal and intervention says what it is."""
    found = list(goals)
    return bool(found) and all(
        goal["text"].strip() and all(each["what"].strip() for each in goal["interventions"]) for goal in found
    )
