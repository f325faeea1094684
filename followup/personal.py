"""Refuses what looks like data about a person on its way into the follow-up. Pure.

Nothing about anybody enters here, so what looks like an identity number, a case number, an address of mail or a list
of people is refused whole, with what to do. It never repeats what it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stdnum import luhn

from avhopp.translation import gettext_noop

_IDENTITY = re.compile(
    r"(?<!\d)(?:19|20)?(\d{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01]))[-+ ]?(\d{4})(?!\d)"
)
# An interim number has a letter for the first of the last four figures.
_INTERIM = re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]?[A-Z]\d{3}(?!\d)")
_CASE = re.compile(r"(?<!\d)\d\d-(?=\w*[A-Z])[0-9A-HJKMNP-TV-Z]{5}(?!\w)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")


class LooksPersonal(Exception):
    """Something looks like data about a person; nothing was taken in. `reason` says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def require_impersonal(*, texts: Iterable[str]) -> None:
    """Refuse texts that hold an identity number, a case number or an address of mail."""
    for text in texts:
        if holds_identity_number(text):
            raise LooksPersonal(
                gettext_noop(
                    "Texten innehåller något som ser ut som ett personnummer. I uppföljningen får ingen enskild nämnas;"
                    " ta bort det."
                )
            )
        if _CASE.search(text):
            raise LooksPersonal(
                gettext_noop("Texten innehåller något som ser ut som ett ärendenummer. Ta bort det.")
            )
        if _MAIL.search(text):
            raise LooksPersonal(
                gettext_noop(
                    "Texten innehåller en e-postadress. Skriv en funktion i stället, eller ta bort den."
                )
            )


def holds_identity_number(text: str) -> bool:
    """Tell whether a text holds what may be a personnummer, samordningsnummer or interim number."""
    return bool(_INTERIM.search(text)) or any(
        luhn.is_valid(match[1] + match[2]) for match in _IDENTITY.finditer(text)
    )
