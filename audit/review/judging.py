"""Judge what was drawn, follow remarks up, and sign the month. Each act writes one leaf.

Rows are added and never changed. What two do at once takes turns by the review's own lock, since an append-only table
has no row that could be locked.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from audit.events import Actor
from audit.log_events import ITEM_FOLLOWED_UP, ITEM_JUDGED, REVIEW_SIGNED
from audit.models import Review, ReviewFollowUp, ReviewItem, ReviewSignature, ReviewVerdict
from audit.review import queries
from audit.review.choices import Measure, Verdict
from audit.review.months import Month
from audit.review.policies import check_judges, check_leads
from audit.review.writing import add, tell


class AlreadySigned(Exception):
    """The month's review is signed; nothing in it is judged any more."""


class NotAllJudged(Exception):
    """Some items have no verdict yet; judge them, or have the data protection officer judge hers."""


class RemarkMissing(Exception):
    """A remark, and what it led to, need words that somebody else can act on."""


class NoRemark(Exception):
    """There is nothing to follow up: the verdict is without remark, or the follow-up is written already."""


@transaction.atomic
def judge(*, item: ReviewItem, verdict: Verdict, remark: str, by: Actor, now: datetime) -> ReviewVerdict:
    """Give a verdict, which takes the place of an earlier one until the month is signed."""
    check_judges(actor=by, person=item.person_id, for_officer=item.for_officer)
    if verdict == Verdict.REMARK and not remark.strip():
        raise RemarkMissing
    _take_turn(item.review_id)
    if ReviewSignature.objects.filter(review=item.review_id).exists():
        raise AlreadySigned
    given = ReviewVerdict(
        review_id=item.review_id,
        item=item,
        number=item.verdicts.count() + 1,
        person_id=item.person_id,
        verdict=verdict,
        remark=remark.strip() if verdict == Verdict.REMARK else "",
        judged_by_id=by.person,
        judged_at=now,
    )
    given.save(force_insert=True)
    asked = {"item": item.pk, "verdict": verdict.value}
    tell(event=ITEM_JUDGED, asked=asked, rows=[given], by=by, now=now, about=item.person_id)
    return given


@transaction.atomic
def follow_up(*, item: ReviewItem, measure: Measure, text: str, by: Actor, now: datetime) -> ReviewFollowUp:
    """Write down what a remark led to, once; raises `NoRemark` or `RemarkMissing`."""
    check_judges(actor=by, person=item.person_id, for_officer=item.for_officer)
    if not text.strip():
        raise RemarkMissing
    _take_turn(item.review_id)
    if queries.verdict_of(item=item.pk) != Verdict.REMARK:
        raise NoRemark
    made = ReviewFollowUp(
        review_id=item.review_id,
        item=item,
        person_id=item.person_id,
        measure=measure,
        text=text.strip(),
        followed_up_by_id=by.person,
        followed_up_at=now,
    )
    add(made, otherwise=NoRemark)
    asked = {"item": item.pk, "measure": measure.value}
    tell(event=ITEM_FOLLOWED_UP, asked=asked, rows=[made], by=by, now=now, about=item.person_id)
    return made


@transaction.atomic
def sign(*, review: Review, summary: str, by: Actor, now: datetime) -> ReviewSignature:
    """Sign a month when everything in it is judged; raises `NotAllJudged` or `AlreadySigned`."""
    check_leads(actor=by)
    _take_turn(review.pk)
    if queries.unjudged(review=review.pk).exists():
        raise NotAllJudged
    signature = ReviewSignature(review=review, summary=summary.strip(), signed_by_id=by.person, signed_at=now)
    add(signature, otherwise=AlreadySigned)
    asked = {"month": Month.of(review.month).code}
    tell(event=REVIEW_SIGNED, asked=asked, rows=[signature], by=by, now=now)
    return signature


def _take_turn(review: UUID) -> None:
    with connection.cursor() as cursor:
        # Half of a random number is random enough for a lock; sharing one would only make somebody wait.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [review.int & (2**63 - 1)])
