"""The release ledger as pure data: what was released, what may be released next, and why not.

A proposal is judged against everything ever released and every figure known elsewhere. Whether it passes is
a function of what would be printed; the reason for a refusal is for the data owner alone, and recipients
see only that nothing is reported for the period. Any doubt (a limit, a solver status, an error) is a
refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from followup.disclosure.audit import Break
from followup.disclosure.exact import Infeasible
from followup.disclosure.plan import Plan
from followup.disclosure.protect import SILENT, Answer, Unsafe, stepwise, whole
from followup.disclosure.protected import Protected
from followup.disclosure.reading import Malformed, Value, Where
from followup.disclosure.release import START, Elsewhere, Release, Said, require_chain
from followup.disclosure.search import CAP
from followup.disclosure.series import Part, Series, first_break, replay, slots_of
from followup.disclosure.solver import NotProved
from followup.disclosure.wording import broken

SILENCE = "Ingen redovisning denna period."
"""All that recipients may see of a refusal (a reason would itself tell something about people)."""


class Refused(Exception):
    """The release may not go out. Show ``SILENCE`` to recipients and this text to the data owner only.

    ``unsafe`` names the count that would not be safe, when that is the reason.
    """

    def __init__(self, reason: str, *, unsafe: Unsafe | None = None) -> None:
        super().__init__(reason)
        self.unsafe = unsafe


Progress: TypeAlias = Callable[[int, int], None]
Numbers: TypeAlias = tuple[tuple[int, ...], ...]
Witnesses: TypeAlias = tuple[tuple[Numbers, Numbers, Numbers], ...]
"""Per part of the population: data sets, a number for every unknown; rules of stand-ins, one for every unknown; and
rules for parts of the coalitions.
"""


def nobody_listens(decided: int, counts: int) -> None:
    """Let the work go on untold."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A release that keeps the promise, and the witness data sets that show it (as secret as a case)."""

    release: Release
    witnesses: Witnesses


@dataclass(frozen=True, slots=True)
class Ledger:
    """The released files of one series in order."""

    releases: tuple[Release, ...] = ()

    def __post_init__(self) -> None:
        require_chain(releases=self.releases)

    def propose(
        self,
        *,
        plan: Plan,
        period: str,
        rows: Mapping[tuple[Value, ...], int],
        elsewhere: Sequence[Elsewhere] = (),
        corrects: int | None = None,
        progress: Progress = nobody_listens,
    ) -> Passed:
        """Judge a release of the plan over persons counted by their categories in the order of ``plan.dims``.

        ``progress`` is told how many counts are decided, and of how many. Raises Refused; nothing may then be
        printed for the period.
        """
        try:
            return self._propose(plan, period, rows, tuple(elsewhere), corrects, progress)
        except Unsafe as error:
            raise Refused(str(error), unsafe=error) from error
        except (Infeasible, NotProved, Malformed, ArithmeticError) as error:
            raise Refused(f"Kunde inte bevisas säker: {error}") from error

    def with_release(self, *, release: Release) -> Ledger:
        """Return the ledger with one more frozen release."""
        return Ledger((*self.releases, release))

    def _propose(
        self,
        plan: Plan,
        period: str,
        rows: Mapping[tuple[Value, ...], int],
        elsewhere: tuple[Elsewhere, ...],
        corrects: int | None,
        progress: Progress,
    ) -> Passed:
        self._require_fitting(plan, period, corrects)
        previous = self.releases[-1].sha256 if self.releases else START
        blank = tuple(Said(cell.labels, "..", 0, None) for cell in plan.cells())
        draft = Release(len(self.releases) + 1, period, corrects, plan, previous, elsewhere, blank)
        drafts = (*self.releases, draft)
        series = Series(plan=plan, slots=slots_of(releases=drafts))
        slot = series.slot_of(release=len(self.releases))
        replay(series=series, releases=drafts)
        self._require_unbroken(series, "redan innan något nytt släpps")
        truths = [_count(plan, rows, cell.where) for cell in plan.cells()]
        answers = _answer(series, slot, plan, truths, progress)
        _require_truth_inside(series, slot, truths)
        self._require_unbroken(series, "tillsammans med det som redan är känt")
        cells = tuple(
            Said(cell.labels, a.printed, a.low, None if a.high >= CAP else a.high)
            for cell, a in zip(plan.cells(), answers, strict=True)
        )
        release = Release(draft.number, period, corrects, plan, previous, elsewhere, cells)
        return Passed(release=release, witnesses=tuple(_witnesses(part) for part in series.parts()))

    def _require_fitting(self, plan: Plan, period: str, corrects: int | None) -> None:
        if self.releases and not plan.extends(earlier=self.releases[-1].plan):
            raise Unsafe(
                "Planens kategorier är fasta och skyddet får aldrig sänkas: en annan indelning kräver en ny serie."
            )
        same = [r.number for r in self.releases if r.period == period]
        if corrects is None and same:
            raise Unsafe("Perioden är redan redovisad: en ändring är en rättelse som säger vad den rättar.")
        if corrects is not None and corrects not in same:
            raise Unsafe("Rättelsen nämner ingen tidigare redovisning av samma period.")
        if corrects is None and any(period < r.period for r in self.releases):
            raise Unsafe("En senare period är redan redovisad: den här perioden redovisas inte.")

    def _require_unbroken(self, series: Series, when: str) -> None:
        for part in series.parts():
            if not part.audit.has_witness():
                raise Unsafe("Uppgifterna motsäger varandra eller det som redan är känt.")
        found: tuple[Part, Break] | None = first_break(series=series)
        if found is not None:
            raise _unsafe(series, found[0], found[1], when)


def _answer(series: Series, slot: int, plan: Plan, truths: Sequence[int], progress: Progress) -> list[Answer]:
    """Decide what to print: what the plan prints at once by the display map, then the rest count by count."""
    cells = plan.cells()
    answers: dict[int, Answer] = {}
    for stage in plan.at_once():
        _print_at_once(series, slot, plan, {p: truths[p] for p in stage}, answers)
    for position in range(len(cells)):
        progress(len(answers), len(cells))
        if position not in answers:
            part = series.part_of(slot=slot, position=position)
            count = part.numbers[slot, position]
            answer = stepwise(audit=part.audit, count=count, truth=truths[position], display=plan.display)
            series.say(slot=slot, position=position, low=answer.low, high=answer.high)
            answers[position] = answer
    return [answers[position] for position in range(len(cells))]


def _print_at_once(
    series: Series, slot: int, plan: Plan, truths: Mapping[int, int], answers: dict[int, Answer]
) -> None:
    """Print counts by the display map; a part of the population that would not be safe is silent altogether.

    When there is but one part, its silence is that of the release.
    """
    for position, truth in truths.items():
        answers[position] = whole(truth=truth, display=plan.display)
        series.say(slot=slot, position=position, low=answers[position].low, high=answers[position].high)
    for part in series.parts():
        found = part.audit.first_break()
        if found is None:
            continue
        if len(series.parts()) == 1:
            raise _unsafe(series, part, found, "tillsammans med det som är känt")
        for position in truths:
            if (slot, position) in part.numbers:
                series.take_back(slot=slot, position=position)
                answers[position] = SILENT


def _unsafe(series: Series, part: Part, found: Break, when: str) -> Unsafe:
    return Unsafe(
        broken(series=series, part=part, found=found, when=when),
        sides=series.labels(part=part, protected=found.protected),
        insiders=found.insiders,
        known=found.known,
    )


def _require_truth_inside(series: Series, slot: int, truths: Sequence[int]) -> None:
    for position, truth in enumerate(truths):
        part = series.part_of(slot=slot, position=position)
        span = part.audit.reach(protected=Protected(part.numbers[slot, position], None))
        if span is None or not span[0] <= truth <= span[1]:
            raise Unsafe(
                "Ett antal ligger utanför vad tidigare redovisningar och reglerna mellan dem tillåter."
            )


def _count(plan: Plan, rows: Mapping[tuple[Value, ...], int], where: Where) -> int:
    places = [(list(plan.dims).index(name), frozenset(values)) for name, values in where.items()]
    return sum(n for row, n in rows.items() if all(row[i] in values for i, values in places))


def is_shown(*, releases: Sequence[Release], witnesses: Witnesses) -> bool:
    """Say whether the witness data sets show by re-tabulation that the releases keep their promise."""
    series = Series(plan=releases[-1].plan, slots=slots_of(releases=releases))
    replay(series=series, releases=releases)
    parts = series.parts()
    return len(parts) == len(witnesses) and all(
        part.audit.is_shown_by(points=_table(points), rules=_table(rules), parted=_table(parted))
        for part, (points, rules, parted) in zip(parts, witnesses, strict=True)
    )


def _witnesses(part: Part) -> tuple[Numbers, Numbers, Numbers]:
    audit = part.audit
    parted = tuple(row for parting in audit.partings.values() for row in parting.written())
    return _numbers(audit.witnesses.points), _numbers(audit.rules[1:]), parted


def _table(rows: Numbers) -> npt.NDArray[np.int64]:
    return np.array(rows, dtype=np.int64)


def _numbers(rows: Iterable[npt.NDArray[np.int64]]) -> Numbers:
    return tuple(tuple(int(x) for x in row) for row in rows)
