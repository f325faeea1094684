"""How long a file is kept and when it shall be destroyed (gallring): one table of reasons and the arithmetic. Pure.

Lengths are dated rows of the catalogue (`cases.catalogue.deadline_rules`). A file is counted from its last note, and a
person's files together: none is destroyed while another of hers is kept (SoL 16:1). Reading starts nothing anew. A day
of birth that decides anything is the one that somebody has written down, never one read out of a number.

Source: domain.md §2 (SoL 2025:400 16:1–2 a §§, SoF 2025:468 13:1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avhopp.translation import gettext_noop
from cases.deadlines import Counted, last_day

LAST_NOTE, CHILD = "retention", "retention_child"
# Whose files are kept for research, where not everybody's are (SoF 13:1).
RESEARCH_DAYS = frozenset({5, 15, 25})


class Reason(StrEnum):
    """Why a file is kept, or what decided its day."""

    PLACED = "placed"
    RESEARCH = "research"
    OPEN = "open"
    HELD = "held"
    UNKNOWN_BIRTH = "unknown_birth"
    LAST_NOTE = "last_note"
    CHILD = "child"


REASONS: dict[Reason, str] = {
    Reason.PLACED: gettext_noop("Bevaras: ett barn har varit placerat utanför hemmet (16 kap. 2 § SoL)."),
    Reason.RESEARCH: gettext_noop("Bevaras för forskning (13 kap. 1 § SoF)."),
    Reason.OPEN: gettext_noop("Räknas när ärendet är avslutat."),
    Reason.HELD: gettext_noop("Gallras inte så länge ett hinder gäller."),
    Reason.UNKNOWN_BIRTH: gettext_noop(
        "Födelsedatumet är okänt, så det går inte att pröva om uppgifterna ska bevaras. Anteckna det på Personen."
    ),
    Reason.LAST_NOTE: gettext_noop("Fem år efter den sista anteckningen (16 kap. 1 § SoL)."),
    Reason.CHILD: gettext_noop("När personen fyller 30 år: barnavårdsutredning (16 kap. 2 a § SoL)."),
}
FOREVER = frozenset({Reason.PLACED, Reason.RESEARCH})
# The rules that give a day.
DECIDING = (Reason.LAST_NOTE, Reason.CHILD)


@dataclass(frozen=True, slots=True)
class File:
    """What of one file decides: its last note, whether work goes on, and what was done for a child in it."""

    last_note_on: date
    is_ended: bool = True
    placed_a_child: bool = False
    inquired_into_a_child: bool = False
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when, and why. Without a day the file is kept, for as long as one of the reasons holds.

    `finish_by` is the last day of the calendar year after the one in which it became due.
    """

    reasons: tuple[Reason, ...]
    due_on: date | None = None

    @property
    def finish_by(self) -> date | None:
        return date(self.due_on.year + 1, 12, 31) if self.due_on else None

    @property
    def is_forever(self) -> bool:
        """Whether no time ends it."""
        return bool(FOREVER & set(self.reasons))

    def is_due(self, day: date) -> bool:
        """Whether it shall be destroyed, as seen on that day."""
        return self.due_on is not None and self.due_on <= day


def retention(
    files: Iterable[File],
    *,
    born: date | None,
    keeps_everybody: bool,
    note_rule: Counted,
    child_rule: Counted,
) -> Retention:
    """Until when one person's files are kept. `keeps_everybody` is said of a municipality in which research needs all.

    Takes her files together; given one alone, it answers for that one as if she had no other.
    """
    hers = list(files)
    kept = _kept(hers, born, keeps_everybody=keeps_everybody)
    if kept or born is None:
        return Retention(kept)
    due = last_day(note_rule, start=max(each.last_note_on for each in hers))
    if any(each.inquired_into_a_child for each in hers):
        grown = last_day(child_rule, start=born)
        if grown > due:
            return Retention((Reason.CHILD,), grown)
    return Retention((Reason.LAST_NOTE,), due)


def _kept(hers: list[File], born: date | None, *, keeps_everybody: bool) -> tuple[Reason, ...]:
    holds = {
        Reason.PLACED: any(each.placed_a_child for each in hers),
        Reason.RESEARCH: keeps_everybody or (born is not None and born.day in RESEARCH_DAYS),
        Reason.OPEN: not all(each.is_ended for each in hers),
        Reason.HELD: any(each.is_held for each in hers),
        Reason.UNKNOWN_BIRTH: born is None,
    }
    return tuple(reason for reason, holds_it in holds.items() if holds_it)
