"""One home in one form, however it is written on an envelope."""

from __future__ import annotations

import pytest

from cases.likeness import homes_in

HOME = {("provgatan 3a", "12345")}


@pytest.mark.parametrize(
    "written",
    [
        "Provgatan 3 A\n123 45 Provstad",
        "PROVGATAN 3A\n12345 PROVSTAD",
        "Provg. 3 a, lgh 1101\n123 45",
        "Provgatan 3 A, lägenhet 12\n\n123 45 Provstad",
        "Provgatan 3A 2 tr\n123 45 Provstad",
        "Provgatan 3 A, 123 45 Provstad",
    ],
)
def test_one_home_has_one_form(written):
    assert homes_in(written) == HOME


def test_every_line_before_the_postcode_may_be_the_street():
    assert homes_in("c/o Provsson\nProvgatan 3 A\n123 45 Provstad") == {("c o provsson", "12345"), *HOME}


@pytest.mark.parametrize(
    "written", ["", "Provgatan 3 A", "123 45 Provstad", "070-1740605", "prov@example.invalid"]
)
def test_what_is_not_street_and_postcode_is_no_home(written):
    assert homes_in(written) == set()


@pytest.mark.parametrize(
    "other", ["Provgatan 3 B\n123 45", "Provgatan 30 A\n123 45", "Provgatan 3 A\n123 46"]
)
def test_another_home_has_another_form(other):
    assert homes_in(other) & HOME == set()
