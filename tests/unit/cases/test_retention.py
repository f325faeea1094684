"""Until when files are kept: forty dated people, each with the day and the reason that the law gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.catalogue.deadline_rules import BY_CODE
from cases.retention import CHILD, FOREVER, LAST_NOTE, REASONS, File, Reason, Retention, retention

NOTE, GROWN, PLACED, RESEARCH = Reason.LAST_NOTE, Reason.CHILD, Reason.PLACED, Reason.RESEARCH
OPEN, HELD, UNKNOWN = Reason.OPEN, Reason.HELD, Reason.UNKNOWN_BIRTH


def kept(*files: File, born: str | None, everybody: bool = False) -> Retention:
    return retention(
        files,
        born=date.fromisoformat(born) if born else None,
        keeps_everybody=everybody,
        note_rule=BY_CODE[LAST_NOTE],
        child_rule=BY_CODE[CHILD],
    )


def file(last: str, **said) -> File:
    return File(date.fromisoformat(last), **said)


def placed(last: str) -> File:
    return file(last, placed_a_child=True)


def inquiry(last: str) -> File:
    return file(last, inquired_into_a_child=True)


def at_work(last: str) -> File:
    return file(last, is_ended=False)


def held(last: str) -> File:
    return file(last, is_held=True)


PEOPLE = [
    # Five years after the last note, for days of birth beside those of research.
    ("1990-06-14", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-04", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-06", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-16", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-24", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-26", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-06-01", [file("2021-03-02")], "2026-03-02", NOTE),
    ("1990-01-31", [file("2021-03-02")], "2026-03-02", NOTE),
    # Kept for research: born on the 5th, 15th or 25th of any month.
    ("1990-06-05", [file("2021-03-02")], None, RESEARCH),
    ("1990-06-15", [file("2021-03-02")], None, RESEARCH),
    ("1990-06-25", [file("2021-03-02")], None, RESEARCH),
    ("2000-02-25", [file("2009-12-31")], None, RESEARCH),
    ("1990-12-05", [inquiry("2005-03-02")], None, RESEARCH),
    # Year ends, and a leap day.
    ("1990-06-14", [file("2020-12-31")], "2025-12-31", NOTE),
    ("1990-06-14", [file("2021-01-01")], "2026-01-01", NOTE),
    ("1990-06-14", [file("2020-02-29")], "2025-02-28", NOTE),
    ("1992-02-29", [file("2021-07-01")], "2026-07-01", NOTE),
    # A child's inquiry: until thirty, or five years after a later note.
    ("2005-06-14", [inquiry("2021-03-02")], "2035-06-14", GROWN),
    ("2010-01-01", [inquiry("2026-03-02")], "2040-01-01", GROWN),
    ("1992-06-14", [inquiry("2021-03-02")], "2026-03-02", NOTE),
    ("1996-03-02", [inquiry("2021-03-02")], "2026-03-02", NOTE),
    ("1996-03-03", [inquiry("2021-03-02")], "2026-03-03", GROWN),
    ("2004-02-29", [inquiry("2021-03-02")], "2034-02-28", GROWN),
    # A notification that led to no inquiry.
    ("2005-06-14", [file("2021-03-02")], "2026-03-02", NOTE),
    # A child was placed: never, whatever else there is and however old she is.
    ("2005-06-14", [placed("2015-03-02")], None, PLACED),
    ("1970-06-14", [placed("1985-03-02")], None, PLACED),
    ("2005-06-14", [placed("2015-03-02"), inquiry("2019-03-02")], None, PLACED),
    ("2005-06-15", [placed("2015-03-02")], None, PLACED),
    # She came again: the person's clock starts anew, and none goes before the last.
    ("1990-06-14", [file("2018-03-02"), file("2021-11-09")], "2026-11-09", NOTE),
    ("1990-06-14", [file("2021-11-09"), file("2018-03-02")], "2026-11-09", NOTE),
    ("2005-06-14", [inquiry("2019-03-02"), file("2031-03-02")], "2036-03-02", NOTE),
    ("2005-06-14", [inquiry("2019-03-02"), file("2026-03-02")], "2035-06-14", GROWN),
    ("1990-06-14", [file("2015-03-02"), at_work("2026-03-02")], None, OPEN),
    # Work goes on.
    ("1990-06-14", [at_work("2010-03-02")], None, OPEN),
    ("2005-06-14", [replace(inquiry("2021-03-02"), is_ended=False)], None, OPEN),
    # Somebody has put a hold on it.
    ("1990-06-14", [held("2010-03-02")], None, HELD),
    ("1990-06-14", [held("2010-03-02"), file("2015-03-02")], None, HELD),
    ("1990-06-14", [replace(held("2010-03-02"), is_ended=False)], None, OPEN),
    # Without a day of birth nobody can tell whether it is kept for research.
    (None, [file("2010-03-02")], None, UNKNOWN),
    (None, [placed("2010-03-02")], None, PLACED),
]


@pytest.mark.parametrize(("born", "files", "due", "reason"), PEOPLE)
def test_each_of_forty_people_is_kept_as_long_as_the_law_says(born, files, due, reason):
    found = kept(*files, born=born)
    assert found.reasons[0] == reason
    assert found.due_on == (date.fromisoformat(due) if due else None)
    assert found.is_forever == (reason in FOREVER)


def test_there_are_forty():
    assert len(PEOPLE) == 40
    assert {reason for *_, reason in PEOPLE} == set(Reason)


def test_where_research_needs_everybody_nobody_is_due():
    found = kept(file("2010-03-02"), born="1990-06-14", everybody=True)
    assert (found.due_on, found.reasons) == (None, (RESEARCH,))


@pytest.mark.parametrize(("due", "by"), [("2026-01-01", "2027-12-31"), ("2026-12-31", "2027-12-31")])
def test_destruction_is_finished_in_the_next_calendar_year(due, by):
    assert Retention((NOTE,), date.fromisoformat(due)).finish_by == date.fromisoformat(by)


def test_it_is_due_on_its_day_and_not_before():
    found = kept(file("2021-03-02"), born="1990-06-14")
    assert not found.is_due(date(2026, 3, 1))
    assert found.is_due(date(2026, 3, 2))
    assert not kept(held("2010-03-02"), born="1990-06-14").is_due(date(2100, 1, 1))


def test_every_reason_has_its_words():
    assert set(REASONS) == set(Reason)


DAYS = st.dates(date(1950, 1, 1), date(2060, 1, 1))
FILES = st.lists(
    st.builds(
        File,
        last_note_on=DAYS,
        is_ended=st.booleans(),
        placed_a_child=st.booleans(),
        inquired_into_a_child=st.booleans(),
        is_held=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(files=FILES, more=FILES, born=st.none() | DAYS)
def test_another_file_never_shortens_the_time(files, more, born):
    rules = {"note_rule": BY_CODE[LAST_NOTE], "child_rule": BY_CODE[CHILD]}
    alone = retention(files, born=born, keeps_everybody=False, **rules)
    together = retention([*files, *more], born=born, keeps_everybody=False, **rules)
    assert together.due_on is None or (alone.due_on is not None and together.due_on >= alone.due_on)


@given(files=FILES, born=st.none() | DAYS, later=st.integers(1, 4000))
def test_a_later_note_never_shortens_the_time(files, born, later):
    rules = {"note_rule": BY_CODE[LAST_NOTE], "child_rule": BY_CODE[CHILD]}
    before = retention(files, born=born, keeps_everybody=False, **rules)
    noted = [replace(files[0], last_note_on=files[0].last_note_on + timedelta(days=later)), *files[1:]]
    after = retention(noted, born=born, keeps_everybody=False, **rules)
    assert (before.due_on is None) == (after.due_on is None)
    assert before.due_on is None or after.due_on >= before.due_on
