"""What it means for a choice that a provider's contract or permit does not hold, or that nobody has checked it.

A placement gives somebody's safety into the provider's hands, so there every fault stops the choice; an open
intervention may go on with a written reason. Which of the two a fault does stands in `RULES` and nowhere else.
Source: domain.md §4 (Provider; dir. 2025:53 on rogue providers) and scenario 24.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avhopp.translation import gettext_noop


class Answer(StrEnum):
    """What a fault does to the choice."""

    WARN = "warn"
    BLOCK = "block"


class Fault(StrEnum):
    """What does not hold."""

    NO_CONTRACT_YET = "no_contract_yet"
    CONTRACT_ENDED = "contract_ended"
    NO_PERMIT = "no_permit"
    PERMIT_ENDED = "permit_ended"
    NEVER_CHECKED = "never_checked"


@dataclass(frozen=True, slots=True)
class ProviderRule:
    """One fault in words, and what it does to a placement and to an open intervention."""

    text: str
    on_placement: Answer
    on_open: Answer


RULES: dict[Fault, ProviderRule] = {
    Fault.NO_CONTRACT_YET: ProviderRule(
        gettext_noop("Avtalet gäller inte än"), on_placement=Answer.BLOCK, on_open=Answer.WARN
    ),
    Fault.CONTRACT_ENDED: ProviderRule(
        gettext_noop("Avtalet har gått ut"), on_placement=Answer.BLOCK, on_open=Answer.WARN
    ),
    Fault.NO_PERMIT: ProviderRule(
        gettext_noop("IVO:s tillstånd saknas"), on_placement=Answer.BLOCK, on_open=Answer.WARN
    ),
    Fault.PERMIT_ENDED: ProviderRule(
        gettext_noop("IVO:s tillstånd har gått ut"), on_placement=Answer.BLOCK, on_open=Answer.WARN
    ),
    Fault.NEVER_CHECKED: ProviderRule(
        gettext_noop("Aldrig kontrollerad"), on_placement=Answer.BLOCK, on_open=Answer.WARN
    ),
}


def faults_on(
    day: date,
    *,
    contract_from: date,
    contract_to: date | None,
    needs_permit: bool,
    permit_number: str,
    permit_until: date | None,
    checked_on: date | None,
) -> tuple[Fault, ...]:
    """Tell what does not hold that day; a contract or permit without a last day goes on."""
    found = {
        Fault.NO_CONTRACT_YET: day < contract_from,
        Fault.CONTRACT_ENDED: contract_to is not None and contract_to < day,
        Fault.NO_PERMIT: needs_permit and not permit_number.strip(),
        Fault.PERMIT_ENDED: needs_permit and permit_until is not None and permit_until < day,
        Fault.NEVER_CHECKED: checked_on is None,
    }
    return tuple(fault for fault, holds in found.items() if holds)


def answer(faults: Iterable[Fault], *, is_placement: bool) -> Answer | None:
    """The strictest answer to the faults; none when there is nothing to say."""
    answers = {RULES[fault].on_placement if is_placement else RULES[fault].on_open for fault in faults}
    return next((each for each in (Answer.BLOCK, Answer.WARN) if each in answers), None)
