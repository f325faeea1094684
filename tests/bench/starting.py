"""What it costs to start: processor time and memory of a fresh process until Django is set up, beside a new project."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from tests.bench.ratios import Compared, against, measure

ROUNDS = 15
GOAL, GOAL_MEGABYTES = 1.2, 20.0
START = r"""
import re, time
import django
django.setup()
spent = time.process_time()
print(spent, int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


def compare() -> list[Compared]:
    """Measure both kinds of process; the settings of the installation take their values from this process's."""
    # The kernel's own peak of the new program: getrusage would give that of the process it was forked from.
    memory: dict[str, list[float]] = {"floor": [], "start-up": []}
    variants = {
        "floor": _started("tests.bench.floor.settings", memory["floor"]),
        "start-up": _started("config.settings", memory["start-up"]),
    }
    measured = measure(variants, rounds=ROUNDS)
    more = tuple(ours - floor for ours, floor in zip(memory["start-up"], memory["floor"], strict=True))
    return [
        *against(measured, base="floor", goals={"start-up": GOAL}),
        Compared("memory after start-up, beyond the floor's", more, GOAL_MEGABYTES, " MB"),
    ]


def _started(settings: str, memory: list[float]) -> Callable[[], float]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}

    def seconds() -> float:
        done = subprocess.run(
            [sys.executable, "-c", START],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        spent, megabytes = map(float, done.stdout.split())
        memory.append(megabytes)
        return spent

    return seconds
