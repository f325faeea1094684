"""Days as the law counts them, and which clocks start and stop at which stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases.ages import birthday
from cases.catalogue.deadline_rules import BY_CODE, DEFAULTS, DeadlineDefault, Unit
from cases.catalogue.legal_bases import DEFAULTS as PROVISIONS
from cases.deadlines import (
    AGE_RULES,
    ENTRIES,
    FOLLOW_UPS,
    HAPPENINGS,
    Arrival,
    NoLength,
    ages_of,
    counts_as_child,
    is_working_day,
    last_day,
    month_of,
    working_day_from,
)
from cases.workflow import ORDER, WAYS, Stage, Track

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


def rule(unit: Unit, length: int = 0, *, moves: bool = False) -> DeadlineDefault:
    return DeadlineDefault("x", "X", unit, length, moves=moves)


FOURTEEN, FOUR_MONTHS = rule(Unit.DAYS, 14, moves=True), rule(Unit.MONTHS, 4, moves=True)


@pytest.mark.parametrize(
    ("law", "start", "end"),
    [
        (rule(Unit.AT_ONCE), "2027-05-01", "2027-05-01"),  # at once, though it is a Saturday and a holiday
        (FOURTEEN, "2027-03-01", "2027-03-15"),  # Monday to Monday
        (FOURTEEN, "2027-03-12", "2027-03-30"),  # Good Friday; Easter Monday is the 29th
        (FOURTEEN, "2027-06-11", "2027-06-28"),  # Midsummer Eve is a Friday
        (FOURTEEN, "2027-12-10", "2027-12-27"),  # Christmas Eve on a Friday, Boxing Day on a Sunday
        (FOURTEEN, "2027-12-17", "2028-01-03"),  # New Year's Eve on a Friday
        (FOURTEEN, "2026-12-23", "2027-01-07"),  # Epiphany
        (FOURTEEN, "2027-04-22", "2027-05-07"),  # Ascension Day; the Friday after it is a working day
        (FOURTEEN, "2028-02-15", "2028-02-29"),  # a leap year's last day of February
        (FOUR_MONTHS, "2027-10-29", "2028-02-29"),  # there is a 29th in 2028
        (FOUR_MONTHS, "2026-10-29", "2027-03-01"),  # there is none in 2027; the 28th is a Sunday
        (FOUR_MONTHS, "2027-10-31", "2028-02-29"),  # the last of a shorter month
        (FOUR_MONTHS, "2027-01-31", "2027-05-31"),
        (FOUR_MONTHS, "2027-02-28", "2027-06-28"),  # and not the 30th
        (FOUR_MONTHS, "2027-02-06", "2027-06-07"),  # the National Day is a Sunday
        (rule(Unit.MONTHS, 6, moves=True), "2027-08-31", "2028-02-29"),
        (rule(Unit.MONTHS, 3), "2027-01-01", "2027-04-01"),
        (rule(Unit.MONTHS, 1), "2027-05-29", "2027-06-29"),
        (rule(Unit.MONTHS, 1), "2027-11-26", "2027-12-26"),  # a time that nothing moves
        (rule(Unit.MONTHS, 24), "2028-02-29", "2030-02-28"),
        (rule(Unit.DAYS, 7, moves=True), "2027-10-30", "2027-11-08"),  # All Saints' Day is a Saturday
    ],
)
def test_last_day_is_as_the_law_counts(law, start, end):
    assert last_day(law, start=date.fromisoformat(start)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2027-03-25", True),  # Maundy Thursday
        ("2027-03-26", False),  # Good Friday
        ("2027-04-30", True),  # Walpurgis Night
        ("2027-05-07", True),  # the Friday after Ascension Day
        ("2027-06-24", True),
        ("2027-06-25", False),  # Midsummer Eve
        ("2027-12-23", True),
        ("2026-12-24", False),  # Christmas Eve on a Thursday
        ("2026-12-31", False),  # New Year's Eve on a Thursday
        ("2027-01-05", True),  # Twelfth Night
        ("2027-01-06", False),
        ("2031-06-06", False),  # the National Day on a Friday
    ],
)
def test_only_the_eves_that_the_act_names_are_free(day, is_working):
    assert is_working_day(date.fromisoformat(day)) is is_working


def test_a_rule_whose_row_has_the_day_is_not_counted():
    with pytest.raises(NoLength):
        last_day(rule(Unit.GIVEN), start=date(2027, 1, 1))


@given(day=DAYS)
@example(day=date(2025, 12, 24))
def test_moving_gives_a_working_day_and_passes_none_over(day):
    moved = working_day_from(day)
    assert is_working_day(moved)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((moved - day).days))
    # From Christmas Eve on a Wednesday to the Monday is the longest.
    assert (moved - day).days <= 5
    assert working_day_from(moved) == moved


@given(start=DAYS, later=st.integers(0, 400), law=st.sampled_from(DEFAULTS))
def test_a_later_start_never_ends_earlier_and_no_end_lies_before_its_start(start, later, law):
    if law.unit == Unit.GIVEN:
        return
    end = last_day(law, start=start)
    assert start <= end <= last_day(law, start=start + timedelta(days=later))


@given(start=DAYS, length=st.integers(1, 60))
def test_months_end_on_the_same_number_or_on_the_last_of_a_shorter_month(start, length):
    end = last_day(rule(Unit.MONTHS, length), start=start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == length
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(start=DAYS, length=st.integers(0, 400))
def test_moving_never_shortens(start, length):
    counted = rule(Unit.DAYS, length)
    moved = last_day(replace(counted, moves=True), start=start)
    assert moved == working_day_from(last_day(counted, start=start))


@given(born=DAYS)
def test_what_is_plain_of_a_birthday_is_its_month_whatever_the_day(born):
    assert {code: month_of(day) for code, day in ages_of(born).items()} == {
        code: birthday(born=born.replace(day=1), age=int(code.split("_")[1])) for code in AGE_RULES
    }


def test_every_rule_that_is_named_stands_in_the_catalogue():
    named = {code for entry in ENTRIES for code in (*entry.starts, *entry.stops)}
    named |= {code for turn in HAPPENINGS.values() for code in (*turn.starts, *turn.stops)}
    assert named | AGE_RULES | set(FOLLOW_UPS.values()) <= set(BY_CODE)


def test_every_law_has_its_provision_and_nothing_else_escalates():
    provisions = {provision.code for provision in PROVISIONS}
    assert {law.legal_basis for law in DEFAULTS if law.legal_basis} <= provisions


def test_whatever_starts_by_itself_has_a_length():
    started = {code for entry in ENTRIES for code in entry.starts}
    started |= {code for turn in HAPPENINGS.values() for code in turn.starts}
    assert {code for code in started if BY_CODE[code].unit == Unit.GIVEN} == set()


def test_what_cannot_be_ticked_off_is_ended_by_something():
    ended = {code for entry in ENTRIES for code in entry.stops}
    ended |= {code for turn in HAPPENINGS.values() for code in turn.stops}
    by_record = {*FOLLOW_UPS.values(), "first_meeting", "emergency_review"}
    assert {law.code for law in DEFAULTS if not law.by_hand} - ended == by_record


def arrival(track, origin, target, closure_reason=""):
    return Arrival(Track(track), origin and Stage(origin), Stage(target), closure_reason)


@pytest.mark.parametrize(
    ("case", "is_child", "starts"),
    [
        (("prevention", None, "protection_check"), True, ["protection_assessment", "preliminary"]),
        (("prevention", None, "protection_check"), False, ["protection_assessment", "preliminary"]),
        (("prevention", "protection_check", "preliminary"), True, []),
        (("prevention", "preliminary", "inquiry"), True, ["notifier_answer", "inquiry_child"]),
        (("prevention", "preliminary", "inquiry"), False, ["notifier_answer"]),
        (("prevention", "preliminary", "closed", "declined"), True, ["notifier_answer"]),
        (("exit", None, "intake"), False, []),
        (("exit", "assessment", "inquiry"), True, ["inquiry_child"]),
        (("exit", "assessment", "inquiry"), False, []),
        (("exit", "inquiry", "acute"), False, ["acute_complete"]),
        (("exit", "agreement", "acute"), False, []),
        (("exit", "stabilising", "acute"), False, []),
        (
            ("exit", "aftercare", "closed", "goals_met"),
            False,
            ["follow_up_6", "follow_up_12", "follow_up_24"],
        ),
        (("exit", "aftercare", "closed", "deceased"), False, []),
        (("exit", "intake", "closed", "declined"), False, []),
        (("secondary", "support", "closed", "moved"), False, ["follow_up_6", "follow_up_12", "follow_up_24"]),
        (("exit", "closed", "followed_up"), False, []),
    ],
)
def test_table_says_what_starts(case, is_child, starts):
    assert arrival(*case).starts(is_child=is_child) == starts


@pytest.mark.parametrize(
    ("case", "running", "done", "passed"),
    [
        (("prevention", "protection_check", "preliminary"), {"protection_assessment", "preliminary"},
         {"protection_assessment"}, set()),
        (("prevention", "preliminary", "inquiry"), {"preliminary"}, {"preliminary"}, set()),
        (("prevention", "preliminary", "closed", "declined"), {"preliminary", "age_18"},
         {"preliminary"}, {"age_18"}),
        (("exit", "inquiry", "acute"), {"inquiry_child"}, set(), set()),
        (("exit", "inquiry", "agreement"), {"inquiry_child", "acute_complete", "consent_ends"},
         {"inquiry_child", "acute_complete"}, set()),
        (("exit", "inquiry", "closed", "lost_contact"), {"inquiry_child", ""}, set(), {"inquiry_child", ""}),
        (("exit", "inquiry", "closed", "moved"), {"inquiry_child", ""}, set(), {""}),
        (("exit", "closed", "followed_up"), {"follow_up_24", ""}, set(), {""}),
    ],
)  # fmt: skip
def test_table_says_what_stops(case, running, done, passed):
    assert arrival(*case).stops(running) == (done, passed)


@pytest.mark.parametrize("way", sorted(WAYS, key=str), ids=str)
@pytest.mark.parametrize("reason", ["goals_met", "moved"])
def test_nothing_of_an_unfinished_child_inquiry_is_lost_on_any_way(way, reason):
    """The four months end by the decision or by closure, and not by going to protect somebody first."""
    closed = way.target in {Stage.CLOSED, Stage.FOLLOWED_UP}
    going = Arrival(way.track, way.origin, way.target, reason if way.target == Stage.CLOSED else "")
    done, passed = going.stops({"inquiry_child"})
    ends = way.target == Stage.AGREEMENT or (closed and going.closure_reason != "moved")
    assert bool(done | passed) is ends


def test_every_track_begins_where_the_table_expects():
    assert ORDER[Track.PREVENTION][0] == Stage.PROTECTION_CHECK


@pytest.mark.parametrize(("track", "counts"), [("prevention", True), ("exit", False), ("secondary", False)])
def test_unknown_age_counts_as_a_childs_where_young_people_are_worked_with(track, counts):
    assert counts_as_child(born=None, day=date(2027, 1, 1), track=Track(track)) is counts
