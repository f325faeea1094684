"""A case moves when the other municipality takes it, by a supervisor's hand, and then can only be read."""

from __future__ import annotations

from datetime import date

import pytest

from cases.access import Refused
from cases.actions import transfers
from tests.universe import World
from tests.universe.transfers import answer, ask, hand_over, refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


def test_one_request_waits_at_a_time_and_a_refusal_ends_it(world):
    transfer = ask(world)
    with pytest.raises(transfers.AlreadyAsked):
        ask(world)
    answer(world, transfer, answer="refused")
    ask(world, municipality="En annan kommun")


def test_ivo_is_asked_after_the_month_and_not_before(world):
    transfer = ask(world)
    with pytest.raises(transfers.NotYetLate):
        refer(world, transfer, on=date(2026, 4, 2))
    refer(world, transfer, on=date(2026, 4, 3))


def test_answered_request_takes_no_other_answer(world):
    transfer = answer(world, ask(world))
    with pytest.raises(transfers.TransferOver):
        answer(world, transfer, version=2)
    with pytest.raises(transfers.TransferOver):
        refer(world, transfer, version=2)


def test_case_that_nobody_takes_is_not_handed_over(world):
    with pytest.raises(transfers.NotAccepted):
        hand_over(world, ask(world), version=1)


def test_worker_does_not_hand_over_and_the_case_is_handed_over_once(world):
    transfer = answer(world, ask(world))
    with pytest.raises(Refused):
        hand_over(world, transfer, by=world.cast.worker)
    hand_over(world, transfer)
    with pytest.raises(Refused):
        hand_over(world, transfer, version=3)
