"""Runs the engine in a process of its own, with one thread and a limit, so that nothing else waits or falls
with it.

The solver is not safe in a server with threads. Counts go in and released files come out through pipes,
never through the disk. Whatever goes wrong (a limit, a crash, an answer that cannot be read) is a refusal.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from followup.disclosure import files, reading
from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.release import Release, canonical, read_release

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A release that passed in the other process, with its witnesses compressed (as secret as a case)."""

    release: Release
    witnesses: bytes


def propose_apart(*, counts: bytes, seconds: float) -> Frozen:
    """Judge the last period of a file of counts after its earlier releases; raises Refused on any doubt."""
    environment = {**os.environ, **dict.fromkeys(_THREADS, "1")}
    command = [sys.executable, "-m", "followup.disclosure.apart"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell, no argument from outside
            command,
            input=counts,
            capture_output=True,
            timeout=seconds,
            env=environment,
            cwd=_ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("Beräkningen blev inte klar i tid: ingenting släpps.") from error
    if done.returncode != 0:
        raise Refused("Beräkningen avbröts: ingenting släpps.")
    try:
        found = reading.mapping(of=reading.parse(text=done.stdout), at="answer")
        if found.get("refused"):
            raise Refused(str(found["refused"]))
        release = read_release(data=canonical(content=found["release"]))
        return Frozen(release=release, witnesses=base64.b64decode(found["witnesses"], validate=True))
    except (KeyError, ValueError) as error:
        raise Refused("Svaret från beräkningen gick inte att läsa: ingenting släpps.") from error


def _answer(data: bytes) -> dict[str, Any]:
    counts = files.read_counts(data=data)
    if len(counts.wanted) != 1:
        raise reading.Malformed("releases: one period at a time")
    wanted = counts.wanted[0]
    try:
        passed = Ledger(counts.earlier).propose(
            plan=counts.plan,
            period=wanted.period,
            rows=wanted.rows,
            elsewhere=wanted.elsewhere,
            corrects=wanted.corrects,
        )
    except Refused as refused:
        return {"refused": str(refused)}
    packed = zlib.compress(json.dumps(passed.witnesses).encode(), 9)
    return {
        "release": reading.parse(text=passed.release.to_bytes()),
        "witnesses": base64.b64encode(packed).decode(),
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(canonical(content=_answer(sys.stdin.buffer.read())))
