"""The pages of Loggkontroll: an auditor goes through a month, and what each page shows to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audit import log
from audit.models import Leaf, Review, ReviewItem, ReviewVerdict
from audit.review import queries
from audit.review.months import Month, midnight
from avhopp.web.guard import PAGE_REFUSED
from tests.cast import actor_for
from tests.signed_in import signed_in

OVERVIEW = reverse("audit:review")
LAST = Month.of(timezone.localdate().replace(day=1) - timedelta(days=1))
NIGHT = LAST.starts_at + timedelta(days=9, hours=23)


@pytest.fixture
def month(office):
    """The month that has just ended: a reading at night without work, and something by each reviewer."""
    office.commit(at=LAST.starts_at)
    case = office.case(at=LAST.starts_at - timedelta(days=60), given_name="Hemliga", family_name="Namnsson")
    office.open(office.cast.supervisor, case, at=NIGHT)
    return case


@pytest.fixture
def auditor(cast):
    return signed_in(cast.auditor)


def be_refused(user):
    """Three refusals of a day, which are a hit whoever is drawn."""
    for minute in range(3):
        log.record(event=PAGE_REFUSED, actor=actor_for(user), at=NIGHT + timedelta(minutes=minute))


def draw(client):
    return client.post(reverse("audit:review_draw"), {"month": LAST.code}, follow=True)


def item_page(item):
    return reverse("audit:review_item", args=[item.pk])


def test_auditor_goes_from_the_draw_to_the_signature(office, month, auditor):
    be_refused(office.cast.auditor)
    assert "Dra månadens stickprov" in auditor.get(OVERVIEW).content.decode()
    assert "Stickprovet är draget." in draw(auditor).content.decode()
    review = Review.objects.get(month=LAST.first_day)
    while waiting := queries.next_for(review=review.pk, actor=actor_for(office.cast.auditor)):
        answer = auditor.post(item_page(waiting), {"do": "clear", "remark": ""})
        assert answer.status_code == 302
    left = queries.unjudged(review=review.pk)
    assert {item.for_officer for item in left} == {True}
    assert "väntar på dataskyddsombudet" in auditor.get(OVERVIEW).content.decode()
    officer = signed_in(office.cast.officer)
    assert "Bedöm logggranskarnas egna händelser" in officer.get(OVERVIEW).content.decode()
    for item in left:
        officer.post(item_page(item), {"do": "clear"})
    assert "Läs och signera" in auditor.get(OVERVIEW).content.decode()
    signed = auditor.post(
        reverse("audit:review_sign", args=[review.pk]), {"summary": "Lugn månad."}, follow=True
    )
    assert "Månadens loggkontroll är signerad." in signed.content.decode()
    assert "Lugn månad." in auditor.get(reverse("audit:review_month", args=[review.pk])).content.decode()


def test_verdict_leads_to_the_next_item_and_from_the_last_to_the_month(office, month, auditor):
    draw(auditor)
    items = list(queries.items(review=Review.objects.get().pk))
    assert len(items) >= 2
    answers = [auditor.post(item_page(item), {"do": "clear"}) for item in items]
    assert answers[0].headers["Location"] == item_page(items[1])
    assert answers[-1].headers["Location"] == reverse("audit:review_month", args=[items[0].review_id])


def test_form_sent_twice_draws_once(office, month, auditor):
    draw(auditor)
    again = draw(auditor).content.decode()
    assert "Månaden är redan dragen" in again
    assert Review.objects.count() == 1


@pytest.mark.parametrize("code", ["", "2026-13", "hej", "1999-01"])
def test_month_that_is_not_to_be_drawn_is_not_drawn(office, month, auditor, code):
    answer = auditor.post(reverse("audit:review_draw"), {"month": code}, follow=True)
    assert "Månaden är inte slut ännu" in answer.content.decode()
    assert not Review.objects.exists()


def test_hit_shows_reasons_and_number_and_nothing_of_the_person(office, month, auditor):
    from cases.models import Case

    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    page = auditor.get(item_page(hit)).content.decode()
    assert "Läste utan att göra något i ärendet" in page
    assert "Ovanlig tid" in page
    assert Case.objects.get(pk=month).number in page
    assert "Hemliga" not in page
    assert "Namnsson" not in page
    assert str(month) not in page


def test_remark_without_words_is_said_at_its_field_and_nothing_is_kept(office, month, auditor):
    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    answer = auditor.post(item_page(hit), {"do": "remark", "remark": " "})
    assert answer.status_code == 422
    assert "Skriv vad som behöver redas ut" in answer.content.decode()
    assert not ReviewVerdict.objects.exists()


def test_remark_waits_on_the_overview_until_it_is_followed_up(office, month, auditor):
    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    auditor.post(item_page(hit), {"do": "remark", "remark": "Fråga chefen."})
    follow_up = reverse("audit:review_follow_up", args=[hit.pk])
    assert follow_up in auditor.get(OVERVIEW).content.decode()
    assert auditor.post(follow_up, {"measure": "", "text": ""}).status_code == 422
    auditor.post(follow_up, {"measure": "talked", "text": "Samtal i dag."})
    assert follow_up not in auditor.get(OVERVIEW).content.decode()
    page = auditor.get(item_page(hit)).content.decode()
    assert "Samtal med medarbetaren" in page
    assert "Samtal i dag." in page


def test_auditor_sees_that_her_own_events_are_drawn_and_not_what_they_are(office, month, auditor):
    be_refused(office.cast.auditor)
    draw(auditor)
    own = ReviewItem.objects.get(person=office.cast.auditor, kind="hit")
    listed = auditor.get(reverse("audit:review_month", args=[own.review_id])).content.decode()
    assert "Bedöms av dataskyddsombudet" in listed
    assert item_page(own) not in listed
    refused = auditor.get(item_page(own))
    assert refused.status_code == 403
    assert "Dina egna händelser bedöms av någon annan." in refused.content.decode()
    assert Leaf.objects.filter(event="review.refused", actor=office.cast.auditor.pk).count() == 1


def test_officer_is_refused_what_the_auditor_judges(office, month, auditor):
    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    refused = signed_in(office.cast.officer).get(item_page(hit))
    assert refused.status_code == 403
    assert "De här händelserna bedöms av en logggranskare." in refused.content.decode()


def test_late_month_is_said_at_the_top(office):
    office.commit(at=LAST.starts_at)
    with time_machine.travel(midnight(LAST.due_on + timedelta(days=1)) + timedelta(hours=9), tick=False):
        late = signed_in(office.cast.auditor).get(OVERVIEW).content.decode()
    assert "Loggkontrollen är försenad" in late
    assert "Försenad 1 dag" in late


def test_each_page_leaves_one_leaf(office, month, auditor):
    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    for address in (OVERVIEW, reverse("audit:review_month", args=[hit.review_id]), item_page(hit)):
        before = Leaf.objects.count()
        assert auditor.get(address).status_code == 200
        assert Leaf.objects.count() == before + 1


def test_remark_is_sealed(office, month, auditor):
    draw(auditor)
    hit = ReviewItem.objects.get(kind="hit")
    auditor.post(item_page(hit), {"do": "remark", "remark": "Fråga chefen."})
    row = ReviewVerdict.objects.get()
    assert b"chefen" not in bytes(row.__dict__["remark"])
    assert b"no_work" not in bytes(ReviewItem.objects.get(pk=hit.pk).__dict__["finding"])
