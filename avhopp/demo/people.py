"""Invented people: names that nobody bears, and numbers that nobody has. Pure and the same every time.

One bears a number from Skatteverket's published test series; the rest have interim numbers with a letter, or none.
Telephone numbers come from the series that PTS keeps for fiction (070-1740605 to 070-1740699).
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cases.actions.people import PersonData
from cases.models.person import IdentityKind, LegalSex, Protection
from cases.workflow import Track

GIVEN = (  # noqa: SIM905 - names read best as prose
    "Alex Amal Aron Bella Charlie Dana Elia Ellis Farah Hedda Ilir Iman Jamie Jona Kaj Kim Leo Lo Lova "
    "Love Mika Milan Mio Nadja Neo Nico Noor Olli Robin Rim Sami Sascha Selma Sol Tage Tindra Uma Vide "
    "Yara Zoran"
).split()
FAMILY = (  # noqa: SIM905 - names read best as prose
    "Exempelsson Exempeldotter Provberg Provgren Provholm Låtsaslund Låtsasberg Låtsasdal Påhittsson "
    "Påhittsgren Fiktivsson Fiktivlund Testholm Testdal Testberg Skenberg Skendal Attrappgren Modellund "
    "Mallström"
).split()
PUBLISHED_TEST_NUMBERS = {"199001012385": date(1990, 1, 1)}
AGES = {Track.EXIT: (18, 41), Track.PREVENTION: (13, 19), Track.SECONDARY: (10, 52)}
LANGUAGES = ("arabiska", "somaliska", "engelska", "polska", "persiska")


def new_person(*, random: Random, track: Track, opened: date, number: int) -> PersonData:
    """Invent the person of case `number`."""
    youngest, oldest = AGES[track]
    born = opened - timedelta(days=random.randint(youngest * 366, oldest * 365))
    kind, identity, known_birth = _identity(random, number, born)
    speaks_other = random.random() < 0.2
    return PersonData(
        identity_kind=kind,
        identity_number=identity,
        given_name=GIVEN[number * 7 % len(GIVEN)],
        family_name=FAMILY[number * 3 % len(FAMILY)],
        birth_date=known_birth,
        legal_sex=_sex(random, identity),
        protection=random.choices(list(Protection), weights=[16, 3, 1])[0],
        phone=f"070-17406{random.randint(5, 99):02d}",
        phone_is_safe=random.choice([True, True, True, False, None]),
        language=random.choice(LANGUAGES) if speaks_other else "",
        needs_interpreter=speaks_other and random.random() < 0.5,
    )


def _identity(random: Random, number: int, born: date) -> tuple[IdentityKind, str, date | None]:
    if number < len(PUBLISHED_TEST_NUMBERS):
        identity, birth = list(PUBLISHED_TEST_NUMBERS.items())[number]
        return IdentityKind.PERSONNUMMER, identity, birth
    if random.random() < 0.85:
        return IdentityKind.INTERIM, f"{born:%Y%m%d}-T{number:03d}", born
    return IdentityKind.UNKNOWN, "", None


def _sex(random: Random, identity: str) -> LegalSex:
    if identity in PUBLISHED_TEST_NUMBERS:
        return LegalSex.WOMAN
    return random.choices(list(LegalSex), weights=[4, 14, 1])[0]
