"""The months of log review in the demo: two are done, with a remark that waits for its follow-up; the last one waits.

Before the last month ends somebody reads what she has little reason to, so that there is something to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from audit.events import Actor, job
from audit.review import access, drawing, judging, mind, queries
from audit.review.choices import ItemKind, Measure, Verdict
from audit.review.months import STOCKHOLM, Month
from audit.review.rank import MANY_FILES
from avhopp.demo.clock import Story
from avhopp.demo.colleagues import AUDITOR, OFFICER, SUPERVISOR, Colleague
from avhopp.demo.work import Office
from avhopp.sealed.scope import CryptoScope
from cases.access import visible_cases

MONTHS_DONE = 2
REMARK = "Öppnade ett avslutat ärende sent på kvällen. Fråga vad det gällde."
MEASURE = "Chefen har talat med medarbetaren: en tidigare klient hade ringt jouren. Godtagbart."


def review_story(*, office: Office, now: datetime) -> Story:
    """Begin the review, do two months, and leave the last one to whoever opens the demo."""
    months = [_last_ended(now)]
    for _ in range(MONTHS_DONE):
        months.insert(0, Month.of(months[0].first_day - timedelta(days=1)))
    yield months[0].starts_at
    _commit(months[0].starts_at)
    for month in months:
        yield from _new_year(month)
        at = month.ends_at - timedelta(days=5)
        at = at.replace(hour=22, minute=50)
        yield at
        _look_around(office, at)
        if month == months[-1]:
            yield at + timedelta(hours=10)
            _go_through(office, at + timedelta(hours=10))
        else:
            at = month.ends_at + timedelta(days=5, hours=9)
            yield at
            _review(office, month, at, is_first=month == months[0])


def _last_ended(now: datetime) -> Month:
    return Month.of(now.astimezone(STOCKHOLM).date().replace(day=1) - timedelta(days=1))


def _new_year(month: Month) -> Story:
    """Commit to the coming year's seeds when the clock would."""
    at = month.starts_at + timedelta(hours=1)
    if mind.missing_years(today=at.date()):
        yield at
        _commit(at)


def _commit(at: datetime) -> None:
    for year in mind.missing_years(today=at.astimezone(STOCKHOLM).date()):
        mind.commit(year=year, by=job("mind_the_review"), now=at)


def _look_around(office: Office, at: datetime) -> None:
    """The supervisor opens an ended case late in the evening."""
    actor = office.actor(SUPERVISOR)
    ended = visible_cases(actor=actor, at=at).filter(closed_on__lt=at.date() - timedelta(days=90))
    case = ended.order_by("-closed_on", "number").values_list("pk", flat=True).first()
    if case is not None:
        office.read(who=SUPERVISOR, case=case, at=at)


def _go_through(office: Office, at: datetime) -> None:
    """The supervisor opens many cases one after the other."""
    going_on = visible_cases(actor=office.actor(SUPERVISOR), at=at).filter(closed_on=None)
    for number, case in enumerate(going_on.order_by("number").values_list("pk", flat=True)[:MANY_FILES]):
        office.read(who=SUPERVISOR, case=case, at=at + timedelta(minutes=number))


def _review(office: Office, month: Month, at: datetime, *, is_first: bool) -> None:
    with _acting(office, AUDITOR, at) as actor:
        review = drawing.draw_month(month=month, by=actor, now=at)
    for item in queries.unjudged(review=review.pk):
        at += timedelta(minutes=2)
        who = OFFICER if item.for_officer else AUDITOR
        has_remark = item.kind == ItemKind.HIT and item.place == 1
        _judge(office, who, item.pk, at, remark=REMARK if has_remark else "")
        if has_remark and is_first:
            _follow_up(office, who, item.pk, at + timedelta(hours=3))
    at += timedelta(hours=4)
    with _acting(office, AUDITOR, at) as actor:
        judging.sign(review=review, summary="", by=actor, now=at)


def _judge(office: Office, who: Colleague, item: UUID, at: datetime, *, remark: str) -> None:
    with _acting(office, who, at) as actor:
        opened = access.open_item(item=item, actor=actor, at=at)
        verdict = Verdict.REMARK if remark else Verdict.CLEAR
        judging.judge(item=opened, verdict=verdict, remark=remark, by=actor, now=at)


def _follow_up(office: Office, who: Colleague, item: UUID, at: datetime) -> None:
    with _acting(office, who, at) as actor:
        opened = access.open_item(item=item, actor=actor, at=at)
        judging.follow_up(item=opened, measure=Measure.EXPLAINED, text=MEASURE, by=actor, now=at)


@contextmanager
def _acting(office: Office, who: Colleague, at: datetime) -> Iterator[Actor]:
    actor = office.actor(who)
    with CryptoScope(actor=actor, purpose="log_review", at=at):
        yield actor
