"""The ranking: what makes a reading worth a look, with its reason, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from audit.review.rank import (
    BULK,
    LEAST_SCORE,
    MANY_FILES,
    MOST_HITS,
    NO_WORK,
    OFF_HOURS,
    REFUSED,
    Read,
    Sign,
    Work,
    is_off_hours,
    rank,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SEED = bytes(32)
# A Wednesday.
MORNING = datetime(2026, 3, 4, 9, 30, tzinfo=STOCKHOLM)
PERSON, OTHER = UUID(int=1), UUID(int=2)
FILE = UUID(int=100)
KIN = Sign("kin", 8, "Släkt.")
READ = Read(PERSON, FILE, MORNING, "assigned")
WORK = Work(PERSON, FILE, MORNING.date())


def ranked(*, reads=(READ,), work=(WORK,), refusals=(), known=None, seed=SEED):
    return rank(reads=reads, work=work, refusals=refusals, known=known or {}, seed=seed)


def codes(hit):
    return [reason.sign.code for reason in hit.reasons]


def test_reading_of_one_who_works_in_the_case_by_day_is_no_hit():
    assert ranked() == []


def test_reading_without_work_is_a_hit():
    (hit,) = ranked(work=[])
    assert (hit.person, hit.file, codes(hit)) == (PERSON, FILE, ["no_work"])


@pytest.mark.parametrize(("days", "is_hit"), [(30, False), (-30, False), (31, True), (-31, True)])
def test_work_within_thirty_days_explains_a_reading(days, is_hit):
    work = [replace(WORK, day=MORNING.date() + timedelta(days=days))]
    assert bool(ranked(work=work)) is is_hit


@pytest.mark.parametrize("work", [replace(WORK, person=OTHER), replace(WORK, file=UUID(int=101))])
def test_work_of_another_or_in_another_case_explains_nothing(work):
    assert codes(ranked(work=[work])[0]) == ["no_work"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 4, 5, 59, tzinfo=STOCKHOLM), True),
        (datetime(2026, 3, 4, 6, 0, tzinfo=STOCKHOLM), False),
        (datetime(2026, 3, 4, 21, 59, tzinfo=STOCKHOLM), False),
        (datetime(2026, 3, 4, 22, 0, tzinfo=STOCKHOLM), True),
        (datetime(2026, 3, 7, 12, 0, tzinfo=STOCKHOLM), True),
        (datetime(2026, 4, 3, 12, 0, tzinfo=STOCKHOLM), True),
        (datetime(2026, 6, 19, 12, 0, tzinfo=STOCKHOLM), False),
        (datetime(2026, 12, 25, 12, 0, tzinfo=STOCKHOLM), True),
    ],
    ids=["before six", "six", "before ten", "ten", "Saturday", "Good Friday", "Midsummer's Eve", "Christmas"],
)
def test_night_weekend_and_holiday_are_off_hours(moment, expected):
    assert is_off_hours(moment) is expected


def test_night_alone_is_no_hit_and_with_another_sign_it_adds_to_it():
    night = replace(READ, at=MORNING.replace(hour=23))
    assert ranked(reads=[night]) == []
    (hit,) = ranked(reads=[night], work=[])
    assert codes(hit) == ["no_work", "off_hours"]
    assert hit.score == NO_WORK.weight + OFF_HOURS.weight


def test_sign_from_those_who_know_the_files_comes_first_and_is_given_to_its_pair_alone():
    reads = [READ, replace(READ, person=OTHER)]
    work = [WORK, replace(WORK, person=OTHER)]
    (hit,) = ranked(reads=reads, work=work, known={KIN: {(PERSON, FILE)}})
    assert (hit.person, codes(hit)) == (PERSON, ["kin"])


def test_readings_of_one_file_by_one_person_are_one_hit_with_its_time():
    reads = [
        READ,
        replace(READ, at=MORNING + timedelta(days=5)),
        replace(READ, at=MORNING - timedelta(days=1)),
    ]
    (hit,) = ranked(reads=reads, work=[])
    assert (hit.first_at, hit.last_at) == (MORNING - timedelta(days=1), MORNING + timedelta(days=5))


@pytest.mark.parametrize(("number", "is_hit"), [(MANY_FILES - 1, False), (MANY_FILES, True)])
def test_many_files_within_an_hour_are_one_hit(number, is_hit):
    files = [UUID(int=200 + place) for place in range(number)]
    reads = [
        Read(PERSON, file, MORNING.replace(minute=place), "assigned") for place, file in enumerate(files)
    ]
    hits = ranked(reads=reads, work=[replace(WORK, file=file) for file in files])
    assert [codes(hit) for hit in hits] == ([["bulk"]] if is_hit else [])
    if is_hit:
        assert hits[0].file is None
        assert hits[0].reasons[0].number == number


def test_what_an_hour_of_many_files_tells_is_not_told_again_for_each_file():
    files = [UUID(int=200 + place) for place in range(MANY_FILES)]
    reads = [Read(PERSON, file, MORNING.replace(minute=place), "granted") for place, file in enumerate(files)]
    known = {KIN: {(PERSON, files[3])}}
    hits = ranked(reads=reads, work=[], known=known)
    assert [(codes(hit), hit.file) for hit in hits] == [(["kin"], files[3]), (["bulk"], None)]
    later = replace(reads[5], at=MORNING + timedelta(days=2))
    assert (["no_work"], files[5]) in [
        (codes(hit), hit.file) for hit in ranked(reads=[*reads, later], work=[])
    ]


def test_one_file_opened_many_times_is_no_bulk():
    reads = [replace(READ, at=MORNING.replace(minute=place)) for place in range(40)]
    assert ranked(reads=reads) == []


def test_three_refusals_of_a_day_are_a_hit_and_two_are_not():
    refusals = [(PERSON, MORNING + timedelta(minutes=place)) for place in range(3)]
    (hit,) = ranked(refusals=refusals)
    assert (codes(hit), hit.reasons[0].number) == (["refused"], 3)
    assert ranked(refusals=refusals[:2]) == []
    spread = [(PERSON, MORNING + timedelta(days=place)) for place in range(3)]
    assert ranked(refusals=spread) == []


def test_order_is_by_score_and_the_same_for_the_same_seed():
    reads = [
        replace(READ, file=UUID(int=300 + place), at=MORNING + timedelta(hours=place % 6))
        for place in range(60)
    ]
    known = {KIN: {(PERSON, UUID(int=333))}}
    hits = ranked(reads=reads, work=[], known=known)
    assert len(hits) == MOST_HITS
    assert hits[0].file == UUID(int=333)
    assert hits == ranked(reads=list(reversed(reads)), work=[], known=known)
    assert hits != ranked(reads=reads, work=[], known=known, seed=b"x" * 32)


def test_no_hit_has_less_than_the_least_score():
    assert BULK.weight >= LEAST_SCORE
    assert REFUSED.weight >= LEAST_SCORE
    assert OFF_HOURS.weight < LEAST_SCORE


def test_a_busy_month_of_ordinary_work_gives_no_hit():
    random = Random(7)
    reads, work = [], []
    for day in range(1, 29):
        for person in range(10):
            file = UUID(int=1000 + person * 6 + random.randrange(6))
            at = datetime(2026, 5, day, random.randrange(8, 17), random.randrange(60), tzinfo=STOCKHOLM)
            reads.append(Read(UUID(int=person + 1), file, at, "assigned"))
            work.append(Work(UUID(int=person + 1), file, at.date()))
    assert ranked(reads=reads, work=work) == []
