"""The released file: open JSON in one canonical form, numbered and chained by hash.

Every byte counts: a file that is not exactly the canonical form of its own content, whose hash is not its
own or which does not follow the one before it is refused. It must never hold more than is printed: no true
count, no witness, no reason for a refusal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from followup.disclosure import reading
from followup.disclosure.display import HIDDEN, Display
from followup.disclosure.plan import Plan, read_plan
from followup.disclosure.reading import Malformed, Where
from followup.disclosure.search import CAP

FORMAT: Final = "avhopp-release/1"
START: Final = "0" * 64
NOTE: Final = (
    "Antal avrundas till närmaste femtal. '..' betyder att antalet är litet eller inte redovisas; det är inte noll. "
    "Ett spann som '13–22' betyder att antalet ligger däri. Delarna summerar därför inte alltid till totalen."
)  # fmt: skip
_KEYS: Final = (
    "format",
    "number",
    "period",
    "corrects",
    "plan",
    "previous",
    "elsewhere",
    "cells",
    "note",
    "sha256",
)


class Broken(ValueError):
    """The chain of released files does not hold: a file was changed, left out or put in the wrong place."""


@dataclass(frozen=True, slots=True)
class Said:
    """One published cell: what was printed and what it says (high None: no upper limit)."""

    labels: tuple[tuple[str, reading.Value], ...]
    printed: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure already known from minutes, an answer or the press; it counts as if we had printed it."""

    period: str
    where: Where
    low: int
    high: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Release:
    """One frozen release."""

    number: int
    period: str
    corrects: int | None
    plan: Plan
    previous: str
    elsewhere: tuple[Elsewhere, ...]
    cells: tuple[Said, ...]

    @property
    def sha256(self) -> str:
        """Return the hash of everything in the file but the hash itself."""
        return hashlib.sha256(canonical(content=_content(self))).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the released file."""
        return canonical(content={**_content(self), "sha256": self.sha256})


def canonical(*, content: Any) -> bytes:
    """Return the one way to write a content: sorted keys, two spaces, UTF-8, one line feed at the end."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode()


def read_release(*, data: bytes) -> Release:
    """Read one released file; raises Broken when any byte is not as it was released."""
    found = reading.mapping(of=reading.parse(text=data), at="file")
    reading.keys(of=found, required=_KEYS, optional=(), at="file")
    if found["format"] != FORMAT:
        raise Malformed(f"file: format ska vara {FORMAT}")
    plan = read_plan(content=found["plan"])
    corrects = found["corrects"]
    release = Release(
        number=reading.whole(of=found["number"], at="number", least=1),
        period=reading.text(of=found["period"], at="period"),
        corrects=None if corrects is None else reading.whole(of=corrects, at="corrects", least=1),
        plan=plan,
        previous=reading.text(of=found["previous"], at="previous"),
        elsewhere=tuple(
            read_elsewhere(content=item, plan=plan, at=f"elsewhere[{i}]")
            for i, item in enumerate(reading.array(of=found["elsewhere"], at="elsewhere"))
        ),
        cells=tuple(
            _said(item, f"cells[{i}]") for i, item in enumerate(reading.array(of=found["cells"], at="cells"))
        ),
    )
    if release.to_bytes() != data or found["sha256"] != release.sha256:
        raise Broken("filen har ändrats sedan den redovisades")
    if [cell.labels for cell in plan.cells()] != [said.labels for said in release.cells]:
        raise Broken("uppgifterna är inte planens")
    for said in release.cells:
        _require_printed(said, plan.display)
    return release


def _require_printed(said: Said, display: Display) -> None:
    """Refuse a cell whose symbol tells the reader anything else than its ends say."""
    if said.high is None:
        agrees = (said.printed, said.low) == (HIDDEN, 0)
    else:
        first, last = display.bucket(count=said.low), display.bucket(count=said.high)
        borders = (display.low(bucket=first), min(CAP, display.high(bucket=last)))
        agrees = borders == (said.low, said.high) and display.printed(first=first, last=last) == said.printed
    if not agrees:
        raise Broken(f"en uppgift visar {said.printed} och säger något annat")


def require_chain(*, releases: Sequence[Release]) -> None:
    """Refuse releases that are not numbered 1, 2, 3 and so on, each naming the hash of the one before."""
    before = START
    for number, release in enumerate(releases, start=1):
        if release.number != number:
            raise Broken(f"redovisning {number} saknas")
        if release.previous != before:
            raise Broken(f"redovisning {number} följer inte på den före: någon av dem är ändrad eller utbytt")
        earlier = releases[: number - 1]
        if earlier and not release.plan.extends(earlier=earlier[-1].plan):
            raise Broken(f"redovisning {number} räknar annorlunda eller lovar mindre än den före")
        if release.corrects is None and any(release.period <= known.period for known in earlier):
            raise Broken(f"redovisning {number} gäller en period som redan var passerad")
        before = release.sha256


def read_elsewhere(*, content: Any, plan: Plan, at: str) -> Elsewhere:
    """Read a figure that is known from elsewhere."""
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("period", "where", "lo", "hi", "source"), optional=(), at=at)
    low, high = _ends(found, at)
    return Elsewhere(
        period=reading.text(of=found["period"], at=f"{at}.period"),
        where=reading.where(of=found["where"], dims=plan.dims, at=f"{at}.where"),
        low=low,
        high=high,
        source=reading.text(of=found["source"], at=f"{at}.source"),
    )


def _ends(found: dict[str, Any], at: str) -> tuple[int, int | None]:
    low = reading.whole(of=found["lo"], at=f"{at}.lo", least=0)
    high = None if found["hi"] is None else reading.whole(of=found["hi"], at=f"{at}.hi", least=low)
    if high is not None and high > CAP:
        raise Malformed(f"{at}.hi: så många finns inte")
    return low, high


def _said(content: Any, at: str) -> Said:
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("cell", "printed", "lo", "hi"), optional=(), at=at)
    labels = []
    for pair in reading.array(of=found["cell"], at=f"{at}.cell"):
        match reading.array(of=pair, at=f"{at}.cell"):
            case [str(name), str() | int() as value]:
                labels.append((name, value))
            case _:
                raise Malformed(f"{at}.cell: par av dimension och kategori")
    low, high = _ends(found, at)
    return Said(tuple(labels), reading.text(of=found["printed"], at=f"{at}.printed"), low, high)


def _content(release: Release) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": release.number,
        "period": release.period,
        "corrects": release.corrects,
        "plan": release.plan.content,
        "previous": release.previous,
        "elsewhere": [
            {"period": e.period, "where": e.where, "lo": e.low, "hi": e.high, "source": e.source}
            for e in release.elsewhere
        ],
        "cells": [
            {"cell": said.labels, "printed": said.printed, "lo": said.low, "hi": said.high}
            for said in release.cells
        ],
        "note": NOTE,
    }
