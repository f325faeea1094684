"""Commit to a year's seeds, and draw a month. Each act writes one leaf that tells of every row it made."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from audit.decoys.watching import opened_decoys
from audit.events import Actor, job
from audit.log_events import REVIEW_DRAWN, SEED_COMMITTED
from audit.models import Review, ReviewCycle, ReviewItem
from audit.review import access, activity, queries
from audit.review.choices import ItemKind
from audit.review.draw import SEED_BYTES, Drawn, check, commitment_to, draw, seed_of
from audit.review.knowledge import files
from audit.review.months import Month, midnight
from audit.review.policies import check_leads, is_for_officer
from audit.review.rank import DECOY, Hit, Read, rank
from audit.review.writing import add, tell
from avhopp.accounts.models import User
from avhopp.sealed import scope as scopes

# The job that looks among a month's readings for what nobody is shown.
COMPARING = "compare_for_review"


class AlreadyCommitted(Exception):
    """The year has its seeds; nobody may choose others."""


class NotToBeDrawn(Exception):
    """The month has not ended, lies before the first commitment, or an earlier one waits; draw that one first."""


class AlreadyDrawn(Exception):
    """The month has been drawn, and is drawn only once; go on with what was drawn."""


@transaction.atomic
def commit_to_year(*, year: int, by: Actor, now: datetime) -> ReviewCycle:
    """Choose a year's seeds by chance and publish what they can be checked against; raises `AlreadyCommitted`."""
    cycle_id, root = uuid4(), secrets.token_bytes(SEED_BYTES)
    scopes.current().mint(cycle_id, kind=access.KIND)
    cycle = ReviewCycle(
        id=cycle_id, year=year, commitment=commitment_to(root).hex(), root=root.hex(), committed_at=now
    )
    add(cycle, otherwise=AlreadyCommitted)
    asked = {"year": year, "commitment": cycle.commitment}
    tell(event=SEED_COMMITTED, asked=asked, rows=[cycle], by=by, now=now, basis="clock")
    return cycle


@transaction.atomic
def draw_month(*, month: Month, by: Actor, now: datetime) -> Review:
    """Draw the people and find the hits of a month that has ended; raises `NotToBeDrawn` or `AlreadyDrawn`."""
    check_leads(actor=by)
    if month != queries.next_to_draw(now=now):
        # In order, so that who has been drawn before is the same for whoever draws anew to compare.
        raise AlreadyDrawn if queries.is_drawn(month=month) else NotToBeDrawn
    seed = _seed(month, by, now)
    active = activity.days_of(since=midnight(date(month.year, 1, 1)), until=month.ends_at)
    drawn = draw(seed=seed, month=month, active=active, drawn_before=queries.times_drawn(year=month.year))
    reads = activity.reads(since=month.starts_at, until=month.ends_at)
    review = Review(
        month=month.first_day,
        seed=seed.hex(),
        people=len(active),
        readings=len(reads),
        drawn_by_id=by.person,
        drawn_at=now,
    )
    scopes.current().mint(review.pk, kind=access.KIND)
    add(review, otherwise=AlreadyDrawn)
    items = _items(review, drawn, _hits(month, reads, seed, now))
    for item in items:
        item.save(force_insert=True)
    asked = {"month": month.code, "seed": review.seed}
    tell(event=REVIEW_DRAWN, asked=asked, rows=[review, *items], by=by, now=now)
    return review


def _seed(month: Month, by: Actor, now: datetime) -> bytes:
    cycle = ReviewCycle.objects.get(year=month.year)
    access.open_cycle(cycle=cycle, actor=by, at=now)
    seed = seed_of(root=bytes.fromhex(cycle.root), month=month)
    check(seed=seed, month=month, commitment=bytes.fromhex(cycle.commitment))
    return seed


def _hits(month: Month, reads: Sequence[Read], seed: bytes, now: datetime) -> list[Hit]:
    pairs = {(read.person, read.file) for read in reads}
    known = {**files().find(reads, now), DECOY: opened_decoys(reads=pairs, by=job(COMPARING), now=now)}
    return rank(
        reads=reads,
        work=activity.work(since=month.starts_at, until=month.ends_at),
        refusals=activity.refusals(since=month.starts_at, until=month.ends_at),
        known=known,
        seed=seed,
    )


def _items(review: Review, drawn: Sequence[Drawn], hits: Sequence[Hit]) -> list[ReviewItem]:
    wanted = {one.person for one in drawn} | {hit.person for hit in hits}
    people = {person.pk: person for person in User.objects.filter(pk__in=wanted)}

    def item(
        kind: ItemKind, person: UUID, starts_at: datetime, ends_at: datetime, finding: dict[str, object]
    ) -> ReviewItem:
        return ReviewItem(
            review=review,
            kind=kind,
            person=people[person],
            for_officer=is_for_officer(role=people[person].role),
            starts_at=starts_at,
            ends_at=ends_at,
            finding=finding,
        )

    found = [item(ItemKind.HIT, hit.person, hit.first_at, hit.last_at, _finding(hit)) for hit in hits]
    found += [item(ItemKind.SAMPLE, one.person, one.starts_at, one.ends_at, {}) for one in drawn]
    for place, each in enumerate(found, start=1):
        each.place = place
    return found


def _finding(hit: Hit) -> dict[str, object]:
    return {
        "file": None if hit.file is None else str(hit.file),
        "score": hit.score,
        "reasons": [[reason.sign.code, reason.number] for reason in hit.reasons],
    }
