"""What the units of the demo keep outside all cases: providers, the order of delegation, what happened at work."""

from __future__ import annotations

from datetime import date, datetime, time

from avhopp.demo.clock import STOCKHOLM, Story
from avhopp.demo.colleagues import SECOND_WORKER, SUPERVISOR, WORKER, YOUTH_SUPERVISOR, YOUTH_WORKER
from avhopp.demo.files import (
    DELEGATED_FROM,
    DEVIATION,
    INCIDENT,
    PROVIDERS,
    SEARCH_REQUEST,
    days_before,
)
from avhopp.demo.plans import FIRST_DAY
from avhopp.demo.work import Office
from cases.actions import delegations, deviations, incidents, providers, unit_requests

LEADERS = (
    (SUPERVISOR, WORKER),
    (SUPERVISOR, SECOND_WORKER),
    (YOUTH_SUPERVISOR, YOUTH_WORKER),
)


def unit_story(*, office: Office, now: datetime) -> Story:
    """Keep the registers from the first day on, and report what happened lately."""
    yield _morning(FIRST_DAY)
    for leader in (SUPERVISOR, YOUTH_SUPERVISOR):
        with office.acting(leader, _morning(FIRST_DAY)) as verb:
            for values in PROVIDERS:
                providers.register(values=values, **verb)
    yield _morning(DELEGATED_FROM)
    for leader, worker in LEADERS:
        with office.acting(leader, _morning(DELEGATED_FROM)) as verb:
            delegations.give(
                provision="sol_11_1",
                delegate=office.user(worker),
                deputy_for=None,
                starts_on=DELEGATED_FROM,
                ends_on=None,
                note="",
                **verb,
            )
    yield from _lately(office, now)


def _lately(office: Office, now: datetime) -> Story:
    at = days_before(now, 12)
    yield at
    with office.acting(SECOND_WORKER, at) as verb:
        incidents.report(values={**INCIDENT, "occurred_at": at}, **verb)
    at = days_before(now, 8)
    yield at
    with office.acting(WORKER, at) as verb:
        deviations.report(values={**DEVIATION, "happened_on": at.date()}, **verb)
    at = days_before(now, 6)
    yield at
    with office.acting(WORKER, at) as verb:
        unit_requests.answer(values={**SEARCH_REQUEST, "received_on": at.date()}, **verb)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), STOCKHOLM)
