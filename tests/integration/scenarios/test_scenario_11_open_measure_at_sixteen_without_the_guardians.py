"""Scenario 11: a client aged 16 gets an open measure without the guardians' consent, with the reason why it suits;
a placement is refused without them."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.decisions import AgeForbids
from cases.ages import Missing
from tests.cast import make_case
from tests.universe import World
from tests.universe.decisions import COMMITTEE, GRANT, draft, sign
from tests.universe.delegations import give

SIXTEEN = {"birth_date": date(2010, 1, 15), "identity_kind": "unknown", "identity_number": ""}


@pytest.fixture
def world(cast, opened):
    case = make_case(worker=cast.worker, **SIXTEEN)
    world = World(cast, case, lambda user: opened(user, which=case))
    give(world, provision="sol_21_1")
    return world


def forbidden(world, row) -> Missing:
    with pytest.raises(AgeForbids) as refusal:
        sign(world, row)
    missing = refusal.value.verdict.missing
    assert missing is not None
    return missing


def test_scenario_11_open_measure_is_allowed_when_it_says_why_it_suits(world):
    said = {**GRANT, "guardian_consents": False}
    assert forbidden(world, draft(world, code="sol_21_1", **said)) == Missing.SUITABILITY
    said["suitability"] = "Hon söker själv stöd, och att vårdnadshavarna får veta vore en fara."
    assert sign(world, draft(world, code="sol_21_1", **said)).is_signed


def test_scenario_11_placement_is_refused_without_the_guardians(world):
    said = {**GRANT, **COMMITTEE, "measure": "placement", "suitability": "Hon vill det själv."}
    row = draft(world, code="sol_22_placement", **said, guardian_consents=False)
    assert forbidden(world, row) == Missing.GUARDIAN
    row = draft(world, code="sol_22_placement", **said, guardian_consents=True)
    assert sign(world, row).is_signed


def test_scenario_11_child_lives_in_protected_housing_with_a_guardian_alone(world):
    said = {**GRANT, **COMMITTEE, "measure": "protected_housing", "guardian_consents": True}
    row = draft(world, code="sol_22_5", **said, with_guardian=False)
    assert forbidden(world, row) == Missing.GUARDIAN
    assert sign(world, draft(world, code="sol_22_5", **said, with_guardian=True)).is_signed
