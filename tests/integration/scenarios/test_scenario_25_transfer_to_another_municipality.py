"""Scenario 25: a move to another municipality. A written request, IVO after a month, only what is needed sent, a
child's inquiry kept until it is finished, and then a case that can only be read."""

from __future__ import annotations

from datetime import date

import pytest

from cases.access import Refused
from cases.actions.transfers import InquiryMustBeFinished
from cases.models import Task
from cases.policies import Question, Refusal
from tests.cast import make_case
from tests.universe import World
from tests.universe.consents import give
from tests.universe.law_clocks import clock
from tests.universe.transfers import answer, ask, hand_over, refer

CHILD = {"birth_date": date(2012, 5, 1), "identity_kind": "unknown", "identity_number": ""}


def test_scenario_25_transfer_to_another_municipality(cast, opened):
    case = make_case(worker=cast.worker, **CHILD)
    world = World(cast, case, lambda user: opened(user, which=case))
    inquiry, transfer = clock(world), ask(world)
    assert Task.objects.get(about=transfer.pk, ended="").due_on == date(2026, 4, 2)
    refer(world, transfer)
    assert not Task.objects.filter(about=transfer.pk, ended="").exists()
    answer(world, transfer, on=date(2026, 4, 20), version=2)
    with pytest.raises(InquiryMustBeFinished):
        hand_over(world, transfer, version=3)
    world.call(cast.supervisor, "law_clocks.drop", task=inquiry, reason="Utredningen är avslutad.")
    done = hand_over(world, transfer, version=3)
    with opened(cast.worker, which=case) as (found, _):
        assert done.sent == "Gällande beslut och planen. Inga anteckningar."
        assert found.may(Question.READ)
        assert not found.may(Question.WRITE_NOTE)
    with pytest.raises(Refused) as refusal:
        give(world)
    assert refusal.value.verdict.refusal == Refusal.TRANSFERRED
