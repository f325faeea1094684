"""What figures count of what is sealed: the verb that knows it says it, as codes, to whoever keeps figures.

The programme does not know who that is. What comes back are the rows that were written, for the verb's own leaf.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from avhopp.sealed.base import SealedModel
from cases.ages import age_on


class Known(StrEnum):
    """What is sealed in a case and counted without it."""

    INITIATIVE = "initiative"
    AGE = "age"
    SEX = "sex"
    CLOSURE = "closure"
    ASSESSED = "assessed"
    MEASURE = "measure"
    AGENCIES = "agencies"
    AFTER_SIX = "after_six"
    AFTER_YEAR = "after_year"


class Keeper(Protocol):
    """Keeps what it is told of an enquiry or a case, and gives the rows that it wrote."""

    def __call__(self, *, of: UUID, known: Mapping[Known, str], now: datetime) -> Sequence[SealedModel]: ...


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Name somebody who keeps figures; called once when an app starts."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def tell(*, of: UUID, known: Mapping[Known, str], now: datetime) -> list[SealedModel]:
    """Tell what is known of an enquiry or a case; part of the action that wrote it down."""
    return [row for keeper in _keepers for row in keeper(of=of, known=known, now=now)]


def of_person(*, birth_date: date | None, legal_sex: str, opened_on: date) -> dict[Known, str]:
    """Give what is counted of a person: her age when the case was opened, if it is known, and her legal sex."""
    age = {} if birth_date is None else {Known.AGE: str(age_on(born=birth_date, day=opened_on))}
    return {**age, Known.SEX: legal_sex}
