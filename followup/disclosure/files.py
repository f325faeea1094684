"""The files of the command line: counts that somebody wants protected, and bundles of released files.

What goes in is as secret as the cases behind it and stays with its owner; what comes out holds released
files only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from followup.disclosure import reading
from followup.disclosure.plan import Plan, read_plan
from followup.disclosure.reading import Malformed, Value
from followup.disclosure.release import Broken, Elsewhere, Release, canonical, read_elsewhere, read_release

COUNTS: Final = "avhopp-counts/1"
BUNDLE: Final = "avhopp-releases/1"
SIGNED: Final = "avhopp-signed/1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One period's persons, counted by their categories in the order of the plan's dimensions."""

    period: str
    rows: dict[tuple[Value, ...], int]
    elsewhere: tuple[Elsewhere, ...]
    corrects: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What ``protect`` reads: the plan, what was released earlier, and the periods to release."""

    plan: Plan
    earlier: tuple[Release, ...]
    wanted: tuple[Wanted, ...]


def read_counts(*, data: bytes) -> Counts:
    """Read a file of counts, or refuse it as malformed."""
    found = reading.mapping(of=reading.parse(text=data), at="file")
    reading.keys(of=found, required=("format", "plan", "releases"), optional=("earlier",), at="file")
    if found["format"] != COUNTS:
        raise Malformed(f"file: format ska vara {COUNTS}")
    plan = read_plan(content=found["plan"])
    earlier = [
        read_release(data=canonical(content=item))
        for item in reading.array(of=found.get("earlier", []), at="earlier")
    ]
    wanted = [
        _wanted(item, plan, f"releases[{i}]")
        for i, item in enumerate(reading.array(of=found["releases"], at="releases"))
    ]
    return Counts(plan=plan, earlier=tuple(earlier), wanted=tuple(wanted))


def bundle(*, releases: Sequence[Release]) -> bytes:
    """Return released files as one file."""
    contents = [reading.parse(text=release.to_bytes()) for release in releases]
    return canonical(content={"format": BUNDLE, "releases": contents})


def read_released(*, data: bytes) -> list[Release]:
    """Read a released file, a bundle of them or a signed bundle; raises Broken when any byte is not as it was released.

    Whether a note is signed only its key can tell; here it must name the releases that stand in the file.
    """
    found = reading.mapping(of=reading.parse(text=data), at="file")
    if found.get("format") not in (BUNDLE, SIGNED):
        return [read_release(data=data)]
    signed = ("note",) if found["format"] == SIGNED else ()
    reading.keys(of=found, required=("format", "releases", *signed), optional=(), at="file")
    if canonical(content=found) != data:
        raise Broken("filen har ändrats sedan den redovisades")
    items = reading.array(of=found["releases"], at="releases")
    releases = [read_release(data=canonical(content=item)) for item in items]
    if signed and not reading.text(of=found["note"], at="note").startswith(signed_text(releases=releases)):
        raise Broken("underskriften gäller andra filer: någon är ändrad, tillagd eller borttagen")
    return releases


def signed_text(*, releases: Sequence[Release]) -> str:
    """Return what is signed of a series: how many releases it has, and the hash of the last one."""
    last = releases[-1].sha256 if releases else ""
    return f"{SIGNED}\n{len(releases)}\n{last}\n"


def _wanted(content: Any, plan: Plan, at: str) -> Wanted:
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("period", "rows"), optional=("elsewhere", "corrects"), at=at)
    rows: dict[tuple[Value, ...], int] = {}
    for index, item in enumerate(reading.array(of=found["rows"], at=f"{at}.rows")):
        key, n = reading.record(of=item, dims=plan.dims, at=f"{at}.rows[{index}]")
        rows[key] = rows.get(key, 0) + n
    elsewhere = tuple(
        read_elsewhere(content=item, plan=plan, at=f"{at}.elsewhere[{i}]")
        for i, item in enumerate(reading.array(of=found.get("elsewhere", []), at=f"{at}.elsewhere"))
    )
    corrects = found.get("corrects")
    return Wanted(
        period=reading.text(of=found["period"], at=f"{at}.period"),
        rows=rows,
        elsewhere=elsewhere,
        corrects=None if corrects is None else reading.whole(of=corrects, at=f"{at}.corrects", least=1),
    )
