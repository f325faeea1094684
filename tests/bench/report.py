"""The table of `make bench` and its place in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.bench.ratios import Compared, Verdict

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"


def table(results: Iterable[Compared]) -> str:
    """Every comparison as a line of Markdown."""
    lines = [
        "| What | Base | Of the base: median [p10..p90] | p25 | Goal | Verdict |",
        "|---|---|---|---|---|---|",
    ]
    for found in results:
        spread = f"{found.percentile(10):.2f}..{found.percentile(90):.2f}"
        goal = "–" if found.goal is None else f"≤ {found.goal:g}{found.unit}"
        floor = "–" if found.base is None else f"{found.base * 1000:.1f} ms"
        lines.append(
            f"| {found.what} | {floor} | **{found.median:.2f}{found.unit}** [{spread}] | {found.percentile(25):.2f} "
            f"| {goal} | {found.verdict.value or '–'} |"
        )
    return "\n".join(lines) + "\n"


def write(results: Iterable[Compared]) -> None:
    """Put the table between its marks in the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}{table(results)}{END}{after}", encoding="utf-8")


def status(results: Iterable[Compared]) -> int:
    """1 when a goal is missed by more than the spread."""
    return int(any(found.verdict is Verdict.MISSED for found in results))
