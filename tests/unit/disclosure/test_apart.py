"""The engine in a process of its own: it answers like the ledger, tells how far it has come, and fails closed."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib

import pytest

from followup.disclosure import apart, files
from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import read_plan
from followup.disclosure.release import canonical

DIMS = {"kön": ["man", "kvinna"], "utfall": ["pågår", "klar"]}
PLAN = {"name": "halvår", "version": 1, "method": "whole", "k": 5, "m": 2, "dims": DIMS,
        "tables": [[], ["kön"], ["utfall"]], "cumulative": [{}]}  # fmt: skip
PEOPLE = {("man", "pågår"): 18, ("kvinna", "pågår"): 3, ("man", "klar"): 9}
ROWS = [{"kön": kön, "utfall": utfall, "n": n} for (kön, utfall), n in PEOPLE.items()]
COUNTS = canonical(
    content={"format": files.COUNTS, "plan": PLAN, "releases": [{"period": "2025H1", "rows": ROWS}]}
)


@pytest.fixture(scope="module")
def frozen() -> apart.Frozen:
    return apart.propose_apart(counts=COUNTS, seconds=120)


def answering(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Let another program stand in for the engine."""
    started = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **rest: started([sys.executable, "-c", *words], **rest)
    )


def test_process_of_its_own_releases_what_the_ledger_releases(frozen: apart.Frozen) -> None:
    passed = Ledger().propose(plan=read_plan(content=PLAN), period="2025H1", rows=PEOPLE)
    assert frozen.release == passed.release
    assert "Antalet kön=kvinna 2025H1" in {reach.name for reach in frozen.reach}
    assert all(reach.high - reach.low >= 4 for reach in frozen.reach)


def test_witnesses_are_verified_by_another_process_and_damaged_ones_refused(frozen: apart.Frozen) -> None:
    apart.verify_apart(releases=[frozen.release], witnesses=frozen.witnesses, seconds=120)
    for damaged in (zlib.compress(b"[[[1, 2, 3]]]"), zlib.compress(b"[]"), b"", frozen.witnesses[:-9]):
        with pytest.raises(Refused):
            apart.verify_apart(releases=[frozen.release], witnesses=damaged, seconds=120)


def test_progress_is_told_and_a_wish_to_cancel_is_obeyed() -> None:
    told: list[tuple[int, int]] = []
    apart.propose_apart(counts=COUNTS, seconds=120, progress=lambda *far: told.append(far))
    assert told[-1] == (5, 5)
    with pytest.raises(apart.Cancelled):
        apart.propose_apart(counts=COUNTS, seconds=120, is_cancelled=lambda: True)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import time; time.sleep(60)", "inte klar"),
        ("raise SystemExit(3)", "avbröts"),
        ("import os; os.kill(os.getpid(), 9)", "avbröts"),
        ("print('{}')", "läsa"),
        ("print('tack')", "läsa"),
        ("print('[]')", "läsa"),
        ("""print('{"release": 1, "witnesses": 2, "reach": 3}')""", "läsa"),
    ],
)
def test_whatever_goes_wrong_is_a_refusal(program: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, program)
    with pytest.raises(Refused, match=reason):
        apart.propose_apart(counts=COUNTS, seconds=1.5)


def test_no_process_is_left_of_what_was_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    started = subprocess.Popen

    def remembering(_: object, **rest: object) -> subprocess.Popen[bytes]:
        begun.append(started([sys.executable, "-c", "import time; time.sleep(60)"], **rest))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", remembering)
    with pytest.raises(apart.Cancelled):
        apart.propose_apart(counts=COUNTS, seconds=60, is_cancelled=lambda: True)
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0].pid, 0)


def test_what_cannot_be_read_is_a_refusal() -> None:
    with pytest.raises(Refused, match="avbröts"):
        apart.propose_apart(counts=b"{}", seconds=120)
