"""What a person's age means in law: who speaks for her, who must consent, what she may be given, who may work with her.

Each rule answers with a verdict that holds its reason and the code of its provision in the catalogue (`legal_bases`).
It only says what the age asks for: whether somebody has decided rightly is for the decision's own rules. A person whose
date of birth is not known passes no rule of age; write the date down, if need be an estimated one. Pure.

Source: domain.md §2, "Age" (socialtjänstlagen 2025:400).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from avhopp.translation import gettext_noop

CONSENTS_FROM = 12
SPEAKS_FROM = 15
ADULT_FROM = 18
YOUTH_ENDS_AT = 21
MILESTONES = (CONSENTS_FROM, SPEAKS_FROM, ADULT_FROM, YOUTH_ENDS_AT)


class Missing(StrEnum):
    """What the rule asks for and was not given."""

    BIRTH_DATE = "birth_date"
    GUARDIAN = "guardian"
    SUITABILITY = "suitability"
    QUALIFICATION = "qualification"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class AgeVerdict:
    """Yes, or no with what is missing; in both cases why, and on which provision (a code of the catalogue, or "")."""

    reason: str
    legal_basis: str = ""
    missing: Missing | None = None

    def __bool__(self) -> bool:
        return self.missing is None


UNKNOWN_AGE = AgeVerdict(
    gettext_noop(
        "Födelsedatumet är okänt, så åldersregeln kan inte prövas. Anteckna det, vid behov uppskattat, på Personen."
    ),
    missing=Missing.BIRTH_DATE,
)
OF_AGE = AgeVerdict(gettext_noop("Personen är myndig."))


def birthday(*, born: date, age: int) -> date:
    """The day on which somebody reaches an age; for one born on 29 February it may be 28 February.

    A month without the day ends the time on its last day, as 1 § lagen (1930:173) counts years from a day.
    """
    day: date = born + relativedelta(years=age)
    return day


def age_on(*, born: date, day: date) -> int:
    """Whole years; reached on the birthday itself."""
    age = day.year - born.year
    return age if birthday(born=born, age=age) <= day else age - 1


def is_child(*, born: date | None, day: date) -> bool:
    """Tell whether somebody is known to be under 18."""
    return born is not None and day < birthday(born=born, age=ADULT_FROM)


def milestones(*, born: date, after: date) -> Iterator[tuple[int, date]]:
    """The ages at which the law changes something, with their days, that come after a day."""
    for age in MILESTONES:
        day = birthday(born=born, age=age)
        if day > after:
            yield age, day


def speaks_for_herself(*, born: date | None, day: date) -> AgeVerdict:
    """Tell whether she herself pleads her cause, as a child beside her guardians."""
    if born is None:
        return UNKNOWN_AGE
    age = age_on(born=born, day=day)
    if age >= ADULT_FROM:
        return OF_AGE
    if age >= SPEAKS_FROM:
        return AgeVerdict(
            gettext_noop("Från 15 år för barnet sin egen talan, vid sidan av vårdnadshavarna."), "sol_3_4"
        )
    return AgeVerdict(
        gettext_noop("Före 15 år för vårdnadshavarna barnets talan. Barnet ska ändå få säga sin mening."),
        "sol_3_4",
        Missing.GUARDIAN,
    )


def may_get_open_measure(
    *, born: date | None, day: date, guardian_consents: bool, suitability: str
) -> AgeVerdict:
    """Judge an open measure: from 12 the child's own consent is enough, if the reason why it suits is written."""
    if born is None:
        return UNKNOWN_AGE
    age = age_on(born=born, day=day)
    if age >= ADULT_FROM:
        return OF_AGE
    if guardian_consents:
        return AgeVerdict(gettext_noop("Vårdnadshavarna samtycker till insatsen."), "sol_21_1")
    if age < CONSENTS_FROM:
        return AgeVerdict(
            gettext_noop("Före 12 år krävs vårdnadshavarnas samtycke till en öppen insats."),
            "sol_21_1",
            Missing.GUARDIAN,
        )
    if not suitability.strip():
        return AgeVerdict(
            gettext_noop("Skriv varför insatsen är lämplig utan vårdnadshavarnas samtycke."),
            "sol_21_1",
            Missing.SUITABILITY,
        )
    return AgeVerdict(
        gettext_noop("Från 12 år kan barnet självt samtycka till en öppen insats, när det är lämpligt."),
        "sol_21_1",
    )


def may_be_placed(*, born: date | None, day: date, guardian_consents: bool) -> AgeVerdict:
    """Judge a placement outside the home: a child's always needs the guardians."""
    if born is None:
        return UNKNOWN_AGE
    if age_on(born=born, day=day) >= ADULT_FROM:
        return OF_AGE
    if guardian_consents:
        return AgeVerdict(gettext_noop("Vårdnadshavarna samtycker till placeringen."), "sol_21_1")
    return AgeVerdict(
        gettext_noop(
            "En placering av ett barn kräver alltid vårdnadshavarnas samtycke, oavsett barnets ålder."
        ),
        "sol_21_1",
        Missing.GUARDIAN,
    )


def may_get_measure_without_needs_test(
    *, born: date | None, day: date, guardian_consents: bool
) -> AgeVerdict:
    """Judge a measure without needs test: below 15 it needs the guardians."""
    if born is None:
        return UNKNOWN_AGE
    age = age_on(born=born, day=day)
    if age >= ADULT_FROM:
        return OF_AGE
    if age >= SPEAKS_FROM:
        return AgeVerdict(
            gettext_noop("Från 15 år kan barnet självt ta emot en insats utan behovsprövning."), "sol_21_2"
        )
    if guardian_consents:
        return AgeVerdict(gettext_noop("Vårdnadshavarna samtycker till insatsen."), "sol_21_2")
    return AgeVerdict(
        gettext_noop("Före 15 år kräver en insats utan behovsprövning vårdnadshavarnas samtycke."),
        "sol_21_2",
        Missing.GUARDIAN,
    )


def may_live_in_protected_housing(*, born: date | None, day: date, with_guardian: bool) -> AgeVerdict:
    """Judge protected housing: a child lives there only together with a guardian."""
    if born is None:
        return UNKNOWN_AGE
    if age_on(born=born, day=day) >= ADULT_FROM:
        return OF_AGE
    if with_guardian:
        return AgeVerdict(gettext_noop("Barnet bor där tillsammans med en vårdnadshavare."), "sol_22_5")
    return AgeVerdict(
        gettext_noop("Ett barn får bo i skyddat boende bara tillsammans med en vårdnadshavare."),
        "sol_22_5",
        Missing.GUARDIAN,
    )


def may_have_qualified_contact(*, born: date | None, day: date) -> AgeVerdict:
    """Judge a specially qualified contact person: for those who have not turned 21."""
    if born is None:
        return UNKNOWN_AGE
    if age_on(born=born, day=day) < YOUTH_ENDS_AT:
        return AgeVerdict(
            gettext_noop("Särskilt kvalificerad kontaktperson kan ges den som inte har fyllt 21 år."),
            "sol_13_7",
        )
    return AgeVerdict(
        gettext_noop("Särskilt kvalificerad kontaktperson ges bara den som inte har fyllt 21 år."),
        "sol_13_7",
        Missing.AGE,
    )


def may_be_worked_with(*, born: date | None, day: date, is_authorised: bool) -> AgeVerdict:
    """Judge who works with her: a child needs somebody who is authorised, which is a mark on the account."""
    if not is_child(born=born, day=day):
        return UNKNOWN_AGE if born is None else OF_AGE
    if is_authorised:
        return AgeVerdict(gettext_noop("Handläggaren är behörig för arbete med barn."), "sol_25_1")
    return AgeVerdict(
        gettext_noop(
            "Handläggaren är inte antecknad som behörig för arbete med barn. Låt en behörig ta över."
        ),
        "sol_25_1",
        Missing.QUALIFICATION,
    )
