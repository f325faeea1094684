"""Twelve months with the clock in hand: everybody is drawn, and twenty odd readings among 5,000 are found."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from audit import log
from audit.events import Kind, declare
from audit.models import Review, ReviewItem
from audit.review import knowledge, queries
from audit.review.choices import ItemKind
from audit.review.draw import check, draw
from audit.review.months import Month
from audit.review.rank import MOST_HITS
from tests.cast import actor_for, make_case
from tests.integration.audit_review.conftest import BEGIN, JANUARY, morning_after

YEAR = [Month(2026, number) for number in range(1, 13)]


def act(user, *, at):
    """Something that everybody does, whatever her role."""
    log.record(event=log_in, actor=actor_for(user), at=at)


log_in = declare("test.signed_in", Kind.ACCOUNT, "gjorde något")


def a_year_of_reviews(office):
    """Everybody acts now and then; each month is drawn, judged and signed."""
    office.commit()
    random = Random(1)
    everyone = list(office.cast.everyone().values())
    for number, user in enumerate(everyone):
        act(user, at=YEAR[number % 12].starts_at + timedelta(days=3, hours=9))
    drawn = {}
    for month in YEAR:
        for user in everyone:
            if random.random() < 0.5:
                act(user, at=month.starts_at + timedelta(days=random.randrange(27), hours=10))
        review = office.draw(month)
        drawn[month] = list(
            ReviewItem.objects.filter(review=review, kind=ItemKind.SAMPLE).values_list("person", flat=True)
        )
        office.judge_all(review, at=morning_after(month))
        office.sign(review)
    return drawn


@pytest.mark.slow
def test_everybody_is_drawn_within_twelve_months_and_each_month_is_signed(office):
    drawn = a_year_of_reviews(office)
    everyone = {user.pk for user in office.cast.everyone().values()}
    assert {person for month in drawn.values() for person in month} == everyone
    rounds = queries.rounds(now=morning_after(YEAR[-1]))
    assert [each.month for each in rounds] == YEAR[::-1]
    assert all(each.signature for each in rounds)
    assert not any(each.is_late(today=each.month.due_on + timedelta(days=1)) for each in rounds)


@pytest.mark.slow
def test_anybody_with_the_record_can_draw_a_month_anew_and_get_the_same(office):
    from audit.models import ReviewCycle
    from audit.review import activity

    a_year_of_reviews(office)
    commitment = bytes.fromhex(ReviewCycle.objects.get(year=2026).commitment)
    times: dict = {}
    for month in YEAR:
        review = Review.objects.get(month=month.first_day)
        seed = bytes.fromhex(review.seed)
        check(seed=seed, month=month, commitment=commitment)
        active = activity.days_of(since=JANUARY.starts_at, until=month.ends_at)
        again = draw(seed=seed, month=month, active=active, drawn_before=times)
        held = ReviewItem.objects.filter(review=review, kind=ItemKind.SAMPLE).order_by("place")
        assert [(one.person, one.starts_at, one.ends_at) for one in again] == [
            (item.person_id, item.starts_at, item.ends_at) for item in held
        ]
        for one in again:
            times[one.person] = times.get(one.person, 0) + 1


@pytest.mark.slow
def test_twenty_odd_readings_among_five_thousand_are_all_in_the_first_forty_with_their_reasons(office):
    """Ordinary: people read what they work in, in office hours. Odd: twenty pairs that nobody told the rules of."""
    from avhopp.accounts.models import User
    from cases import events as case_events

    office.commit()
    random = Random(20)
    month = Month(2026, 5)
    unit = office.cast.worker.unit
    staff = [
        User.objects.create_user(
            email=f"s{number}@example.invalid",
            name=f"Namn Släktnamn{number}",
            title="",
            role="case_worker",
            unit=unit,
        )
        for number in range(25)
    ]
    own = {user.pk: [make_case(worker=user, at=BEGIN) for _ in range(3)] for user in staff}
    kin = [
        make_case(worker=staff[-1], at=BEGIN, family_name=f"Släktnamn{number}", given_name="Prov")
        for number in range(5)
    ]
    guarded = [make_case(worker=staff[-1], at=BEGIN, protection="marked") for _ in range(5)]
    ended = [make_case(worker=staff[-1], at=BEGIN) for _ in range(5)]
    _close(ended)
    workdays = [
        day
        for day in (month.first_day + timedelta(days=place) for place in range(31))
        if day.weekday() < 5 and (day.month, day.day) not in {(5, 1), (5, 14)}
    ]

    def at(day, hour):
        return month.starts_at + timedelta(
            days=(day - month.first_day).days, hours=hour, minutes=random.randrange(60)
        )

    def leaf(event, user, case, when, basis="assigned"):
        subject = log.Subject(case, "cases.case", case)
        log.record(event=event, actor=actor_for(user), at=when, basis=basis, subjects=[subject])

    for user in staff:
        for case in own[user.pk]:
            leaf(case_events.CASE_EDITED, user, case, at(random.choice(workdays), 11))
    for _ in range(4980):
        user = random.choice(staff)
        leaf(
            case_events.CASE_VIEWED,
            user,
            random.choice(own[user.pk]),
            at(random.choice(workdays), random.randrange(8, 17)),
        )
    odd = {}
    for number in range(5):
        day = random.choice(workdays)
        odd[staff[number].pk, kin[number]] = ("connected", at(day, 10), "granted")
        odd[staff[5 + number].pk, guarded[number]] = ("protected", at(day, 23), "granted")
        odd[staff[10 + number].pk, ended[number]] = ("closed", at(day, 14), "granted")
        odd[staff[15 + number].pk, own[staff[0].pk][0]] = ("emergency", at(day, 13), "emergency")
    for (person, case), (_, when, basis) in odd.items():
        leaf(case_events.CASE_VIEWED, next(user for user in staff if user.pk == person), case, when, basis)

    for earlier in range(1, month.number):
        office.draw(Month(month.year, earlier))
    review = office.draw(month)
    assert review.readings == 5000
    with_reasons = _hits(office, review)
    assert len(odd) == 20
    assert len(with_reasons) <= MOST_HITS
    for pair, (code, _, _) in odd.items():
        assert code in with_reasons[pair], (code, pair)
        assert knowledge.sign(code).sentence != code


def _hits(office, review):
    from uuid import UUID

    from audit.review import access
    from tests.cast import acting

    found = {}
    with acting(office.cast.auditor, at=review.drawn_at) as actor:
        access.open_review(review=review.pk, actor=actor, at=review.drawn_at)
        for item in ReviewItem.objects.filter(review=review, kind=ItemKind.HIT):
            if item.finding["file"]:
                found[item.person_id, UUID(item.finding["file"])] = {
                    code for code, _ in item.finding["reasons"]
                }
    return found


def _close(cases):
    """End cases in January, as the last approval does."""
    from cases.models import Case

    Case.objects.filter(pk__in=cases).update(closed_on=BEGIN.date(), stage="closed")
