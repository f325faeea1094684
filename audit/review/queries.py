"""What is asked about reviews: which months there are, how far each has come, and what waits for whom.

Nothing sealed is read here; whoever shows reasons or remarks has opened the review at the gate (`access`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from audit.events import Actor
from audit.models import (
    Review,
    ReviewCycle,
    ReviewFollowUp,
    ReviewItem,
    ReviewSignature,
    ReviewVerdict,
)
from audit.review.choices import ItemKind, Verdict
from audit.review.months import DAYS_TO_FOLLOW_UP, STOCKHOLM, Month, ended_months
from avhopp.accounts.roles import Right, may_try


@dataclass(frozen=True, slots=True)
class Round:
    """One month and how far its review has come; `review` is None until it has been drawn."""

    month: Month
    review: Review | None
    items: int = 0
    judged: int = 0
    remarks: int = 0
    for_officer_left: int = 0
    signature: ReviewSignature | None = None

    @property
    def left(self) -> int:
        """How many items wait for a verdict."""
        return self.items - self.judged

    @property
    def is_ready(self) -> bool:
        """Whether only the signature is missing."""
        return self.review is not None and not self.left and self.signature is None

    def is_late(self, *, today: date) -> bool:
        """Whether it should have been signed by now."""
        return self.signature is None and today > self.month.due_on


def months(*, now: datetime) -> list[Month]:
    """The months to review, the oldest first: those that have ended since the first commitment."""
    first = ReviewCycle.objects.order_by("committed_at").first()
    years = set(ReviewCycle.objects.values_list("year", flat=True))
    if first is None:
        return []
    return [month for month in ended_months(since=first.committed_at, now=now) if month.year in years]


def rounds(*, now: datetime) -> list[Round]:
    """Every month to review, the newest first."""
    reviews = {Month.of(review.month): review for review in Review.objects.select_related("drawn_by")}
    signatures = {made.review_id: made for made in ReviewSignature.objects.select_related("signed_by")}
    counted = {
        row["review"]: row
        for row in _judged_items()
        .values("review")
        .annotate(
            items=Count("pk"),
            judged=Count("pk", filter=Q(verdict__isnull=False)),
            remarks=Count("pk", filter=Q(verdict=Verdict.REMARK)),
            officer=Count("pk", filter=Q(verdict__isnull=True, for_officer=True)),
        )
    }
    found = []
    for month in reversed(months(now=now)):
        review = reviews.get(month)
        row = counted.get(review.pk) if review else None
        if review is None or row is None:
            found.append(Round(month, review, signature=signatures.get(review.pk) if review else None))
            continue
        counts = (row["items"], row["judged"], row["remarks"], row["officer"])
        found.append(Round(month, review, *counts, signatures.get(review.pk)))
    return found


def next_to_draw(*, now: datetime) -> Month | None:
    """The oldest month that has ended and not been drawn."""
    drawn = {Month.of(day) for day in Review.objects.values_list("month", flat=True)}
    return next((month for month in months(now=now) if month not in drawn), None)


def is_drawn(*, month: Month) -> bool:
    """Whether a month has been drawn."""
    return Review.objects.filter(month=month.first_day).exists()


def times_drawn(*, year: int) -> dict[UUID, int]:
    """How many times each person has been drawn this year."""
    drawn = ReviewItem.objects.filter(kind=ItemKind.SAMPLE, review__month__year=year)
    return dict(drawn.values_list("person").annotate(Count("pk")).order_by())


def items(*, review: UUID) -> QuerySet[ReviewItem]:
    """The items of a review in their order, each with its latest `verdict`."""
    found: QuerySet[ReviewItem] = _judged_items().filter(review=review)
    return found.select_related("person").order_by("place")


def unjudged(*, review: UUID) -> QuerySet[ReviewItem]:
    """The items of a review that have no verdict."""
    found: QuerySet[ReviewItem] = _judged_items().filter(review=review, verdict__isnull=True)
    return found.order_by("place")


def next_for(*, review: UUID, actor: Actor, after: int = 0) -> ReviewItem | None:
    """The next item that waits for this actor's verdict: after a place if there is one, else the first."""
    waiting = unjudged(review=review).exclude(person=actor.user)
    may_judge_officers = may_try(role=actor.role, right=Right.REVIEW_AUDITORS)
    may_lead = may_try(role=actor.role, right=Right.LEAD_REVIEW)
    mine = [
        item
        for item in waiting
        if (item.for_officer and may_judge_officers) or (not item.for_officer and may_lead)
    ]
    return next((item for item in mine if item.place > after), mine[0] if mine else None)


def verdict_of(*, item: UUID) -> str | None:
    """The verdict that an item has now."""
    return (
        ReviewVerdict.objects.filter(item=item).order_by("-number").values_list("verdict", flat=True).first()
    )


def verdicts(*, item: UUID) -> list[ReviewVerdict]:
    """Every verdict that an item has had, the latest first."""
    return list(ReviewVerdict.objects.filter(item=item).select_related("judged_by").order_by("-number"))


def open_remarks(*, actor: Actor) -> list[ReviewItem]:
    """The remarks that wait for follow-up, the oldest first; never those about the actor herself."""
    remarked = (
        _judged_items().filter(verdict=Verdict.REMARK, follow_up__isnull=True).exclude(person=actor.user)
    )
    return list(remarked.select_related("person", "review").order_by("judged_at", "place"))


def remarks_since() -> list[datetime]:
    """Since when each remark has waited for its follow-up."""
    waiting = _judged_items().filter(verdict=Verdict.REMARK, follow_up__isnull=True)
    return list(waiting.values_list("judged_at", flat=True))


def remarks_of(*, year: int) -> list[datetime]:
    """Since when each of a year's remarks has waited for its follow-up."""
    waiting = _judged_items().filter(verdict=Verdict.REMARK, follow_up__isnull=True)
    return list(waiting.filter(review__month__year=year).values_list("judged_at", flat=True))


def follow_up_due(*, judged_at: datetime) -> date:
    """The last day on which a remark may be followed up without being late."""
    return judged_at.astimezone(STOCKHOLM).date() + timedelta(days=DAYS_TO_FOLLOW_UP)


def follow_up_of(*, item: UUID) -> ReviewFollowUp | None:
    """What a remark led to, when that is written down."""
    return ReviewFollowUp.objects.select_related("followed_up_by").filter(item=item).first()


def counts(*, review: UUID) -> int:
    """How many items a review has."""
    return ReviewItem.objects.filter(review=review).count()


def is_signed(*, review: UUID) -> bool:
    """Whether a month is signed."""
    return ReviewSignature.objects.filter(review=review).exists()


def commitment_of(*, year: int) -> str:
    """What a year's seeds can be checked against."""
    return ReviewCycle.objects.values_list("commitment", flat=True).get(year=year)


def _judged_items() -> Any:
    # Any, because the type checker does not follow what is annotated here.
    latest = ReviewVerdict.objects.filter(item=OuterRef("pk")).order_by("-number")
    return ReviewItem.objects.annotate(
        verdict=Subquery(latest.values("verdict")[:1]), judged_at=Subquery(latest.values("judged_at")[:1])
    )
