"""Two clients who must not meet are not booked on the premises at once; both workers read the same words, no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Leaf
from cases.access import Refused
from cases.actions import meetings
from tests.cast import NOW, acting, make_case
from tests.signed_in import signed_in
from tests.universe import World
from tests.universe.meetings import BOOKED, START, apart, book

HALF = timedelta(minutes=30)


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


@pytest.fixture
def other(cast, case):
    """A colleague's case, whose client must not meet this one's."""
    made = make_case(worker=cast.colleague, given_name="Andra")
    apart(cast.supervisor, case, made)
    return made


def book_other(cast, other, **changes):
    from cases.access import get_case

    with acting(cast.colleague) as actor:
        opened = get_case(actor=actor, case=other, at=NOW)
        return meetings.book(opened=opened, **{**BOOKED, **changes}, by=actor, now=NOW)


@pytest.mark.parametrize("first", ["case", "other"])
def test_whoever_books_second_is_told_to_choose_another_time(world, cast, other, first):
    both = [lambda: book(world), lambda: book_other(cast, other)]
    one, two = both if first == "case" else reversed(both)
    one()
    with pytest.raises(meetings.ChooseAnotherTime):
        two()


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "elsewhere"},
        {"place": "remote"},
        {"starts_at": START + 3 * HALF, "ends_at": START + 4 * HALF},
        {"starts_at": START - 2 * HALF, "ends_at": START - HALF},
    ],
)
def test_elsewhere_or_half_an_hour_apart_they_do_not_meet(world, cast, other, changes):
    book(world)
    book_other(cast, other, **changes)


def test_within_half_an_hour_they_could(world, cast, other):
    book(world)
    with pytest.raises(meetings.ChooseAnotherTime):
        book_other(cast, other, starts_at=START + 3 * HALF - HALF / 2, ends_at=START + 5 * HALF)


def test_cancelled_meeting_and_an_ended_pair_stop_nobody(world, cast, other):
    from cases.models import KeepApart

    booked = book(world)
    world.call(cast.worker, "meetings.cancel", meeting=booked)
    stays = book_other(cast, other)
    world.call(cast.supervisor, "meetings.let_meet", apart=KeepApart.objects.get())
    book(world)
    assert stays.cancelled_at is None


def test_both_workers_read_the_same_words_and_nothing_of_the_other(cast):
    """The pages differ in nothing but what each has typed about her own case."""
    now = timezone.now()
    one = make_case(worker=cast.worker, given_name="Ena", at=now)
    two = make_case(worker=cast.colleague, given_name="Andra", at=now)
    apart(cast.supervisor, one, two, at=now)
    day = timezone.localtime(now) + timedelta(days=2)
    typed = {"day": f"{day:%Y-%m-%d}", "length": "60", "place": "office", "note": ""}
    pages = []
    for worker, first, second, clock in (
        (cast.worker, two, one, "10:00"),
        (cast.colleague, one, two, "14:00"),
    ):
        taken = cast.colleague if worker is cast.worker else cast.worker
        for user, case in ((taken, first), (worker, second)):
            browser = signed_in(user)
            url = reverse("cases:case_meeting_new", args=[case])
            key = browser.get(url).context["form"]["key"].value()
            answer = browser.post(url, {**typed, "clock": clock, "key": key})
        assert answer.status_code == 403
        pages.append(answer.content.decode())
    for page, secret in zip(pages, ("Andra", "Ena"), strict=True):
        assert "Den tiden går inte att boka. Välj en annan tid." in page
        assert secret not in page
    words = [[line for line in page.splitlines() if "Välj en annan tid" in line] for page in pages]
    assert words[0] == words[1] != []
    assert Leaf.objects.filter(event="meeting.stopped").count() == 2


def test_only_who_leads_both_keeps_two_apart(world, cast, case, foreign_case):
    from cases.access import NotVisible

    with pytest.raises(Refused):
        apart(cast.worker, case, make_case(worker=cast.worker, given_name="Andra"))
    with pytest.raises(NotVisible):
        apart(cast.supervisor, case, foreign_case)
    with pytest.raises(meetings.SameCase):
        apart(cast.supervisor, case, case)


def test_worker_of_the_other_case_finds_no_trace_in_hers(cast, case, other):
    page = signed_in(cast.colleague).get(reverse("cases:case_tasks", args=[other])).content.decode()
    assert "Hotad av honom." not in page
    assert "Får inte möta" not in page
