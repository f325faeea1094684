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
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from followup.disclosure import files, reading
from followup.disclosure.check import reachable
from followup.disclosure.ledger import Ledger, Progress, Refused, Witnesses, is_shown, nobody_listens
from followup.disclosure.release import Release, canonical, read_release
from followup.disclosure.series import Series, replay, slots_of

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_ROOT: Final = Path(__file__).resolve().parents[2]
_LOOK_EVERY: Final = 0.5
_FULL: Final = 65_536


class Cancelled(Exception):
    """Somebody no longer wants the answer: forget the proposal."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an attacker who knows nobody can prove of one protected count of the release."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A release that passed in the other process, with its witnesses compressed (as secret as a case)."""

    release: Release
    witnesses: bytes
    reach: tuple[Reach, ...]


def propose_apart(
    *,
    counts: bytes,
    seconds: float,
    progress: Progress = nobody_listens,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Frozen:
    """Judge the last period of a file of counts after its earlier releases.

    Raises Refused on any doubt, and Cancelled when ``is_cancelled`` says so meanwhile.
    """
    found = _ask("propose", counts, seconds, progress, is_cancelled)
    try:
        if found.get("refused"):
            raise Refused(str(found["refused"]))
        return Frozen(
            release=read_release(data=canonical(content=found["release"])),
            witnesses=base64.b64decode(found["witnesses"], validate=True),
            reach=tuple(Reach(str(name), int(low), int(high)) for name, low, high in found["reach"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("Svaret från beräkningen gick inte att läsa: ingenting släpps.") from error


def verify_apart(*, releases: Sequence[Release], witnesses: bytes, seconds: float) -> None:
    """Re-tabulate the witness data sets against everything released; raises Refused unless they show that the
    promise holds.
    """
    content = {
        "releases": reading.parse(text=files.bundle(releases=releases)),
        "witnesses": base64.b64encode(witnesses).decode(),
    }
    found = _ask("verify", canonical(content=content), seconds, nobody_listens, lambda: False)
    if found.get("shown") is not True:
        raise Refused("Beviset håller inte vid kontrollräkningen: ingenting släpps.")


def _ask(
    question: str, data: bytes, seconds: float, progress: Progress, is_cancelled: Callable[[], bool]
) -> dict[str, Any]:
    told, tell = os.pipe()
    os.set_blocking(told, False)
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, nothing from outside
            [sys.executable, "-m", "followup.disclosure.apart", question, str(tell)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(_THREADS, "1")},
            cwd=_ROOT,
            pass_fds=[tell],
        )
        with process:
            try:
                answer = _wait(process, data, seconds, lambda: _hear(told, progress), is_cancelled)
            finally:
                process.kill()
    finally:
        os.close(told)
        os.close(tell)
    if process.returncode != 0:
        raise Refused("Beräkningen avbröts: ingenting släpps.")
    try:
        return reading.mapping(of=reading.parse(text=answer), at="answer")
    except reading.Malformed as error:
        raise Refused("Svaret från beräkningen gick inte att läsa: ingenting släpps.") from error


def _wait(
    process: subprocess.Popen[bytes],
    data: bytes,
    seconds: float,
    listen: Callable[[], None],
    is_cancelled: Callable[[], bool],
) -> bytes:
    ends, given = time.monotonic() + seconds, data
    while True:
        left = ends - time.monotonic()
        try:
            answer: bytes = process.communicate(input=given, timeout=max(0.0, min(_LOOK_EVERY, left)))[0]
        except subprocess.TimeoutExpired:
            given = b""  # what was begun is gone on with
            listen()
            if is_cancelled():
                raise Cancelled from None
            if left <= 0:
                raise Refused("Beräkningen blev inte klar i tid: ingenting släpps.") from None
        else:
            listen()
            if is_cancelled():
                raise Cancelled
            return answer


def _hear(told: int, progress: Progress) -> None:
    """Pass on the last whole line that the other process has said, if it has said any since."""
    try:
        lines = os.read(told, _FULL).decode("ascii").split("\n")[:-1]
    except BlockingIOError:
        return
    if lines:
        decided, counts = lines[-1].split()
        progress(int(decided), int(counts))


def _propose(data: bytes, progress: Progress) -> dict[str, Any]:
    counts = files.read_counts(data=data)
    if len(counts.wanted) != 1:
        raise reading.Malformed("releases: en period åt gången")
    wanted = counts.wanted[0]
    try:
        passed = Ledger(counts.earlier).propose(
            plan=counts.plan,
            period=wanted.period,
            rows=wanted.rows,
            elsewhere=wanted.elsewhere,
            corrects=wanted.corrects,
            progress=progress,
        )
    except Refused as refused:
        return {"refused": str(refused)}
    return {
        "release": reading.parse(text=passed.release.to_bytes()),
        "witnesses": base64.b64encode(zlib.compress(json.dumps(passed.witnesses).encode(), 9)).decode(),
        "reach": _reach((*counts.earlier, passed.release)),
    }


def _reach(releases: Sequence[Release]) -> list[tuple[str, int, int]]:
    series = Series(plan=releases[-1].plan, slots=slots_of(releases=releases))
    replay(series=series, releases=releases)
    return list(reachable(series=series, slot=series.slot_of(release=len(releases) - 1)))


def _verify(data: bytes) -> dict[str, Any]:
    found = reading.mapping(of=reading.parse(text=data), at="file")
    releases = files.read_released(data=canonical(content=found["releases"]))
    witnesses: Witnesses = json.loads(zlib.decompress(base64.b64decode(found["witnesses"], validate=True)))
    return {"shown": is_shown(releases=releases, witnesses=witnesses)}


def main(*, question: str, tell: int) -> None:
    """Answer one question on standard output; what is decided so far is told on another pipe meanwhile."""
    parent = os.getppid()

    def progress(decided: int, counts: int) -> None:
        if os.getppid() != parent:
            sys.exit(1)  # whoever asked is gone
        os.write(tell, f"{decided} {counts}\n".encode("ascii"))

    data = sys.stdin.buffer.read()
    answer = _verify(data) if question == "verify" else _propose(data, progress)
    sys.stdout.buffer.write(canonical(content=answer))


if __name__ == "__main__":
    main(question=sys.argv[1], tell=int(sys.argv[2]))
