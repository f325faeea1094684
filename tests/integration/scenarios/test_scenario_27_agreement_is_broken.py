"""Scenario 27: the agreement is broken. The breach is written down, a supervisor chooses what it leads to, and nothing
is closed by itself; also when the agreement ends, the case and what has been decided go on."""

from __future__ import annotations

import pytest

from cases.access import Refused
from cases.queries.agreements import has_signed_agreement
from cases.queries.decisions import has_decision_in_force
from tests.cast import NOW
from tests.universe import World
from tests.universe.agreements import breach, decide, signed
from tests.universe.decisions import signed as decided


def test_scenario_27_agreement_is_broken(cast, case, opened):
    world, today = World(cast, case, opened), NOW.date()
    decided(world)
    agreement = signed(world)
    first, second = breach(world, agreement), breach(world, agreement)
    with pytest.raises(Refused):
        decide(world, first, by=cast.worker, consequence="end")
    decide(world, first, consequence="talk")
    with opened(cast.worker) as (found, _):
        assert has_signed_agreement(found, today)
    decide(world, second, consequence="end")
    with opened(cast.worker) as (found, _):
        assert not has_signed_agreement(found, today)
        assert has_decision_in_force(found, today)
        assert (found.case.closed_on, found.case.stage) == (None, "intake")
