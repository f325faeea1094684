"""The shipped deadlines: length, provision and manner of ending; what starts and stops them is `cases.deadlines`.

Sources: domain.md §2, time limits. A rule without a length is set to the day that its row says (a consent's last day,
a plan's follow-up). A change of law is a new row with its day; no row is written over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from avhopp.translation import gettext_noop
from cases.catalogue.legal_bases import SOL


class Unit(StrEnum):
    """In what a length is counted; `at_once` is the same day, `given` the day that the row says."""

    AT_ONCE = "at_once"
    DAYS = "days"
    MONTHS = "months"
    GIVEN = "given"


UNIT_NAMES: dict[Unit, str] = {
    Unit.AT_ONCE: gettext_noop("Genast"),
    Unit.DAYS: gettext_noop("Dagar"),
    Unit.MONTHS: gettext_noop("Månader"),
    Unit.GIVEN: gettext_noop("Den dag som raden säger"),
}


class Extension(StrEnum):
    """What a longer time needs: a decision, a decision for special reasons, or nothing can lengthen it."""

    DECISION = "decision"
    SPECIAL_REASONS = "special_reasons"
    NEVER = "never"


EXTENSION_NAMES: dict[Extension, str] = {
    Extension.DECISION: gettext_noop("Ett beslut"),
    Extension.SPECIAL_REASONS: gettext_noop("Ett beslut med synnerliga skäl"),
    Extension.NEVER: gettext_noop("Kan inte förlängas"),
}


@dataclass(frozen=True, slots=True)
class DeadlineDefault:
    """One rule: `code` is what tasks hold, `name` what the worker reads.

    `moves` says that a last day on a Saturday, Sunday or holiday is the next working day (lag 1930:173 2 §).
    `by_hand` says that a worker may tick it off; if not, what it waits for ends it. `repeats` starts it anew when it
    is done. `warn_days` is how long before the last day it begins to be shown.
    """

    code: str
    name: str
    unit: Unit = Unit.GIVEN
    length: int = 0
    legal_basis: str = ""
    extension: Extension = Extension.NEVER
    moves: bool = False
    by_hand: bool = True
    repeats: bool = False
    warn_days: int = 14
    is_uncertain: bool = False
    valid_from: date = SOL

    @property
    def row_id(self) -> UUID:
        """The id of the row that this becomes, the same everywhere, so that an untouched one can be recognised."""
        return uuid5(SHIPPED, f"{self.code} {self.valid_from}")


SHIPPED = UUID("0d9f4c52-8f0e-4f7b-a3a5-2b6f4f1f9c70")

# That 2 § of the act moves the last day of the authority's own limits is the ordinary reading and awaits a lawyer.
_LAW = (
    DeadlineDefault(
        "protection_assessment",
        gettext_noop("Gör omedelbar skyddsbedömning"),
        Unit.AT_ONCE,
        legal_basis="sol_19_protection",
    ),
    DeadlineDefault(
        "preliminary",
        gettext_noop("Besluta om utredning ska inledas"),
        Unit.DAYS,
        14,
        "sol_19_preliminary",
        Extension.SPECIAL_REASONS,
        moves=True,
        by_hand=False,
        is_uncertain=True,
    ),
    DeadlineDefault(
        "inquiry_child",
        gettext_noop("Avsluta utredningen om barnet"),
        Unit.MONTHS,
        4,
        "sol_19_inquiry",
        Extension.DECISION,
        moves=True,
        by_hand=False,
        warn_days=21,
        is_uncertain=True,
    ),
    DeadlineDefault(
        "notifier_answer",
        gettext_noop("Svara anmälaren, om hon eller han har frågat, om utredning har inletts"),
        Unit.DAYS,
        7,
        "sol_19_6",
        moves=True,
        is_uncertain=True,
    ),
    DeadlineDefault(
        "placement_review",
        gettext_noop("Överväg om placeringen ska fortsätta"),
        Unit.MONTHS,
        6,
        "sol_22_13",
        moves=True,
        repeats=True,
        warn_days=30,
        is_uncertain=True,
    ),
    # No clock of ours: the day is shown beside the decision.
    DeadlineDefault(
        "appeal",
        gettext_noop("Beslutet kan överklagas"),
        Unit.DAYS,
        21,
        "sol_35_1",
        moves=True,
    ),
    # The two below are times after which IVO is told, and not last days to act: a holiday does not lengthen them.
    DeadlineDefault(
        "decision_execute",
        gettext_noop("Verkställ beslutet, annars rapport till IVO"),
        Unit.MONTHS,
        3,
        "sol_34_1",
        warn_days=30,
    ),
    DeadlineDefault(
        "transfer_reply",
        gettext_noop("Svar från kommunen, annars till IVO"),
        Unit.MONTHS,
        1,
        "sol_29_11",
    ),
)

_WORK = (
    DeadlineDefault("first_meeting", gettext_noop("Ordna ett första möte"), by_hand=False),
    DeadlineDefault("decision_notify", gettext_noop("Underrätta den enskilde om beslutet"), Unit.AT_ONCE),
    DeadlineDefault(
        "acute_complete", gettext_noop("Komplettera utredningen efter akut skydd"), Unit.DAYS, 14
    ),
    DeadlineDefault("consent_ends", gettext_noop("Samtycke löper ut")),
    DeadlineDefault(
        "consent_withdrawn",
        gettext_noop("Underrätta mottagarna om att samtycket är återkallat"),
        Unit.AT_ONCE,
    ),
    DeadlineDefault(
        "disclosure_request", gettext_noop("Pröva begäran om utlämnande"), Unit.AT_ONCE, by_hand=False
    ),
    DeadlineDefault("assessment_review", gettext_noop("Gör en ny bedömning")),
    DeadlineDefault("plan_followup", gettext_noop("Följ upp planen")),
    DeadlineDefault("person_review", gettext_noop("Gå igenom personens uppgifter")),
    DeadlineDefault("breach_consequence", gettext_noop("Ta ställning till avsteget"), Unit.DAYS, 7),
    DeadlineDefault("emergency_review", gettext_noop("Granska nödåtkomsten"), Unit.DAYS, 3, by_hand=False),
)

_FOLLOW_UP = (
    DeadlineDefault(
        "follow_up_6",
        gettext_noop("Uppföljning sex månader efter avslut"),
        Unit.MONTHS,
        6,
        by_hand=False,
        warn_days=30,
    ),
    DeadlineDefault(
        "follow_up_12",
        gettext_noop("Uppföljning tolv månader efter avslut"),
        Unit.MONTHS,
        12,
        by_hand=False,
        warn_days=30,
    ),
    DeadlineDefault(
        "follow_up_24",
        gettext_noop("Uppföljning två år efter avslut"),
        Unit.MONTHS,
        24,
        by_hand=False,
        warn_days=30,
    ),
)

_AGE = (
    DeadlineDefault("age_12", gettext_noop("Fyller 12 år: pröva barnets eget samtycke")),
    DeadlineDefault("age_15", gettext_noop("Fyller 15 år: för sin egen talan")),
    DeadlineDefault(
        "age_18", gettext_noop("Fyller 18 år: eget nytt samtycke, vårdnadshavarnas insyn upphör")
    ),
    DeadlineDefault(
        "age_18_officer", gettext_noop("Fyller 18 år: pröva om handläggaren fortfarande är rätt")
    ),
    DeadlineDefault("age_21", gettext_noop("Fyller 21 år: insatser för unga upphör")),
)

# No clocks of ours: they say until when a file is kept (`cases.retention`).
_RETENTION = (
    DeadlineDefault(
        "retention",
        gettext_noop("Gallra efter den sista anteckningen"),
        Unit.MONTHS,
        60,
        "sol_16_1",
        warn_days=90,
    ),
    DeadlineDefault(
        "retention_child",
        gettext_noop("Bevara barnavårdsutredning, räknat från födelsen"),
        Unit.MONTHS,
        360,
        "sol_16_2a",
        warn_days=90,
    ),
)

DEFAULTS: tuple[DeadlineDefault, ...] = (*_LAW, *_WORK, *_FOLLOW_UP, *_AGE, *_RETENTION)
BY_CODE: dict[str, DeadlineDefault] = {rule.code: rule for rule in DEFAULTS}
