"""What does not hold with a provider, and what that does to a choice: the whole table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.catalogue.provider_rules import RULES, Answer, Fault, answer, faults_on

DAY = date(2026, 3, 2)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
SOUND = {
    "contract_from": DAY,
    "contract_to": DAY,
    "needs_permit": True,
    "permit_number": "PROV-1",
    "permit_until": DAY,
    "checked_on": BEFORE,
}


def test_provider_whose_contract_and_permit_hold_to_the_day_has_no_fault():
    assert faults_on(DAY, **SOUND) == ()


@pytest.mark.parametrize("name", ["contract_to", "permit_until"])
def test_contract_and_permit_without_a_last_day_go_on(name):
    assert (
        faults_on(AFTER + timedelta(days=9999), **{**SOUND, "contract_to": None, "permit_until": None}) == ()
    )
    assert faults_on(DAY, **{**SOUND, name: None}) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"contract_from": AFTER, "contract_to": AFTER}, Fault.NO_CONTRACT_YET),
        ({"contract_from": BEFORE, "contract_to": BEFORE}, Fault.CONTRACT_ENDED),
        ({"permit_number": " "}, Fault.NO_PERMIT),
        ({"permit_until": BEFORE}, Fault.PERMIT_ENDED),
        ({"checked_on": None}, Fault.NEVER_CHECKED),
    ],
)
def test_each_fault_is_found_blocks_a_placement_and_warns_for_an_open_intervention(changes, fault):
    found = faults_on(DAY, **{**SOUND, **changes})
    assert found == (fault,)
    assert answer(found, is_placement=True) == Answer.BLOCK
    assert answer(found, is_placement=False) == Answer.WARN


def test_permit_is_not_asked_for_where_none_is_needed():
    assert (
        faults_on(DAY, **{**SOUND, "needs_permit": False, "permit_number": "", "permit_until": BEFORE}) == ()
    )


def test_no_fault_needs_no_answer():
    assert answer((), is_placement=True) is None


def test_strictest_answer_wins(monkeypatch):
    rule = RULES[Fault.NEVER_CHECKED]
    monkeypatch.setitem(RULES, Fault.NEVER_CHECKED, type(rule)(rule.text, Answer.WARN, Answer.WARN))
    assert answer((Fault.NEVER_CHECKED,), is_placement=True) == Answer.WARN
    assert answer((Fault.NEVER_CHECKED, Fault.NO_PERMIT), is_placement=True) == Answer.BLOCK


def test_every_fault_has_its_rule():
    assert set(RULES) == set(Fault)
