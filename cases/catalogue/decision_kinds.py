"""What a decision can be, and what follows from each kind: one table. Pure.

Sources: domain.md §2 (FL 25, 31–32, SoL 34:1, 35:1). That opening an inquiry and lengthening a time are not appealed
is practice, and what the appeal text says is for the unit to confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from avhopp.translation import gettext_noop
from cases.catalogue.legal_bases import Use


class DecisionKind(StrEnum):
    """What is decided."""

    GRANT = "grant"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    ACUTE = "acute"
    OPEN_INQUIRY = "open_inquiry"
    NO_INQUIRY = "no_inquiry"
    EXTENSION = "extension"
    END = "end"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindRule:
    """`gives` something that is carried out over a time; `completes` what was decided at once before the inquiry was
    done; `uses` the provisions of one part of the catalogue."""

    name: str
    gives: bool = False
    completes: bool = False
    is_appealed: bool = False
    uses: Use = Use.DECISION


KINDS: dict[DecisionKind, KindRule] = {
    DecisionKind.GRANT: KindRule(gettext_noop("Bifall"), gives=True, completes=True, is_appealed=True),
    DecisionKind.PARTIAL: KindRule(
        gettext_noop("Delvis bifall"), gives=True, completes=True, is_appealed=True
    ),
    DecisionKind.REFUSAL: KindRule(gettext_noop("Avslag"), completes=True, is_appealed=True),
    DecisionKind.ACUTE: KindRule(
        gettext_noop("Akut skydd innan utredningen är klar"), gives=True, is_appealed=True
    ),
    DecisionKind.OPEN_INQUIRY: KindRule(gettext_noop("Inleda utredning")),
    DecisionKind.NO_INQUIRY: KindRule(gettext_noop("Inte inleda utredning")),
    DecisionKind.EXTENSION: KindRule(gettext_noop("Förlängning av tidsfrist"), uses=Use.DEADLINE),
    DecisionKind.END: KindRule(gettext_noop("Avslut av insats"), completes=True, is_appealed=True),
    DecisionKind.OTHER: KindRule(gettext_noop("Annat beslut"), is_appealed=True),
}


class Measure(StrEnum):
    """What is given, as far as age and time limits ask (domain.md §2, "Age")."""

    OPEN = "open"
    WITHOUT_TEST = "without_test"
    PLACEMENT = "placement"
    PROTECTED_HOUSING = "protected_housing"
    QUALIFIED_CONTACT = "qualified_contact"
    OTHER = "other"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.OPEN: gettext_noop("Öppen insats"),
    Measure.WITHOUT_TEST: gettext_noop("Insats utan behovsprövning"),
    Measure.PLACEMENT: gettext_noop("Placering utanför det egna hemmet"),
    Measure.PROTECTED_HOUSING: gettext_noop("Skyddat boende"),
    Measure.QUALIFIED_CONTACT: gettext_noop("Särskilt kvalificerad kontaktperson"),
    Measure.OTHER: gettext_noop("Annat stöd"),
}
