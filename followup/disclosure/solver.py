"""Makes solvers that say nothing, use one thread and give the same answer every time.

The solver greets on standard output when a process makes its first one, whatever its options say; that output
belongs to our own answers. An option that is not accepted is an error: the solver would go on without it.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Any

import highspy


class NotProved(Exception):
    """The bound could not be proved within the limits: treat the figures as unsafe and refuse them."""


def new_solver(**options: Any) -> highspy.Highs:
    """Make a solver with these options besides ours."""
    _let_it_greet()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise NotProved(f"solver option {name} was not accepted")
    return solver


@cache
def _let_it_greet() -> None:
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
