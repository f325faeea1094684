"""What the safety manager and the data protection officer of the demo have done: figures, texts and yearly releases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal

from audit.events import Actor
from avhopp.demo.agreement import AGREEMENT, NARRATIVES, TYPED
from avhopp.demo.clock import STOCKHOLM, Story
from avhopp.demo.colleagues import MANAGER, OFFICER, Colleague
from avhopp.demo.work import PURPOSE, Office
from avhopp.sealed.scope import CryptoScope
from followup.actions import agreements, counting, figures, reading, releases
from followup.models import Agreement
from followup.periods import Every, HalfYear, ended_half_years
from followup.queries.agreements import typed_indicators

PLAN = "grov-ar"
DAY_AFTER_DECISION = date(2023, 5, 9)


def follow_up_story(*, office: Office, now: datetime) -> Story:
    """Register the agreement the day after it was decided; take in figures twice a year and release once."""
    at = _morning(DAY_AFTER_DECISION)
    yield at
    with _visit(office, MANAGER, at) as actor:
        agreement = agreements.register_agreement(data=AGREEMENT, by=actor, now=at)
    today = now.astimezone(STOCKHOLM).date()
    for number, period in enumerate(
        ended_half_years(starts_on=AGREEMENT.starts_on, ends_on=AGREEMENT.ends_on, today=today)
    ):
        at = _morning(date(period.following.year, 1 if period.half == 2 else 7, 14))
        if at > now:
            return
        yield at
        _take_in(office, agreement, period, number, at)
        if period.half == 2:
            _release(office, agreement, period, at)


def _take_in(office: Office, agreement: Agreement, period: HalfYear, number: int, at: datetime) -> None:
    with _visit(office, MANAGER, at) as actor:
        for indicator in typed_indicators(agreement):
            source, values = TYPED[indicator.code]
            yearly = indicator.every == Every.YEAR
            place = period.year - AGREEMENT.starts_on.year if yearly else number
            if place >= len(values) or (yearly and period.half == 1):
                continue
            figures.enter_figure(
                indicator=indicator,
                period=str(period.year) if yearly else period.code,
                value=Decimal(values[place]),
                source=source,
                comment="",
                is_public=True,
                by=actor,
                now=at,
            )
        for area in agreement.areas.all():
            agreements.write_narrative(
                area=area, period=period.code, text=NARRATIVES[area.number], by=actor, now=at
            )


def _release(office: Office, agreement: Agreement, period: HalfYear, at: datetime) -> None:
    plan = agreement.plans.get(code=PLAN)
    with _visit(office, MANAGER, at) as actor:
        proposed = releases.propose(
            agreement=agreement, plan=plan, period=period.code, corrects=None, by=actor, now=at
        )
    counting.count(release=proposed.pk, clock=lambda: at)
    with _visit(office, OFFICER, at) as actor:
        try:
            opened = reading.open_release(release=proposed.pk, by=actor, now=at)
        except reading.NotThere:
            # It was refused, which whoever approves is not told.
            return
        if opened.may_approve:
            releases.approve(release=opened.release, seen=opened.release.sha256, by=actor, now=at)
    counting.publish(release=proposed.pk, clock=lambda: at)


@contextmanager
def _visit(office: Office, who: Colleague, at: datetime) -> Iterator[Actor]:
    actor = office.actor(who)
    with CryptoScope(actor=actor, purpose=PURPOSE, at=at):
        yield actor


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)
