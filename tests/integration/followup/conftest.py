"""The engine works in the test's own process, which starts none and takes a tenth of the time.

`engine_apart` keeps the process of its own; tests/unit/disclosure/test_apart.py tests that process by itself.
"""

from __future__ import annotations

import pytest

from followup.disclosure import apart, reading
from followup.disclosure.ledger import Refused
from followup.disclosure.release import canonical
from tests.followup_made import make_agreement


@pytest.fixture
def agreement(cast):
    """The agreement that the follow-up serves."""
    return make_agreement(cast)


@pytest.fixture(autouse=True)
def engine_here(request, monkeypatch):
    """Ask the engine without a process of its own; what it raises is a refusal, as when the process falls."""
    if request.node.get_closest_marker("engine_apart"):
        return

    def ask(question, data, seconds, progress, is_cancelled):
        try:
            answer = apart._verify(data) if question == "verify" else apart._propose(data, progress)
        except Exception as error:
            raise Refused("Beräkningen avbröts") from error
        return reading.parse(text=canonical(content=answer))

    monkeypatch.setattr(apart, "_ask", ask)
