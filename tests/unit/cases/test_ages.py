"""The law's ages: what each rule answers on the day before the birthday and on the birthday itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import ages
from cases.ages import Missing, age_on, birthday, milestones
from cases.catalogue import legal_bases

BORN = date(2010, 5, 20)
DAY = timedelta(days=1)
RULES = {
    "speaks_for_herself": {},
    "may_get_open_measure": {
        "guardian_consents": False,
        "suitability": "Vill själv, föräldrarna är del av hotet.",
    },
    "may_be_placed": {"guardian_consents": False},
    "may_get_measure_without_needs_test": {"guardian_consents": False},
    "may_live_in_protected_housing": {"with_guardian": False},
    "may_have_qualified_contact": {},
    "may_be_worked_with": {"is_authorised": False},
}


def ask(rule, day, **changes):
    return getattr(ages, rule)(**{"born": BORN, "day": day, **RULES[rule], **changes})


@pytest.mark.parametrize(
    ("rule", "age", "before", "after"),
    [
        ("speaks_for_herself", 15, Missing.GUARDIAN, None),
        ("may_get_open_measure", 12, Missing.GUARDIAN, None),
        ("may_be_placed", 18, Missing.GUARDIAN, None),
        ("may_get_measure_without_needs_test", 15, Missing.GUARDIAN, None),
        ("may_live_in_protected_housing", 18, Missing.GUARDIAN, None),
        ("may_have_qualified_contact", 21, None, Missing.AGE),
        ("may_be_worked_with", 18, Missing.QUALIFICATION, None),
    ],
)
def test_rule_turns_on_the_birthday(rule, age, before, after):
    turns = birthday(born=BORN, age=age)
    assert (ask(rule, turns - DAY).missing, ask(rule, turns).missing) == (before, after)


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("may_get_open_measure", {"guardian_consents": True}),
        ("may_be_placed", {"guardian_consents": True}),
        ("may_get_measure_without_needs_test", {"guardian_consents": True}),
        ("may_live_in_protected_housing", {"with_guardian": True}),
        ("may_be_worked_with", {"is_authorised": True}),
    ],
)
def test_what_a_small_child_lacks_can_be_given(rule, given):
    assert not ask(rule, date(2020, 1, 1))
    assert ask(rule, date(2020, 1, 1), **given)


@pytest.mark.parametrize("age", [12, 14, 15, 17])
def test_open_measure_on_the_childs_own_consent_needs_the_reason_why_it_suits(age):
    day = birthday(born=BORN, age=age)
    assert ask("may_get_open_measure", day)
    assert ask("may_get_open_measure", day, suitability=" ").missing == Missing.SUITABILITY


@pytest.mark.parametrize("rule", RULES)
def test_unknown_date_of_birth_passes_no_rule(rule):
    assert ask(rule, date(2026, 1, 1), born=None).missing == Missing.BIRTH_DATE


@pytest.mark.parametrize("rule", RULES)
def test_every_verdict_on_a_child_cites_a_provision_of_the_catalogue(rule):
    known = {provision.code for provision in legal_bases.DEFAULTS}
    for age in range(18):
        verdict = ask(rule, birthday(born=BORN, age=age))
        assert verdict.legal_basis in known
        assert verdict.reason


def test_one_born_on_a_leap_day_turns_eighteen_on_the_last_of_february():
    assert birthday(born=date(2008, 2, 29), age=18) == date(2026, 2, 28)
    assert age_on(born=date(2008, 2, 29), day=date(2026, 2, 28)) == 18
    assert age_on(born=date(2008, 2, 29), day=date(2026, 2, 27)) == 17


@given(born=st.dates(date(1920, 1, 1), date(2026, 1, 1)), days=st.integers(0, 36_500))
def test_age_and_birthday_agree(born, days):
    day = born + timedelta(days=days)
    age = age_on(born=born, day=day)
    assert birthday(born=born, age=age) <= day < birthday(born=born, age=age + 1)


@given(born=st.dates(date(2000, 1, 1), date(2026, 1, 1)), after=st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_milestones_are_those_still_to_come(born, after):
    found = list(milestones(born=born, after=after))
    assert all(day > after and day == birthday(born=born, age=age) for age, day in found)
    assert [age for age, _ in found] == [age for age in ages.MILESTONES if age_on(born=born, day=after) < age]
