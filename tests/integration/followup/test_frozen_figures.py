"""Figures are counted once, after their half-year, through the one door, and printed behind the threshold."""

from __future__ import annotations

import contextvars
import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from unittest import mock
from urllib.parse import parse_qs

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from audit.digest import row_digest
from audit.models import Leaf
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import Denied
from cases.models import Case, Person
from followup import actions, facts
from followup.actions import NotEnded
from followup.indicators import EXIT_CASES_OPENED, INDICATORS, least_shown, printed
from followup.models import FrozenFigure
from followup.periods import HalfYear, ended_half_years
from tests.cast import acting, actor_for, make_case

SPRING = HalfYear(2026, 1)
IN_SPRING = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHANGES = ["UPDATE followup_frozenfigure SET text = '15'", "DELETE FROM followup_frozenfigure"]
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
AFTER = datetime(2026, 7, 2, 9, tzinfo=UTC)


def freeze(user, *, period=SPRING, now=AFTER):
    return actions.freeze(indicator=EXIT_CASES_OPENED, period=period, by=actor_for(user), now=now)


def open_cases(cast, number, *, at=IN_SPRING, track="exit"):
    for _ in range(number):
        make_case(worker=cast.worker, at=at, track=track)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 6, 30, 12, tzinfo=UTC),
        # Half an hour before midnight in Stockholm.
        datetime(2026, 6, 30, 21, 30, tzinfo=UTC),
        datetime(2025, 12, 31, 12, tzinfo=UTC),
    ],
)
def test_figure_of_a_half_year_that_goes_on_is_refused(cast, now):
    with pytest.raises(NotEnded):
        freeze(cast.manager, now=now)
    assert not FrozenFigure.objects.exists()


def test_figure_may_be_frozen_from_the_first_minute_of_the_next_half_year(cast):
    assert freeze(cast.manager, now=datetime(2026, 6, 30, 22, 1, tzinfo=UTC)).period == "2026H1"


def test_what_is_registered_late_does_not_move_a_frozen_figure(cast):
    open_cases(cast, 8)
    first = freeze(cast.manager)
    assert first.text == "10"
    open_cases(cast, 6)
    assert (
        facts.count(indicator="exit_cases_opened", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on) == 14
    )
    assert freeze(cast.officer, now=AFTER + timedelta(days=200)).text == "10"
    assert FrozenFigure.objects.count() == 1


@pytest.mark.parametrize(("number", "text"), [(0, ".."), (1, ".."), (7, ".."), (8, "10")])
def test_count_is_printed_behind_the_threshold(cast, number, text):
    open_cases(cast, number)
    assert freeze(cast.manager).text == text


def test_other_tracks_and_other_half_years_are_not_counted(cast):
    open_cases(cast, 8)
    open_cases(cast, 5, track="prevention")
    open_cases(cast, 5, at=datetime(2025, 12, 31, 12, tzinfo=UTC))
    open_cases(cast, 5, at=AFTER)
    assert facts.count(indicator="exit_cases_opened", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on) == 8


def test_freezing_leaves_one_leaf_that_holds_the_print_and_the_rows_digest_and_no_count(cast):
    open_cases(cast, 9)
    figure = freeze(cast.manager)
    freeze(cast.manager)
    fields = json.loads(bytes(Leaf.objects.get(event="followup.figure_frozen").body))
    told = parse_qs(fields["purpose"].partition("?")[2])
    assert told == {
        "indicator": ["exit_cases_opened"],
        "period": ["2026H1"],
        "text": ["10"],
        "row": [row_digest(figure).hex()],
    }


def test_exact_count_is_stored_nowhere(cast):
    open_cases(cast, 9)
    figure = freeze(cast.manager)
    assert "9" not in {str(value) for value in (figure.indicator, figure.period, figure.text)}
    assert {field.name for field in FrozenFigure._meta.fields} == {
        "id",
        "indicator",
        "period",
        "text",
        "frozen_at",
    }


@pytest.mark.parametrize(
    "statement", ["UPDATE followup_frozenfigure SET text = '15'", "DELETE FROM followup_frozenfigure"]
)
@pytest.mark.parametrize(("alias", "error"), [("default", ProgrammingError), ("owner", IntegrityError)])
def test_database_refuses_to_change_a_frozen_figure(own_database, cast, statement, alias, error):
    freeze(cast.manager)
    with pytest.raises(error), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert FrozenFigure.objects.get().text == ".."


def test_database_refuses_a_second_figure_of_a_half_year(cast):
    figure = freeze(cast.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenFigure.objects.create(
            indicator=figure.indicator, period=figure.period, text="20", frozen_at=figure.frozen_at
        )


def test_second_reader_at_the_same_moment_gets_the_first_ones_figure(cast):
    """The first reader's row appears between the second one's look and her own insert."""

    def meanwhile(**asked):
        FrozenFigure.objects.create(
            indicator="exit_cases_opened", period=SPRING.code, text="10", frozen_at=AFTER
        )
        return 3

    with mock.patch.object(facts, "count", meanwhile):
        assert freeze(cast.manager).text == "10"
    assert not Leaf.objects.filter(event="followup.figure_frozen").exists()


@pytest.mark.parametrize("role", ["worker", "manager"])
def test_nothing_sealed_opens_behind_the_door_even_for_one_who_may_open_it(cast, case, role, monkeypatch):
    def peeks(starts_on, ends_on):
        return len(Case.objects.get(pk=case).need) + len(Person.objects.get().given_name)

    monkeypatch.setitem(facts._COUNTERS, "exit_cases_opened", peeks)
    with acting(getattr(cast, role)), pytest.raises(Denied):
        facts.count(indicator="exit_cases_opened", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on)


def test_the_door_leaves_the_askers_scope_as_it_was(cast):
    with acting(cast.manager):
        before = scopes.current()
        facts.count(indicator="exit_cases_opened", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on)
        assert scopes.current() is before
    assert contextvars.copy_context().get(scopes._current) is None


def test_counting_asks_for_no_key_and_no_row(cast, django_assert_num_queries):
    open_cases(cast, 2)
    with django_assert_num_queries(1) as asked:
        facts.count(indicator="exit_cases_opened", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on)
    assert asked[0]["sql"].startswith("SELECT COUNT(*)")


def test_indicator_that_nobody_counts_is_refused(db):
    with pytest.raises(facts.NotCounted):
        facts.count(indicator="names", starts_on=SPRING.starts_on, ends_on=SPRING.ends_on)


def test_every_indicator_of_ours_is_counted():
    assert set(facts._COUNTERS) == set(INDICATORS)


@given(st.integers(0, 10_000))
def test_printed_figure_leaves_at_least_five_counts_possible(count):
    text = printed(count=count, threshold=5)
    same = [
        other for other in range(max(0, count - 10), count + 11) if printed(count=other, threshold=5) == text
    ]
    assert len(same) >= 5
    assert text == ".." if count < least_shown(threshold=5) else abs(int(text) - count) <= 2


@given(DAYS, DAYS, DAYS)
def test_half_years_never_overlap_leave_no_gap_and_have_ended(starts_on, ends_on, today):
    periods = ended_half_years(starts_on=starts_on, ends_on=ends_on, today=today)
    assert all(period.starts_on >= starts_on and period.ends_on <= ends_on for period in periods)
    assert all(period.ends_on < today for period in periods)
    for earlier, later in pairwise(periods):
        assert later.starts_on == earlier.ends_on + timedelta(days=1)
    assert [HalfYear.of_code(period.code) for period in periods] == periods
