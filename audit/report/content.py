"""What the report says, counted from the reviews. The report is a public record (allmän handling): it holds numbers and
the lots that anybody can check, and never a client, a case, a colleague or a decoy.

Why something was a hit is sealed under the review's key, so that taking the report out opens the reviews and leaves one
leaf. The hits of the reviewers themselves are counted and their reasons are not: nobody reads why she was found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from audit import checking, log
from audit.events import Actor
from audit.log_events import REVIEW_REPORTED
from audit.models import ReviewFollowUp, ReviewItem, VerificationRun
from audit.review import queries
from audit.review.access import check_takes_part
from audit.review.choices import ItemKind, Measure
from audit.review.evidence import reasons_of
from audit.review.months import STOCKHOLM, Month, midnight
from audit.review.queries import Round
from audit.review.rank import DECOY, Sign
from avhopp.sealed import scope as scopes

_FIRST_MONTH, _LAST_MONTH = 1, 12


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month: what was drawn and found, and whether it was signed in time."""

    round: Round
    sample: int
    hits: int
    signed_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Log:
    """What the verifications found: the last one, and how many of the year's found something wrong."""

    run: VerificationRun | None
    runs: int
    faulty: int


@dataclass(frozen=True, slots=True)
class YearReport:
    """Everything that the committee is told of one year, as it stands on the day it is made."""

    year: int
    made_on: date
    commitment: str
    months: list[MonthLine]
    acted: int
    drawn: int
    signs: list[tuple[Sign, int]]
    measures: list[tuple[Measure, int]]
    open_remarks: int
    late_remarks: int
    log: Log


class NoSuchYear(Exception):
    """Nothing has been reviewed in that year; answer as for any address that does not exist."""


def years(*, now: datetime) -> list[int]:
    """The years of which there is something to tell, the newest first."""
    return sorted({each.month.year for each in queries.rounds(now=now) if each.review}, reverse=True)


def take_out(*, year: int, by: Actor, now: datetime) -> YearReport:
    """Count a year's reviews for the committee, leaving one leaf; raises `NoSuchYear` or `NotAllowed`."""
    check_takes_part(by)
    rounds = [each for each in reversed(queries.rounds(now=now)) if each.month.year == year]
    reviews = [each.review for each in rounds if each.review is not None]
    if not reviews:
        raise NoSuchYear
    log.record(
        event=REVIEW_REPORTED,
        actor=by,
        at=now,
        basis="role",
        purpose=f"review_report?year={year}",
        subjects=[log.read(review) for review in reviews],
    )
    scopes.current().admit([review.pk for review in reviews], basis="role")
    today = timezone.localdate(now, STOCKHOLM)
    items = list(ReviewItem.objects.filter(review__in=reviews))
    waiting = queries.remarks_of(year=year)
    return YearReport(
        year=year,
        made_on=today,
        commitment=queries.commitment_of(year=year),
        months=[_line(each, items, today) for each in rounds],
        acted=reviews[-1].people,
        drawn=len({item.person_id for item in items if item.kind == ItemKind.SAMPLE}),
        signs=_signs(items),
        measures=_measures(year),
        open_remarks=len(waiting),
        late_remarks=sum(today > queries.follow_up_due(judged_at=at) for at in waiting),
        log=_log(year),
    )


def _line(this: Round, items: list[ReviewItem], today: date) -> MonthLine:
    kinds = Counter(item.kind for item in items if this.review and item.review_id == this.review.pk)
    signed_on = this.signature.signed_at.astimezone(STOCKHOLM).date() if this.signature else None
    is_late = (signed_on or today) > this.month.due_on
    return MonthLine(this, kinds[ItemKind.SAMPLE], kinds[ItemKind.HIT], signed_on, is_late)


def _signs(items: list[ReviewItem]) -> list[tuple[Sign, int]]:
    """How often each sign was found; that there are decoys is nobody's business but their keepers'."""
    found: Counter[Sign] = Counter()
    for item in items:
        if item.kind == ItemKind.HIT and not item.for_officer:
            found.update(reason.sign for reason in reasons_of(item) if reason.sign.code != DECOY.code)
    return sorted(found.items(), key=lambda each: (-each[1], each[0].code))


def _measures(year: int) -> list[tuple[Measure, int]]:
    done = ReviewFollowUp.objects.filter(review__month__year=year)
    counted = dict(done.values_list("measure").annotate(Count("pk")).order_by())
    return [(measure, counted[measure.value]) for measure in Measure if measure.value in counted]


def _log(year: int) -> Log:
    since = midnight(Month(year, _FIRST_MONTH).first_day)
    until = midnight(Month(year, _LAST_MONTH).first_day + timedelta(days=31))
    runs = VerificationRun.objects.filter(at__gte=since, at__lt=until)
    return Log(checking.latest(), runs.count(), runs.filter(fault_count__gt=0).count())
