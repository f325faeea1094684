"""Scenario 22: somebody who lacks the delegation for this provision signs, and is refused; one who has it signs."""

from __future__ import annotations

import pytest

from cases.access import Refused
from cases.models import Decision
from cases.policies import Refusal
from tests.universe import World
from tests.universe.decisions import draft, sign
from tests.universe.delegations import give


def test_scenario_22_approver_lacks_delegation_for_this_provision(cast, case, opened):
    world = World(cast, case, opened)
    give(world, delegate=cast.worker, provision="sol_13_2")
    give(world, delegate=cast.worker, provision="sol_11_1", deputy_for=cast.colleague)
    wrong, right = draft(world, code="sol_13_8"), draft(world, code="sol_11_1")
    with pytest.raises(Refused) as refusal:
        sign(world, wrong)
    assert refusal.value.verdict.refusal == Refusal.NO_DELEGATION
    assert Decision.objects.get(pk=wrong.pk).number is None
    assert sign(world, right).delegation.provision == "sol_11_1"
