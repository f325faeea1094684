"""One case lived through by its people, day by day: `life.move(...)`, `life.open_tasks()`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cases.workflow import Stage
from tests.cast import acting, make_case

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def noon(day: date) -> datetime:
    """Midday in Stockholm."""
    return datetime.combine(day, time(12), STOCKHOLM)


@dataclass
class Life:
    """A case of the worker's, led by the supervisor, on the day that it is."""

    cast: object
    case: UUID
    day: date

    @contextmanager
    def opened(self, user=None):
        """The case opened by somebody that day, with what every verb takes."""
        from cases.access import get_case

        at = noon(self.day)
        with acting(user or self.cast.worker, at=at) as actor:
            yield {"opened": get_case(actor=actor, case=self.case, at=at), "by": actor, "now": at}

    def move(self, to: str, *, closure_reason: str = "") -> None:
        """Write down what a stage rests on, ask for it and have it approved."""
        from avhopp.demo.requirements import meet
        from cases.actions import stages
        from cases.queries.stage_rules import rule_of

        target = Stage(to)
        with self.opened() as verb:
            rule = rule_of(case=verb["opened"].case, target=target)
            meet(opened=verb["opened"], rule=rule, by=verb["by"], at=verb["now"])
            asked = stages.request_stage(
                to_stage=target,
                reason="Arbetet i skedet är klart.",
                ticked=[item.code for item in rule.items],
                closure_reason=closure_reason,
                **verb,
            )
        with self.opened(self.cast.supervisor) as verb:
            stages.approve(request=asked, seen=bytes(asked.digest), comment="", **verb)

    def tasks(self, **filters) -> list:
        """The tasks of the case, in the order of their days."""
        from cases.models import Task

        return list(Task.objects.filter(case=self.case, **filters).order_by("due_on", "rule"))

    def open_clocks(self) -> dict[str, date]:
        """The rules that run, and until when."""
        return {task.rule: task.due_on for task in self.tasks(ended="") if task.rule}


@pytest.fixture
def begin(cast):
    """Open a case on a day."""

    def on(day: date, **values) -> Life:
        return Life(cast, make_case(worker=cast.worker, at=noon(day), **values), day)

    return on
