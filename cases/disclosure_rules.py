"""What must hold for a provision before something is given out on it: who asks, for what, and about whom. Pure.

Only what domain.md §2 ("Disclosure to police", OSL) says without doubt stands here; the balance that every provision
asks for is written by whoever decides. A provision without a row asks for nothing that can be told beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases import ages

# On these somebody has consented: it is the consent that is chosen, and its receivers and days that decide.
CONSENT = frozenset({"consent", "osl_10_1"})
CONTACT_DUTY = "lag_2025_170_4"
LAW_ENFORCEMENT = frozenset({"police", "prosecutor", "law_enforcement"})


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """`to` and `matter` are codes, empty for all; `below_age` is the first birthday on which it no longer holds."""

    on_request: bool = False
    to: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()
    below_age: int | None = None


RULES: dict[str, DisclosureRule] = {
    # Contact data shall be given on request, unless there are synnerliga skäl (lag 2025:170, 4 §).
    CONTACT_DUTY: DisclosureRule(on_request=True, to=LAW_ENFORCEMENT, matter=frozenset({"contact"})),
    "sol_15_7": DisclosureRule(
        on_request=True, to=frozenset({"police", "court", "prosecutor"}), matter=frozenset({"whereabouts"})
    ),
    "osl_10_18a": DisclosureRule(below_age=ages.YOUTH_ENDS_AT),
    "osl_12_3": DisclosureRule(to=frozenset({"guardian"})),
    "fl_10": DisclosureRule(to=frozenset({"client"})),
}


def applies(*, code: str, is_request: bool, receiver: str, matter: str, born: date | None, on: date) -> bool:
    """Tell whether a provision may be chosen for what is asked; one of consent never is."""
    rule = RULES.get(code, DisclosureRule())
    is_young = (
        born is not None and rule.below_age is not None and ages.age_on(born=born, day=on) < rule.below_age
    )
    return (
        code not in CONSENT
        and (is_request or not rule.on_request)
        and (not rule.to or receiver in rule.to)
        and (not rule.matter or matter in rule.matter)
        and (rule.below_age is None or is_young)
    )
