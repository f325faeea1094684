"""Two years of both tracks, day by day with the nightly jobs: 29 February, holidays, birthdays, and nothing forgotten.

A report about a young person born on a 29 February, and an exit case of one who comes of age in it, live beside each
other from January 2027. On each of the days of `DIARY` somebody does something; on all others only the clock does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail

from audit.digest import row_digest
from audit.models import Leaf, LeafSubject
from cases import tasks
from cases.models import Case, Task
from tests.integration.clocks.conftest import Life, noon
from tests.universe.consents import CONSENT
from tests.universe.follow_ups import HOW_IT_WENT
from tests.universe.plans import RATED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, LAST = date(2027, 1, 20), date(2029, 3, 5)
JOBS = (tasks.follow_birth_dates, tasks.escalate_overdue_clocks, tasks.remind_of_deadlines)
PARTS = (
    tasks.follow_birth_date,
    tasks.escalate_overdue_clock,
    tasks.remind_of_escalation,
    tasks.remind_of_deadline,
)
NOBODY = ("Ny händelse", "Du har en ny händelse i Avhopp. Logga in.")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    for task in PARTS:
        monkeypatch.setattr(task, "delay", task.run)


def day(text: str) -> date:
    return date.fromisoformat(text)


class Years:
    """The two cases and what is done in them."""

    def __init__(self, begin: Callable[..., Life]) -> None:
        self.begin = begin
        self.young: Life
        self.exit: Life

    def report(self) -> None:
        self.young = self.begin(FIRST, track="prevention", birth_date=day("2012-02-29"))

    def open_exit(self) -> None:
        self.exit = self.begin(day("2027-02-15"), birth_date=day("2009-05-14"))

    def consent_of_the_guardian(self) -> None:
        from cases.actions import consents

        until = {"givers": ["guardian"], "starts_on": self.exit.day, "ends_on": day("2028-03-01")}
        with self.exit.opened() as verb:
            consents.give(values={**CONSENT, **until}, **verb)

    def follow_up_the_plan(self, life: str, *, next_on: str) -> None:
        from cases.actions import plan_follow_ups
        from cases.queries.plans import latest_of

        here: Life = getattr(self, life)
        with here.opened() as verb:
            plan = latest_of(verb["opened"])
            assert plan is not None
            rated = {goal["code"]: {"rating": 0, "comment": ""} for goal in plan.goals}
            values = {**RATED, "happened_on": here.day, "ratings": rated, "next_on": day(next_on)}
            plan_follow_ups.note(plan=plan, values=values, **verb)

    def lives(self) -> list[Life]:
        return [life for life in (getattr(self, "young", None), getattr(self, "exit", None)) if life]

    def end(self, life: str, rule: str) -> None:
        from cases.actions.tasks import end
        from cases.models.task import TaskEnd

        here: Life = getattr(self, life)
        with here.opened() as verb:
            end(task=here.tasks(rule=rule, ended="")[0], how=TaskEnd.DONE, **verb)

    def placed(self) -> None:
        from cases import events
        from cases.actions.clocks import happened
        from cases.actions.writing import tell
        from cases.deadlines import Happening

        with self.young.opened() as verb:
            given = {"by": verb["by"], "now": verb["now"]}
            found = verb["opened"].case
            started = happened(case=found, what=Happening.PLACED, about=found.pk, on=self.young.day, **given)
            tell(event=events.CASE_EDITED, opened=verb["opened"], rows=started, **given)

    def follow_up(self, life: str, point: int) -> None:
        from cases.actions import follow_ups
        from cases.models.follow_up import Point

        here: Life = getattr(self, life)
        with here.opened() as verb:
            follow_ups.note(point=Point(point), values={**HOW_IT_WENT, "happened_on": here.day}, **verb)


Act = Callable[[Years], None]

# What is done on which day.
DIARY: dict[str, list[Act]] = {
    "2027-01-20": [Years.report, lambda y: y.end("young", "protection_assessment")],
    "2027-01-21": [lambda y: y.young.move("preliminary")],
    "2027-02-15": [Years.open_exit, Years.consent_of_the_guardian],
    "2027-02-26": [lambda y: y.young.move("inquiry")],
    "2027-03-03": [lambda y: y.end("young", "notifier_answer")],
    "2027-03-31": [lambda y: y.exit.move("inquiry")],
    "2027-04-12": [lambda y: y.exit.move("acute")],
    "2027-04-20": [lambda y: y.exit.move("inquiry")],
    "2027-06-24": [lambda y: y.young.move("agreement"), lambda y: y.exit.move("agreement")],
    "2027-07-05": [lambda y: y.young.move("support"), lambda y: y.exit.move("acute")],
    "2027-08-31": [Years.placed, lambda y: y.exit.move("stabilising")],
    "2027-10-01": [lambda y: y.follow_up_the_plan("young", next_on="2028-10-02")],
    "2027-11-26": [lambda y: y.follow_up_the_plan("exit", next_on="2028-05-26")],
    "2028-01-10": [lambda y: y.exit.move("establishing")],
    "2028-02-28": [lambda y: y.exit.move("aftercare")],
    "2028-02-29": [
        lambda y: y.end("young", "placement_review"),
        lambda y: y.exit.move("closed", closure_reason="goals_met"),
    ],
    "2028-08-28": [lambda y: y.follow_up("exit", 6)],
    "2028-08-31": [lambda y: y.young.move("closed", closure_reason="goals_met")],
    "2029-02-27": [lambda y: y.follow_up("young", 6)],
    "2029-03-01": [lambda y: y.follow_up("exit", 12)],
}

# What runs at the end of which day, and until when; birthdays apart.
YOUNG: dict[str, dict[str, str]] = {
    # Fourteen days from a Wednesday.
    "2027-01-20": {"preliminary": "2027-02-03"},
    "2027-02-25": {"preliminary": "2027-02-03"},
    # Four months from 26 February is Midsummer Day; the next working day is the Monday.
    "2027-02-26": {"inquiry_child": "2027-06-28", "notifier_answer": "2027-03-05"},
    "2027-03-03": {"inquiry_child": "2027-06-28"},
    "2027-06-24": {},
    # Six months from the last of August, in a leap year.
    "2027-08-31": {"placement_review": "2028-02-29", "plan_followup": "2027-10-03"},
    "2027-10-01": {"placement_review": "2028-02-29", "plan_followup": "2028-10-02"},
    "2028-02-29": {"placement_review": "2028-08-29", "plan_followup": "2028-10-02"},
    "2028-08-31": {"follow_up_6": "2029-02-28", "follow_up_12": "2029-08-31", "follow_up_24": "2030-08-31"},
    "2029-03-05": {"follow_up_12": "2029-08-31", "follow_up_24": "2030-08-31"},
}
EXIT: dict[str, dict[str, str]] = {
    "2027-02-15": {"consent_ends": "2028-03-01"},
    # The last of July is a Saturday.
    "2027-03-31": {"consent_ends": "2028-03-01", "inquiry_child": "2027-08-02"},
    "2027-04-12": {
        "consent_ends": "2028-03-01",
        "inquiry_child": "2027-08-02",
        "acute_complete": "2027-04-26",
    },
    # To come back to the inquiry neither stops nor restarts its months.
    "2027-04-20": {
        "consent_ends": "2028-03-01",
        "inquiry_child": "2027-08-02",
        "acute_complete": "2027-04-26",
    },
    "2027-06-24": {"consent_ends": "2028-03-01"},
    # Acute protection that comes after the decision asks for no completion.
    "2027-07-05": {"consent_ends": "2028-03-01"},
    # Closed on the leap day.
    "2028-02-29": {"follow_up_6": "2028-08-29", "follow_up_12": "2029-02-28", "follow_up_24": "2030-02-28"},
    "2028-08-28": {"follow_up_12": "2029-02-28", "follow_up_24": "2030-02-28"},
    "2029-03-05": {"follow_up_24": "2030-02-28"},
}
# The law's clocks that ran out with nobody having done what they wait for, and the night on which each was raised.
RAISED = {("preliminary", "2027-02-04"), ("placement_review", "2028-08-30")}


def test_two_years_of_both_tracks(begin, cast, time_machine):
    years, raised = Years(begin), set()
    today = FIRST
    while today <= LAST:
        time_machine.move_to(noon(today), tick=False)
        for life in years.lives():
            life.day = today
        sent = len(mail.outbox)
        for job in JOBS:
            job()
        for act in DIARY.get(today.isoformat(), ()):
            act(years)
        raised |= raised_on(today)
        check_mails_of_the_day(mail.outbox[sent:])
        check_what_runs(years, today)
        today += timedelta(days=1)
    assert raised == RAISED
    check_birthdays(years)
    check_consent(years)
    check_that_every_task_is_as_the_record_last_told()


def raised_on(today: date) -> set[tuple[str, str]]:
    at = noon(today)
    return {(task.rule, today.isoformat()) for task in Task.objects.filter(escalated_at=at)}


def check_mails_of_the_day(sent) -> None:
    assert len({message.to[0] for message in sent}) == len(sent)
    assert {(message.subject, message.body) for message in sent} <= {NOBODY}


def check_what_runs(years: Years, today: date) -> None:
    for life, expected in ((getattr(years, "young", None), YOUNG), (getattr(years, "exit", None), EXIT)):
        if life is None or today.isoformat() not in expected:
            continue
        clocks = {
            rule: due.isoformat() for rule, due in life.open_clocks().items() if not rule.startswith("age_")
        }
        assert clocks == expected[today.isoformat()], today
        nearest = min(clocks.values(), default=None)
        stored = Case.objects.get(pk=life.case).next_deadline
        assert (stored and stored.isoformat()) == nearest


def check_birthdays(years: Years) -> None:
    """Those of the ages ahead, to the day where the case is open, and by their month in the database."""
    expected = {
        "young": {"age_15": "2027-02-28", "age_18": "2030-02-28", "age_21": "2033-02-28"},
        "exit": {"age_18": "2027-05-14", "age_21": "2030-05-14"},
    }
    for name, days in expected.items():
        life: Life = getattr(years, name)
        with life.opened():
            found = {task.rule: task.birthday.isoformat() for task in life.tasks(rule__startswith="age_")}
        assert {rule: found[rule] for rule in days} == days
        months = {task.rule: task.due_on for task in life.tasks(rule__startswith="age_")}
        assert all(month.day == 1 for month in months.values())
        # The cases have ended since, and with them what was still to come.
        assert life.tasks(rule__startswith="age_", ended="") == []


def check_consent(years: Years) -> None:
    """What a guardian alone had consented to ended on the birthday, in the middle of its own days."""
    from cases.models import Consent

    with years.exit.opened():
        consent = Consent.objects.select_related("case__person").get(case=years.exit.case)
        assert consent.is_in_force(day("2027-05-13"))
        assert not consent.is_in_force(day("2027-05-14"))


def check_that_every_task_is_as_the_record_last_told() -> None:
    for task in Task.objects.all():
        subjects = LeafSubject.objects.filter(row=task.pk)
        latest = subjects.order_by("-at").values_list("at", flat=True)[0]
        told = set()
        for subject in subjects.filter(at=latest):
            body = json.loads(bytes(Leaf.objects.get(pk=subject.leaf).body))
            told.add(body["subjects"][subject.position]["digest"])
        assert row_digest(task).hex() in told, task.rule
