"""The check that anybody can run: released files in, what an attacker can reach out, nothing else needed.

It re-tabulates nothing but what was printed and searches for its own witness data sets. It must never call
a series safe because it was short of time, files or proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from followup.disclosure.release import Broken, Release, require_chain
from followup.disclosure.series import Series, first_break, replay, slots_of
from followup.disclosure.wording import broken, protected_name


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the promise holds, and where it breaks if it does not."""

    holds: bool
    reason: str
    series: Series


def check(*, releases: Sequence[Release]) -> Verdict:
    """Judge a whole series; raises Broken when one is missing or was exchanged."""
    ordered = sorted(releases, key=lambda release: release.number)
    require_chain(releases=ordered)
    if not ordered:
        raise Broken("det finns ingen redovisning att kontrollera")
    strictest = ordered[-1].plan  # the chain never promises less than before
    series = Series(plan=strictest, slots=slots_of(releases=ordered))
    replay(series=series, releases=ordered)
    if not all(part.audit.has_witness() for part in series.parts()):
        return Verdict(False, "Inga uppgifter om personer kan stämma med det som redovisats.", series)
    found = first_break(series=series)
    if found is not None:
        return Verdict(False, broken(series=series, part=found[0], found=found[1], when="ur filerna"), series)
    return Verdict(True, f"Garantin G(k={strictest.k}, m={strictest.m}) håller.", series)


def reachable(*, series: Series, slot: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Yield every protected count that could be small, with the ends that an attacker can prove for it.

    The lower end is at least, the upper end at most, what exact whole-number reasoning gives: both are
    proved. With a ``slot`` only the counts of that release are given.
    """
    for part in series.parts():
        for protected in part.audit.protected:
            if slot is not None and series.describe(part=part, protected=protected)[0][0] != slot:
                continue
            ends = part.audit.reach(protected=protected)
            if ends is not None and ends[0] < series.plan.k + series.plan.m:
                yield protected_name(series=series, part=part, protected=protected), *ends
