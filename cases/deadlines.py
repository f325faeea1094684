"""When clocks start and stop, and on which day they run out: one table and the arithmetic of dates. Pure.

Lengths, provisions and the manner of ending are dated rows (`cases.catalogue.deadline_rules`); nothing here holds a
number of days. Time that is counted in months ends on the day with the same number, or on the last of a shorter month
(lag 1930:173 1 §); a last day on a Saturday, Sunday, holiday, or the eve of midsummer, Christmas or New Year is the
next working day where the rule says so (2 §).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol

import holidays
from dateutil.relativedelta import relativedelta

from cases import ages
from cases.catalogue.deadline_rules import Unit
from cases.workflow import Stage, Track

FRIDAY = 4
# What is to be thought of at each of the ages in `cases.ages`.
AGES: dict[int, tuple[str, ...]] = {
    12: ("age_12",),
    15: ("age_15",),
    18: ("age_18", "age_18_officer"),
    21: ("age_21",),
}
AGE_RULES: frozenset[str] = frozenset(code for codes in AGES.values() for code in codes)
INQUIRY_RULES: frozenset[str] = frozenset({"inquiry_child", "acute_complete"})
FIRST_MEETING = "first_meeting"
FOLLOW_UPS: dict[int, str] = {6: "follow_up_6", 12: "follow_up_12", 24: "follow_up_24"}


class Counted(Protocol):
    """What of a rule the arithmetic reads."""

    @property
    def unit(self) -> str: ...
    @property
    def length(self) -> int: ...
    @property
    def moves(self) -> bool: ...


class NoLength(Exception):
    """The rule's day stands in the row that it is about; give it to the clock."""


def last_day(rule: Counted, *, start: date) -> date:
    """The last day to act, counted from `start`, which itself is not counted."""
    if rule.unit == Unit.GIVEN:
        raise NoLength
    days = rule.length if rule.unit == Unit.DAYS else 0
    months = rule.length if rule.unit == Unit.MONTHS else 0
    end: date = start + relativedelta(days=days, months=months)
    return working_day_from(end) if rule.moves else end


def working_day_from(day: date) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Tell whether something may be left until the day after (lag 1930:173 2 §)."""
    return day.weekday() <= FRIDAY and day not in _free_days()


def counts_as_child(*, born: date | None, day: date, track: Track) -> bool:
    """Tell whether a child's clocks start; where young people are worked with, they do for an unknown age too."""
    if born is None:
        return track == Track.PREVENTION
    return ages.is_child(born=born, day=day)


def ages_of(born: date) -> dict[str, date]:
    """The rules of every age, and the day on which each comes true."""
    reached = ages.milestones(born=born, after=born)
    return {code: day for age, day in reached for code in AGES[age]}


def month_of(day: date) -> date:
    """The first of that month: all that a plain column may say of a birthday."""
    return day.replace(day=1)


class Happening(StrEnum):
    """What starts and stops clocks beside the stages."""

    PLACED = "placed"
    PLACEMENT_ENDED = "placement_ended"
    DECIDED = "decided"
    GIVEN = "given"
    REPORTED = "reported"
    NOTIFIED = "notified"
    EXECUTED = "executed"
    TRANSFER_ASKED = "transfer_asked"
    TRANSFER_ANSWERED = "transfer_answered"
    DISCLOSURE_ASKED = "disclosure_asked"
    DISCLOSURE_DECIDED = "disclosure_decided"


@dataclass(frozen=True, slots=True)
class Turn:
    """Which rules start and which stop."""

    starts: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()


HAPPENINGS: dict[Happening, Turn] = {
    Happening.PLACED: Turn(starts=("placement_review",)),
    Happening.PLACEMENT_ENDED: Turn(stops=frozenset({"placement_review"})),
    Happening.DECIDED: Turn(starts=("decision_notify",)),
    # What is given is to be carried out, or IVO told; and told anew each time that it goes on not being done.
    Happening.GIVEN: Turn(starts=("decision_execute",)),
    Happening.REPORTED: Turn(starts=("decision_execute",), stops=frozenset({"decision_execute"})),
    Happening.NOTIFIED: Turn(stops=frozenset({"decision_notify"})),
    Happening.EXECUTED: Turn(stops=frozenset({"decision_execute"})),
    Happening.TRANSFER_ASKED: Turn(starts=("transfer_reply",)),
    Happening.TRANSFER_ANSWERED: Turn(stops=frozenset({"transfer_reply"})),
    Happening.DISCLOSURE_ASKED: Turn(starts=("disclosure_request",)),
    Happening.DISCLOSURE_DECIDED: Turn(stops=frozenset({"disclosure_request"})),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: what turns when a case comes to `target`, from one of `origins` if they are named.

    `None` among the origins is a case that is opened.
    """

    target: Stage
    starts: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    origins: frozenset[Stage | None] | None = None
    tracks: frozenset[Track] = frozenset(Track)
    children_only: bool = False


_BEFORE_INQUIRY = frozenset({Stage.PROTECTION_CHECK, Stage.PRELIMINARY})
_BEFORE_DECISION = frozenset({Stage.INTAKE, Stage.ASSESSMENT, Stage.INQUIRY})
_PREVENTION = frozenset({Track.PREVENTION})

ENTRIES: tuple[Entry, ...] = (
    # SoL 19 kap.: protection is assessed at once, and within fourteen days it is decided whether to inquire.
    Entry(
        Stage.PROTECTION_CHECK,
        starts=("protection_assessment", "preliminary"),
        origins=frozenset({None}),
        tracks=_PREVENTION,
    ),
    Entry(Stage.PRELIMINARY, stops=frozenset({"protection_assessment"})),
    Entry(
        Stage.INQUIRY,
        starts=("notifier_answer",),
        stops=frozenset({"protection_assessment", "preliminary"}),
        origins=_BEFORE_INQUIRY,
        tracks=_PREVENTION,
    ),
    Entry(
        Stage.CLOSED,
        starts=("notifier_answer",),
        stops=frozenset({"preliminary"}),
        origins=_BEFORE_INQUIRY,
        tracks=_PREVENTION,
    ),
    Entry(Stage.INQUIRY, starts=("inquiry_child",), children_only=True),
    Entry(Stage.AGREEMENT, stops=INQUIRY_RULES),
    # Acute protection may be decided before the inquiry is done, which is then to be completed (scenario 23).
    Entry(Stage.ACUTE, starts=("acute_complete",), origins=_BEFORE_DECISION),
    Entry(
        Stage.CLOSED,
        starts=tuple(FOLLOW_UPS.values()),
        origins=frozenset(Stage) - _BEFORE_INQUIRY - {Stage.INTAKE, Stage.ASSESSMENT},
    ),
)

# Nobody is followed up who has died or never was in the programme.
NOT_FOLLOWED = frozenset({"deceased", "registered_in_error"})
# An inquiry about a child is completed although the child moves (SoL 29:9).
KEPT_WHEN_MOVED = frozenset({"inquiry_child"})
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case comes to a stage: `origin` is None when it is opened, `closure_reason` empty unless it is closed."""

    track: Track
    origin: Stage | None
    target: Stage
    closure_reason: str

    def starts(self, *, is_child: bool) -> list[str]:
        """The rules whose clocks start."""
        found = [code for entry in self._entries(is_child=is_child) for code in entry.starts]
        if self.closure_reason in NOT_FOLLOWED:
            found = [code for code in found if code not in FOLLOW_UPS.values()]
        return found

    def stops(self, running: Iterable[str]) -> tuple[set[str], set[str]]:
        """Which of the running clocks stop: what they waited for is done, or it is no longer needed.

        Closure leaves nothing running but an inquiry about a child who has moved. A case that is called followed up
        before the last follow-up still waits for those that are left.
        """
        ran = set(running)
        done = {code for entry in self._entries(is_child=True) for code in entry.stops} & ran
        if self.target not in {Stage.CLOSED, Stage.FOLLOWED_UP}:
            return done, set()
        kept = KEPT_WHEN_MOVED if self.closure_reason == MOVED else frozenset()
        if self.target == Stage.FOLLOWED_UP:
            kept |= frozenset(FOLLOW_UPS.values())
        return done, ran - done - kept

    def _entries(self, *, is_child: bool) -> list[Entry]:
        return [
            entry
            for entry in ENTRIES
            if entry.target == self.target
            and self.track in entry.tracks
            and (entry.origins is None or self.origin in entry.origins)
            and (is_child or not entry.children_only)
        ]


@cache
def _free_days() -> holidays.HolidayBase:
    # The eves that 2 § names are exactly what the library calls de facto holidays. It fills in each year when asked.
    found: holidays.HolidayBase = holidays.country_holidays("SE", categories=("public", "de_facto"))
    return found
