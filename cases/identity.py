"""Identity numbers: which are right, and whether a text holds one. Pure; the check digit is python-stdnum's.

Numbers are stored with twelve digits. Interim and reserve numbers are accepted as typed (domain.md §2).
"""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from stdnum import luhn

from avhopp.translation import gettext_noop
from cases.models.person import IdentityKind

# Ten or twelve digits as people write them, with or without the separator that becomes "+" at a hundred years.
_CANDIDATE = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")
# As people write Swedish numbers, with or without the country's.
_TELEPHONE = re.compile(r"(?<![\d+])(?:\+46|0046|0)(?:[ -]?\d){7,10}(?!\d)")
_NUMBER = re.compile(r"(?P<century>\d{2})?(?P<short>\d{6})(?P<separator>[-+]?)(?P<last>\d{4})")


class NotAnIdentityNumber(ValueError):
    """The number cannot be right; the message says what to do."""


def normalised(*, kind: IdentityKind, typed: str, today: date) -> str:
    """Give the number as it is stored: twelve digits for the two kinds that have a check digit.

    Raises `NotAnIdentityNumber` with a sentence in Swedish. A number of ten digits gets its century from the
    separator, as in folkbokföringslagen (1991:481) 18 §.
    """
    text = typed.strip()
    if kind == IdentityKind.UNKNOWN:
        if text:
            raise NotAnIdentityNumber(
                gettext_noop("Lämna numret tomt, eller välj vilket slag av nummer det är.")
            )
        return ""
    if kind == IdentityKind.INTERIM:
        if not text:
            raise NotAnIdentityNumber(gettext_noop("Skriv det tillfälliga numret så som det är tilldelat."))
        return text
    digits = _twelve_digits(text, today)
    is_coordination = int(digits[6:8]) > 60
    if kind == IdentityKind.SAMORDNINGSNUMMER and not is_coordination:
        raise NotAnIdentityNumber(
            gettext_noop("I ett samordningsnummer är dagen ökad med 60. Kontrollera numret.")
        )
    if kind == IdentityKind.PERSONNUMMER and is_coordination:
        raise NotAnIdentityNumber(gettext_noop("Detta är ett samordningsnummer. Välj det slaget."))
    return digits


def contains_identity_number(text: str) -> bool:
    """Tell whether a text holds a number with a right date and check digit."""
    for match in _CANDIDATE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        full = digits if len(digits) == 12 else f"20{digits}"
        if luhn.is_valid(digits[-10:]) and birth_date_of(full) is not None:
            return True
    return False


def contains_contact_details(text: str) -> bool:
    """Tell whether a text seems to hold a telephone number or an e-mail address, by which somebody could be found."""
    return _TELEPHONE.search(text) is not None or any(_is_address(word) for word in text.split())


def birth_date_of(number: str) -> date | None:
    """Read the date in a twelve-digit number; only a proposal, since the real date may differ (domain.md §2)."""
    if not re.fullmatch(r"\d{12}", number):
        return None
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return None


def _is_address(word: str) -> bool:
    try:
        validate_email(word.strip(".,;:()<>"))
    except ValidationError:
        return False
    return True


def _twelve_digits(text: str, today: date) -> str:
    match = _NUMBER.fullmatch(re.sub(r"\s", "", text))
    if match is None or not luhn.is_valid(f"{match['short']}{match['last']}"):
        raise NotAnIdentityNumber(
            gettext_noop(
                "Numret stämmer inte. Skriv ÅÅÅÅMMDD-NNNN och jämför siffra för siffra med underlaget."
            )
        )
    century = match["century"] or _century(match["short"], match["separator"], today)
    digits = f"{century}{match['short']}{match['last']}"
    born = birth_date_of(digits)
    if born is None:
        raise NotAnIdentityNumber(gettext_noop("Numrets datum finns inte. Kontrollera månad och dag."))
    if born > today:
        raise NotAnIdentityNumber(gettext_noop("Numret har ett födelsedatum som inte har varit än."))
    return digits


def _century(short: str, separator: str, today: date) -> int:
    century = today.year // 100
    if int(short[:2]) > today.year % 100:
        century -= 1
    return century - 1 if separator == "+" else century
