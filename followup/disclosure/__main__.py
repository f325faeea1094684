"""Command line: ``python -m followup.disclosure check FILE… | protect IN.json OUT.json | cases FILE.json``.

It exists so that a stranger can check what was released from the files alone. Exit code 0: the promise
holds (or the work is done), 1: it does not hold, 2: the question could not be answered. It must never print
a witness.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from followup.disclosure import cases, files
from followup.disclosure.check import check, reachable
from followup.disclosure.ledger import SILENCE, Ledger, Refused
from followup.disclosure.reading import Malformed
from followup.disclosure.release import Broken
from followup.disclosure.solver import NotProved

USAGE = """usage: python -m followup.disclosure check FILE...
       python -m followup.disclosure protect IN.json OUT.json
       python -m followup.disclosure cases FILE.json"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        match list(arguments):
            case ["cases", name]:
                return _cases(Path(name))
            case ["check", _, *_]:
                return _check([Path(name) for name in arguments[1:]])
            case ["protect", source, target]:
                return _protect(Path(source), Path(target))
    except (OSError, Malformed, Broken, NotProved, ArithmeticError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(USAGE + "\n")
    return 2


def _cases(path: Path) -> int:
    code = 0
    for found in cases.judge_file(text=path.read_bytes()):
        if isinstance(found, cases.Refused):
            sys.stderr.write(f"{found.name} refused: {found.reason}\n")
            code = 2
        else:
            sys.stdout.write(f"{found.name} {found.verdict} {json.dumps(found.interval)}\n")
    return code


def _check(paths: Sequence[Path]) -> int:
    releases = []
    try:
        for path in paths:
            releases += files.read_released(data=path.read_bytes())
        verdict = check(releases=releases)
    except (Broken, Malformed) as error:
        sys.stdout.write(f"Kedjan av filer håller inte: {error}\n")
        return 1
    if verdict.holds:
        for name, low, high in reachable(series=verdict.series):
            sys.stdout.write(f"{name}: {low}\N{EN DASH}{high}\n")
    sys.stdout.write(f"{verdict.reason}\n")
    return 0 if verdict.holds else 1


def _protect(source: Path, target: Path) -> int:
    if target.exists() and target.samefile(source):
        raise Malformed(f"{target}: det som ska skyddas skrivs inte över; ange en annan fil att skriva till")
    counts = files.read_counts(data=source.read_bytes())
    ledger, code = Ledger(counts.earlier), 0
    for wanted in counts.wanted:
        try:
            passed = ledger.propose(
                plan=counts.plan,
                period=wanted.period,
                rows=wanted.rows,
                elsewhere=wanted.elsewhere,
                corrects=wanted.corrects,
            )
        except Refused as refused:
            sys.stderr.write(f"{wanted.period}: {SILENCE} {refused}\n")
            code = 1
        else:
            ledger = ledger.with_release(release=passed.release)
    target.write_bytes(files.bundle(releases=ledger.releases))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
