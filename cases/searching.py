"""What may be searched for (F637 15 §): a name, an identity number or a case number, and nothing else. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cases.naming import ALPHABET

FEWEST_LETTERS = 3
_CASE_NUMBER = re.compile(rf"\d\d-[{ALPHABET}]{{5}}")
_IDENTITY = re.compile(r"(?:\d\d)?\d{6}[-+ ]?[\dA-Z]{4}", re.IGNORECASE)


class Kind(StrEnum):
    """What a term is."""

    CASE_NUMBER = "case_number"
    IDENTITY_NUMBER = "identity_number"
    NAME = "name"


class TooShort(ValueError):
    """Fewer letters than would single anybody out; type more of the name."""


@dataclass(frozen=True, slots=True)
class Term:
    """What is searched for, in the form that it is compared in."""

    kind: Kind
    words: tuple[str, ...]


def read(typed: str) -> Term:
    """Tell what was typed; raises `TooShort`."""
    text = " ".join(typed.split())
    if _CASE_NUMBER.fullmatch(text.upper()):
        return Term(Kind.CASE_NUMBER, (text.upper(),))
    if _IDENTITY.fullmatch(text):
        return Term(Kind.IDENTITY_NUMBER, (_digits(text),))
    words = tuple(normalise(text).split())
    if sum(map(len, words)) < FEWEST_LETTERS:
        raise TooShort
    return Term(Kind.NAME, words)


def matches_name(term: Term, *names: str) -> bool:
    """Tell whether each word of the term begins a word of the names."""
    parts = normalise(" ".join(names)).split()
    return all(any(part.startswith(word) for part in parts) for word in term.words)


def matches_number(term: Term, number: str) -> bool:
    """Tell whether the number is the one searched for, with or without its century and separator."""
    stored, wanted = _digits(number), term.words[0]
    return bool(stored) and (stored == wanted or (len(wanted) == 10 and stored[-10:] == wanted))


def normalise(text: str) -> str:
    """Bring spellings together: compatibility forms, case, hyphens as spaces, accents but for å, ä and ö."""
    # Letters of other kinds (𝑋) have a case only once they are plain ones.
    plain = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFKC", plain).replace("-", " ")
    return "".join(char if char in "åäö" else _bare(char) for char in composed)


def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def _digits(text: str) -> str:
    return re.sub(r"[-+\s]", "", text).upper()
