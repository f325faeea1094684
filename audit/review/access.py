"""The gate to what reviews hold sealed: remarks, reasons, and the year's seeds.

Each opening leaves one leaf. Whoever is drawn or found never opens what concerns herself, whatever her role.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from audit import log
from audit.events import Actor
from audit.log_events import ITEM_VIEWED, REVIEW_VIEWED, SEED_OPENED
from audit.models import Review, ReviewCycle, ReviewItem
from audit.review import queries
from audit.review.months import Month
from audit.review.policies import NotAllowed, check_judges
from audit.review.queries import Round
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from avhopp.translation import gettext_noop

KIND = "review"


class NoSuchReview(Exception):
    """There is no such review or item; answer as for any address that does not exist."""


def list_rounds(*, actor: Actor, at: datetime) -> list[Round]:
    """Give every month to review and how far each has come, leaving one leaf."""
    check_takes_part(actor)
    log.record(event=REVIEW_VIEWED, actor=actor, at=at, basis="role", purpose="review")
    return queries.rounds(now=at)


def open_review(*, review: UUID, actor: Actor, at: datetime) -> Review:
    """Open a month's review for whoever takes part in it, leaving one leaf; raises `NoSuchReview`."""
    found = Review.objects.select_related("drawn_by").filter(pk=review).first()
    if found is None:
        raise NoSuchReview
    _admit(found, actor, at)
    return found


def open_item(*, item: UUID, actor: Actor, at: datetime) -> ReviewItem:
    """Open one item for whoever judges it, leaving one leaf; raises `NoSuchReview` or `NotAllowed`."""
    found = ReviewItem.objects.select_related("review", "person").filter(pk=item).first()
    if found is None:
        raise NoSuchReview
    check_judges(actor=actor, person=found.person_id, for_officer=found.for_officer)
    log.record(
        event=ITEM_VIEWED,
        actor=actor,
        at=at,
        basis="role",
        about=found.person_id,
        purpose=f"review_item?{urlencode({'item': found.pk})}",
        subjects=[log.read(found)],
    )
    scopes.current().admit([found.review_id], basis="role")
    return found


def open_cycle(*, cycle: ReviewCycle, actor: Actor, at: datetime) -> None:
    """Open a year's seeds for the draw of a month, leaving one leaf."""
    log.record(
        event=SEED_OPENED,
        actor=actor,
        at=at,
        basis="role",
        purpose=f"review_seed?{urlencode({'year': cycle.year})}",
        subjects=[log.read(cycle)],
    )
    scopes.current().admit([cycle.pk], basis="role")


def register() -> None:
    """Tell the sealed fields who decides about reviews; called once when the application starts."""
    scopes.register_gate(KIND, _gate)


def _admit(review: Review, actor: Actor, at: datetime) -> None:
    check_takes_part(actor)
    open_scope = scopes.current()
    if open_scope.basis_of(review.pk) is None:
        log.record(
            event=REVIEW_VIEWED,
            actor=actor,
            at=at,
            basis="role",
            purpose=f"review?{urlencode({'month': Month.of(review.month).code})}",
            subjects=[log.read(review)],
        )
    open_scope.admit([review.pk], basis="role")


def check_takes_part(actor: Actor) -> None:
    """Refuse whoever takes no part in the review."""
    if not any(may_try(role=actor.role, right=right) for right in (Right.LEAD_REVIEW, Right.REVIEW_AUDITORS)):
        raise NotAllowed(gettext_noop("Bara logggranskare och dataskyddsombud ser loggkontrollen."))


def _gate(open_scope: CryptoScope, scope: UUID) -> None:
    """Answer for a review that nobody asked about above; a year's seeds are never opened this way."""
    try:
        open_review(review=scope, actor=open_scope.actor, at=open_scope.at)
    except (NoSuchReview, NotAllowed):
        raise Denied("not a review that this actor takes part in") from None
