"""Whether two people may be the same one, for intake: the same number, or the same day of birth and a like name; and
what of two names and two addresses is compared when a colleague may be near a client.

Names are heard and written in many ways (Mohamed, Muhammed); what is compared is the row of their consonants. A false
likeness costs a telephone call, a missed one two files on one person. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from cases.searching import normalise

ALIKE = 0.8
_SOUNDS = (
    ("ph", "f"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "k"),
    ("th", "t"),
    ("dj", "j"),
    ("ck", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("w", "v"),
)
_VOWELS = re.compile(r"[aeiouyåäö]")
_POSTCODE = re.compile(r"\b(\d{3}) ?(\d{2})\b")
_FLAT = re.compile(r"\b(?:lgh|lägenhet)\W*\w+|\b\d+\s*tr\b")
_ENTRANCE = re.compile(r"(\d) ([a-zåäö])$")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, as far as it tells her apart."""

    number: str
    born: date | None
    name: str


def may_be_same(one: Known, other: Known) -> bool:
    """Tell whether somebody should ask before a second file is opened."""
    if one.number and _bare(one.number) == _bare(other.number):
        return True
    return one.born is not None and one.born == other.born and _alike(one.name, other.name)


def skeleton(word: str) -> str:
    """The consonants of a word as they sound; the word itself if it has none."""
    sounded = normalise(word)
    for written, heard in _SOUNDS:
        sounded = sounded.replace(written, heard)
    bare = _REPEATED.sub(r"\1", _VOWELS.sub("", sounded))
    return bare or sounded


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((normalise(one).split(), normalise(other).split()), key=len)
    if not shorter:
        return False
    heard = [skeleton(word) for word in longer]
    return all(any(_sounds_like(skeleton(word), other) for other in heard) for word in shorter)


def _sounds_like(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _bare(number: str) -> str:
    return re.sub(r"[-+\s]", "", number).upper()


def family_names(name: str) -> set[str]:
    """Every name of a colleague but her first, since nobody has marked which of them is the family name."""
    return words_of(name.partition(" ")[2])


def words_of(name: str) -> set[str]:
    """The words of a name in one form. Swedish å, ä and ö are letters of their own, so no accent is taken away."""
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold()))


def homes_in(address: str) -> set[tuple[str, str]]:
    """The homes that a postal address may mean: each line before its postcode, with the postcode.

    One form for "Storg. 3 A, lgh 1101" and "Storgatan 3a": flats are left out, since neighbours in one stairway are
    near enough to be asked.
    """
    lines = [line.strip() for line in unicodedata.normalize("NFC", address).casefold().splitlines()]
    for place, line in enumerate(lines):
        found = _POSTCODE.search(line)
        if found:
            # On one line the street stands before the postcode.
            before = [*lines[:place], line[: found.start()]]
            return {(street, found[1] + found[2]) for text in before if (street := _street(text))}
    return set()


def _street(line: str) -> str:
    bare = _FLAT.sub(" ", line)
    for short, long in (("g. ", "gatan "), ("v. ", "vägen ")):
        bare = bare.replace(short, long)
    return _ENTRANCE.sub(r"\1\2", " ".join(re.findall(r"\w+", bare)))
