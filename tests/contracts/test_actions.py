"""Every action takes who and when, and writes exactly one leaf. The list of actions is read from the code."""

from __future__ import annotations

import inspect

import pytest
from django.db.models import Q

from audit.models import Leaf
from tests.universe import ACTIONS, World, scenarios

SCENARIOS = scenarios()
# Opening what is acted on leaves a leaf of its own; a question about persons is an act, though it only reads.
ACTS = ~Q(kind="read") | Q(event="person.asked_about")


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_action_takes_actor_and_time_by_keyword(name):
    parameters = inspect.signature(ACTIONS[name]).parameters.values()
    assert {"by", "now"} <= {parameter.name for parameter in parameters}
    assert all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters)


def test_every_action_has_a_scenario():
    assert set(SCENARIOS) == set(ACTIONS)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_action_writes_exactly_one_leaf(name, cast, case, opened):
    act = SCENARIOS[name](World(cast, case, opened))
    before = Leaf.objects.filter(ACTS).count()
    act()
    assert Leaf.objects.filter(ACTS).count() == before + 1
