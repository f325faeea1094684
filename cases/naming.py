"""Case numbers and code names that say nothing of the person and cannot be counted. Pure but for the random source."""

from __future__ import annotations

import re
import secrets

# Crockford's base 32: no letters that are mistaken for digits, none that spell words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Trees, birds and waters; no names that people bear.
FIRST = [
    "Tall",
    "Gran",
    "Asp",
    "Alm",
    "Ek",
    "Bok",
    "Lönn",
    "Sälg",
    "Hassel",
    "Rönn",
    "Hägg",
    "Pil",
    "Lärk",
    "Idegran",
    "Avenbok",
    "Oxel",
    "Al",
    "Ask",
    "Lind",
    "Sequoia",
]
SECOND = [
    "tärna",
    "sångare",
    "mes",
    "trast",
    "siska",
    "falk",
    "uggla",
    "svala",
    "trana",
    "ejder",
    "vråk",
    "lom",
    "gök",
    "spov",
    "ärla",
    "vipa",
    "skata",
    "kaja",
    "fiskmås",
    "orre",
]


def new_number(*, year: int) -> str:
    """Make a case number such as 26-7KQ4M: the year of opening, and 25 random bits."""
    return f"{year % 100:02d}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))


def contains_number(text: str) -> bool:
    """Tell whether a text holds what looks like a case number, as people write it."""
    return re.search(rf"(?<!\w)\d\d-[{ALPHABET}]{{5}}(?!\w)", text.upper()) is not None


def new_code_name() -> str:
    """Make a code name to speak of a case aloud, such as Almtrast 27."""
    first, second = secrets.choice(FIRST), secrets.choice(SECOND)
    # Swedish writes no letter three times in a row: Hägg and gök become Häggök.
    if first[-2:] == second[0] * 2:
        second = second[1:]
    return f"{first}{second} {secrets.randbelow(90) + 10}"
