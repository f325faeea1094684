"""The shipped deadlines: what starts a clock is said by the action that starts it; here stand length and provision.

Sources: domain.md §2, time limits. A rule without a length is set to the day that its row says (a consent's last day,
a plan's follow-up). `extension` says what a longer time needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from avhopp.translation import gettext_noop


class Unit(StrEnum):
    """In what a length is counted; `at_once` is the same day."""

    AT_ONCE = "at_once"
    DAYS = "days"
    MONTHS = "months"
    GIVEN = "given"


class Extension(StrEnum):
    """What a longer time needs: a decision, a decision for special reasons, or nothing can lengthen it."""

    DECISION = "decision"
    SPECIAL_REASONS = "special_reasons"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class DeadlineDefault:
    """One rule: `code` is what tasks hold, `name` what the worker reads."""

    code: str
    name: str
    unit: Unit
    length: int = 0
    legal_basis: str = ""
    extension: Extension = Extension.NEVER


def _law(code: str, name: str, unit: Unit, length: int, basis: str, extension: Extension) -> DeadlineDefault:
    return DeadlineDefault(code, name, unit, length, basis, extension)


DEFAULTS: tuple[DeadlineDefault, ...] = (
    _law(
        "protection_assessment",
        gettext_noop("Gör omedelbar skyddsbedömning"),
        Unit.AT_ONCE,
        0,
        "sol_19_protection",
        Extension.NEVER,
    ),
    _law(
        "preliminary",
        gettext_noop("Besluta om utredning ska inledas"),
        Unit.DAYS,
        14,
        "sol_19_preliminary",
        Extension.SPECIAL_REASONS,
    ),
    _law(
        "inquiry_child",
        gettext_noop("Avsluta utredningen om barnet"),
        Unit.MONTHS,
        4,
        "sol_19_inquiry",
        Extension.DECISION,
    ),
    _law(
        "notifier_answer",
        gettext_noop("Svara anmälaren om utredning har inletts"),
        Unit.DAYS,
        7,
        "sol_19_6",
        Extension.NEVER,
    ),
    _law(
        "placement_review",
        gettext_noop("Överväg om placeringen ska fortsätta"),
        Unit.MONTHS,
        6,
        "sol_22_13",
        Extension.NEVER,
    ),
    _law(
        "decision_execute",
        gettext_noop("Verkställ beslutet, annars rapport till IVO"),
        Unit.MONTHS,
        3,
        "sol_34_1",
        Extension.NEVER,
    ),
    _law(
        "transfer_reply",
        gettext_noop("Svar från kommunen, annars till IVO"),
        Unit.MONTHS,
        1,
        "sol_29_11",
        Extension.NEVER,
    ),
    DeadlineDefault("decision_notify", gettext_noop("Underrätta den enskilde om beslutet"), Unit.AT_ONCE),
    DeadlineDefault(
        "acute_complete", gettext_noop("Komplettera utredningen efter akut skydd"), Unit.DAYS, 14
    ),
    DeadlineDefault("consent_ends", gettext_noop("Samtycke löper ut"), Unit.GIVEN),
    DeadlineDefault(
        "consent_withdrawn",
        gettext_noop("Underrätta mottagarna om att samtycket är återkallat"),
        Unit.AT_ONCE,
    ),
    DeadlineDefault("assessment_review", gettext_noop("Gör en ny bedömning"), Unit.GIVEN),
    DeadlineDefault("plan_followup", gettext_noop("Följ upp planen"), Unit.GIVEN),
    DeadlineDefault("protection_review", gettext_noop("Pröva de skyddade uppgifterna på nytt"), Unit.GIVEN),
    DeadlineDefault("breach_consequence", gettext_noop("Ta ställning till avsteget"), Unit.DAYS, 7),
    DeadlineDefault("follow_up_6", gettext_noop("Uppföljning sex månader efter avslut"), Unit.MONTHS, 6),
    DeadlineDefault("follow_up_12", gettext_noop("Uppföljning tolv månader efter avslut"), Unit.MONTHS, 12),
    DeadlineDefault("follow_up_24", gettext_noop("Uppföljning två år efter avslut"), Unit.MONTHS, 24),
    DeadlineDefault("age_12", gettext_noop("Fyller 12 år: pröva barnets eget samtycke"), Unit.GIVEN),
    DeadlineDefault("age_15", gettext_noop("Fyller 15 år: för sin egen talan"), Unit.GIVEN),
    DeadlineDefault(
        "age_18",
        gettext_noop("Fyller 18 år: nytt eget samtycke, vårdnadshavarnas insyn upphör"),
        Unit.GIVEN,
    ),
    DeadlineDefault("age_21", gettext_noop("Fyller 21 år: insatser för unga upphör"), Unit.GIVEN),
)
BY_CODE: dict[str, DeadlineDefault] = {rule.code: rule for rule in DEFAULTS}
