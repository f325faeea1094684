"""A record that people have left over months, and the review of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from audit.events import job
from audit.models import Review
from audit.review import access, drawing, judging, mind, queries
from audit.review.choices import Measure, Verdict
from audit.review.months import Month
from tests.cast import Cast, acting, make_case

JANUARY = Month(2026, 1)
BEGIN = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
MARCH = Month(2026, 3)


def morning_after(month: Month) -> datetime:
    """Nine in the morning, Stockholm time, on the first day of the next month."""
    return month.ends_at.astimezone(UTC) + timedelta(hours=9)


@dataclass
class Office:
    """Colleagues whose doings are recorded, and those who review them."""

    cast: Cast

    def commit(self, *, at: datetime = BEGIN) -> None:
        for year in mind.missing_years(today=at.date()):
            mind.commit(year=year, by=job("mind_the_review"), now=at)

    def open(self, user, case, *, at: datetime) -> None:
        from cases.access import get_case

        with acting(user, at=at) as actor:
            get_case(actor=actor, case=case, at=at)

    def case(self, *, at: datetime = BEGIN, **person):
        return make_case(worker=self.cast.worker, at=at, **person)

    def draw(self, month: Month, *, by=None, at: datetime | None = None) -> Review:
        now = at or morning_after(month)
        with acting(by or self.cast.auditor, at=now) as actor:
            return drawing.draw_month(month=month, by=actor, now=now)

    def judge(self, item, *, by, verdict=Verdict.CLEAR, remark="", at: datetime | None = None):
        now = at or morning_after(MARCH)
        with acting(by, at=now) as actor:
            opened = access.open_item(item=item.pk, actor=actor, at=now)
            return judging.judge(item=opened, verdict=verdict, remark=remark, by=actor, now=now)

    def follow_up(self, item, *, by, measure=Measure.EXPLAINED, text="Talade med chefen.", at=None):
        now = at or morning_after(MARCH)
        with acting(by, at=now) as actor:
            opened = access.open_item(item=item.pk, actor=actor, at=now)
            return judging.follow_up(item=opened, measure=measure, text=text, by=actor, now=now)

    def judge_all(self, review, *, at: datetime | None = None) -> None:
        for item in queries.unjudged(review=review.pk):
            self.judge(item, by=self.cast.officer if item.for_officer else self.cast.auditor, at=at)

    def sign(self, review, *, by=None, at: datetime | None = None):
        now = at or morning_after(Month.of(review.month))
        with acting(by or self.cast.auditor, at=now) as actor:
            return judging.sign(review=review, summary="", by=actor, now=now)


@pytest.fixture
def office(cast) -> Office:
    return Office(cast)
