"""Scenario 25, the clock's part: a month for the other municipality; a child's inquiry is kept until it is finished."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cases import events
from cases.access import Refused
from cases.actions import law_clocks
from cases.actions.clocks import happened
from cases.actions.programme import change_standing
from cases.actions.tasks import add
from cases.actions.writing import tell
from cases.deadlines import Happening
from cases.models import Case
from cases.models.task import TaskKind
from cases.workflow import Standing
from tests.cast import make_case
from tests.integration.clocks.conftest import Life, noon

pytestmark = pytest.mark.django_db
DAY = date(2028, 1, 31)


@pytest.fixture
def life(cast):
    life = Life(cast, make_case(worker=cast.worker, at=noon(DAY), birth_date=date(2012, 9, 14)), DAY)
    life.move("inquiry")
    return life


def happen(life, what: Happening, about) -> None:
    with life.opened() as verb:
        given = {"by": verb["by"], "now": verb["now"]}
        rows = happened(case=verb["opened"].case, what=what, about=about, on=life.day, **given)
        tell(event=events.CASE_EDITED, opened=verb["opened"], rows=rows, **given)


def transfer(life) -> None:
    with life.opened(life.cast.supervisor) as verb:
        version = Case.objects.get(pk=life.case).version
        change_standing(to=Standing.TRANSFERRED, reason="Flyttat.", version=version, **verb)


def test_answer_is_waited_for_a_month_and_then_it_is_ivos(life):
    asked = uuid4()
    happen(life, Happening.TRANSFER_ASKED, asked)
    # The last of January and a month is the leap day.
    assert life.open_clocks()["transfer_reply"] == date(2028, 2, 29)
    happen(life, Happening.TRANSFER_ANSWERED, asked)
    assert "transfer_reply" not in life.open_clocks()


def test_childs_inquiry_is_kept_and_the_case_is_read_only(life, cast):
    transfer(life)
    assert set(life.open_clocks()) == {"inquiry_child"}
    given = {"kind": TaskKind.CALL, "text": "x", "due_on": DAY, "assigned_to": cast.worker.pk}
    with life.opened() as verb, pytest.raises(Refused):
        add(**given, **verb)


def test_supervisor_ends_the_kept_clock_with_a_reason_when_the_inquiry_is_finished(life, cast):
    transfer(life)
    with life.opened(cast.supervisor) as verb:
        law_clocks.drop(task=life.tasks(rule="inquiry_child")[0], reason="Utredningen är klar.", **verb)
    assert life.open_clocks() == {}
