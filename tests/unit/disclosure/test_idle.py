"""Dimensions that nothing counts by are left out only when that cannot make an attacker seem to know less."""

from __future__ import annotations

import random

import pytest

from followup.catalogue import PLANS
from followup.dimensions import DIMENSIONS, plan_content
from followup.disclosure import series
from followup.disclosure.idle import without_idle
from followup.disclosure.ledger import Ledger, Refused
from followup.disclosure.plan import Plan, read_plan

OPEN, ENDED = "pågår", "avslutat"
DIMS = {"läge": ["fråga", OPEN, ENDED], "orsak": ["mål", "annan", "ingen"], "kön": ["kvinna", "man"]}


def plan(*, tables=((), ("läge",)), cumulative=(), impossible=(), dims=None) -> Plan:
    content = {
        "name": "prov", "version": 1, "method": "mixed", "k": 5, "m": 1, "dims": dims or DIMS,
        "tables": [list(table) for table in tables], "cumulative": [dict(rule) for rule in cumulative],
        "impossible": [dict(rule) for rule in impossible],
    }  # fmt: skip
    return read_plan(content=content)


def kept(of: Plan) -> list[str]:
    return list(without_idle(plan=of, counted=[cell.where for cell in of.cells()]).dims)


@pytest.mark.parametrize("shipped", PLANS, ids=lambda each: each.code)
def test_shipped_plans_leave_out_exactly_what_they_do_not_print(shipped):
    tables = [list(table) for table in shipped.tables]
    content = plan_content(name="p", version=1, method=shipped.method, tables=tables, k=5, m=2)
    named = {"slag": "läge", "väg in": "första mötet"}
    printed = {named.get(name, name) for table in shipped.tables for name in table}
    assert kept(read_plan(content=content)) == [each.name for each in DIMENSIONS if each.name in printed]


REASONS = {"where": {"orsak": ["mål"]}}, {"where": {"orsak": ["annan"]}}
ONLY_ENDED = ({"läge": ["fråga", OPEN], "orsak": ["mål", "annan"]}, {"läge": [ENDED], "orsak": ["ingen"]})


def test_reason_is_left_out_when_what_has_ended_stays_ended():
    steady = {"where": {"läge": [ENDED]}}
    assert kept(plan(cumulative=(*REASONS, steady), impossible=ONLY_ENDED)) == ["läge"]


def test_reason_is_kept_when_it_alone_says_that_what_has_ended_stays_ended():
    assert kept(plan(cumulative=REASONS, impossible=ONLY_ENDED)) == ["läge", "orsak"]


def test_dimension_is_kept_when_its_rules_leave_nobody_somewhere():
    nowhere = ({"läge": ["fråga"], "orsak": ["mål", "annan", "ingen"]},)
    assert kept(plan(impossible=nowhere)) == ["läge", "orsak"]


def test_dimension_is_kept_when_it_joins_two_others_or_grows_crossed():
    joins = ({"läge": ["fråga"], "orsak": ["mål"]}, {"kön": ["man"], "orsak": ["annan"]})
    assert "orsak" in kept(plan(tables=((), ("läge",), ("kön",)), impossible=joins))
    crossed = ({"where": {"läge": [ENDED], "orsak": ["mål"]}},)
    assert "orsak" in kept(plan(cumulative=crossed))


def test_sets_that_overlap_do_not_make_up_one_that_never_falls():
    dims = {"läge": ["a", "b", "c"], "sort": ["x", "y"]}
    overlapping = ({"where": {"läge": ["a", "b"]}}, {"where": {"läge": ["b", "c"]}})
    given = ({"läge": ["a", "b", "c"], "sort": ["y"]},)
    rule = ({"where": {"sort": ["x"]}},)
    assert kept(plan(dims=dims, cumulative=(*overlapping, *rule), impossible=given)) == ["läge", "sort"]
    everybody = ({},)
    assert kept(plan(dims=dims, cumulative=(*overlapping, *rule, *everybody), impossible=given)) == ["läge"]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_released_is_the_same_with_every_rule_kept(seed, monkeypatch):
    """The rules that are left out change nothing: the same is printed, and the same refused."""
    steady = {"where": {"läge": [ENDED]}}
    made = plan(cumulative=({}, *REASONS, steady), impossible=ONLY_ENDED)

    def released() -> list[object]:
        chance, ledger, found = random.Random(seed), Ledger(), []
        counts = dict.fromkeys([("fråga", "ingen"), (OPEN, "ingen"), (ENDED, "mål"), (ENDED, "annan")], 0)
        for number in range(4):
            for place in counts:
                counts[place] += chance.randrange(7)
            rows = {(*place, sex): n for place, n in counts.items() for sex in ["man"]}
            try:
                passed = ledger.propose(plan=made, period=f"P{number}", rows=rows)
            except Refused as error:
                found.append(str(error))
            else:
                ledger = ledger.with_release(release=passed.release)
                found.append(passed.release.cells)
        return found

    lean = released()
    monkeypatch.setattr(series, "without_idle", lambda *, plan, counted: plan)
    assert released() == lean
