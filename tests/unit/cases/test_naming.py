"""Names of cases: they say nothing of the person, cannot be counted, and can be read aloud."""

from __future__ import annotations

import re

from cases import naming


def test_number_is_the_year_and_a_draw():
    numbers = {naming.new_number(year=2026) for _ in range(500)}
    assert len(numbers) > 490
    assert all(re.fullmatch(r"26-[0-9A-HJKMNP-TV-Z]{5}", number) for number in numbers)


def test_code_name_has_no_letter_three_times(monkeypatch):
    drawn = iter(["Hägg", "gök", "Alm", "trast"])
    monkeypatch.setattr(naming.secrets, "choice", lambda options: next(drawn))
    assert naming.new_code_name().startswith("Häggök ")
    assert naming.new_code_name().startswith("Almtrast ")


def test_every_code_name_fits_its_column():
    longest = max(map(len, naming.FIRST)) + max(map(len, naming.SECOND)) + 3
    assert longest <= 40
