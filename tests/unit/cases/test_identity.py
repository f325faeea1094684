"""Identity numbers: what is refused, and with which advice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from cases.identity import NotAnIdentityNumber, birth_date_of, contains_identity_number, normalised
from cases.models.person import IdentityKind

TODAY = date(2026, 11, 22)
P, S, INTERIM, UNKNOWN = (
    IdentityKind.PERSONNUMMER,
    IdentityKind.SAMORDNINGSNUMMER,
    IdentityKind.INTERIM,
    IdentityKind.UNKNOWN,
)


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (P, "19900607-2385", "stämmer inte"),
        (P, "", "stämmer inte"),
        (P, "hej", "stämmer inte"),
        (P, "1990-06-07-2384", "stämmer inte"),
        (P, "20990607-2385", "inte har varit"),
        (P, "19900667-2381", "samordningsnummer"),
        (S, "19900607-2384", "ökad med 60"),
        (UNKNOWN, "19900607-2384", "tomt"),
        (INTERIM, "", "tillfälliga"),
        (P, "19901399-2384", "datum finns inte"),
    ],
)
def test_wrong_number_is_refused_with_advice(kind, typed, words):
    with pytest.raises(NotAnIdentityNumber, match=words):
        normalised(kind=kind, typed=typed, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (P, "19900607-2384", "199006072384"),
        (P, " 199006072384 ", "199006072384"),
        (P, "900607-2384", "199006072384"),
        (P, "9006072384", "199006072384"),
        (S, "19900667-2381", "199006672381"),
        (INTERIM, "900607-T238", "900607-T238"),
        (UNKNOWN, "", ""),
    ],
)
def test_right_number_is_stored_in_one_form(kind, typed, stored):
    assert normalised(kind=kind, typed=typed, today=TODAY) == stored


def test_plus_means_a_hundred_years():
    number = "120607+" + _last("120607")
    assert normalised(kind=P, typed=number, today=TODAY).startswith("19120607")
    assert normalised(kind=P, typed=number.replace("+", "-"), today=TODAY).startswith("20120607")


def test_date_in_the_number_is_only_a_proposal():
    assert birth_date_of("199006672381") == date(1990, 6, 7)
    assert birth_date_of("199013012384") is None
    assert birth_date_of("900607-T238") is None


@pytest.mark.parametrize(
    "text",
    [
        "ring 19900607-2384 i dag",
        "900607-2384",
        "nr:9006072384.",
        "1990 0607?? 900607 2384",
        "a 19900667-2381",
    ],
)
def test_number_in_running_text_is_found(text):
    assert contains_identity_number(text)


@pytest.mark.parametrize(
    "text", ["ring 070-1740605", "2026-03-02 kl 10.30", "900607-2385", "ärende 26-7KQ4M", ""]
)
def test_other_digits_are_left_alone(text):
    assert not contains_identity_number(text)


@given(born=st.dates(date(1927, 1, 1), date(2026, 11, 21)), serial=st.integers(0, 999))
def test_every_number_with_a_right_digit_is_accepted_and_one_changed_digit_is_not(born, serial):
    short = born.strftime("%y%m%d")
    number = f"{born:%Y%m%d}{serial:03d}" + luhn.calc_check_digit(f"{short}{serial:03d}")
    assert normalised(kind=P, typed=number, today=TODAY) == number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(NotAnIdentityNumber):
        normalised(kind=P, typed=wrong, today=TODAY)


def _last(short: str) -> str:
    return "238" + luhn.calc_check_digit(f"{short}238")
