"""What is counted, how it is defined, and how a count is printed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from avhopp.translation import gettext_noop
from followup.disclosure.display import HIDDEN, Display

# How many of the counted a reader may happen to know about (disclosure.md §5-6: the guarantee G(k = 5, m = 2)).
KNOWN_TO_READER = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of an agreement; `area` is the number of the insatsområde that it belongs to."""

    code: str
    area: int
    name: str
    definition: str
    source: str


EXIT_CASES_OPENED = Indicator(
    code="exit_cases_opened",
    area=2,
    name=gettext_noop("Öppnade avhopparärenden"),
    definition=gettext_noop(
        "Antal avhopparärenden som kommunen öppnade under halvåret. Ett ärende räknas i det halvår då det öppnades."
    ),
    source=gettext_noop("kommunens avhopparverksamhet"),
)
INDICATORS: dict[str, Indicator] = {indicator.code: indicator for indicator in (EXIT_CASES_OPENED,)}


def printed(*, count: int, threshold: int) -> str:
    """Write a count as it may be shown: two dots for a small one, zero included, otherwise the nearest five."""
    display = _display(threshold)
    bucket = display.bucket(count=count)
    return display.printed(first=bucket, last=bucket)


def is_hidden(text: str) -> bool:
    """Tell whether a printed figure is a protected one."""
    return text == HIDDEN


def least_shown(*, threshold: int) -> int:
    """The smallest count that is shown as a number."""
    return _display(threshold).low(bucket=1)


def _display(threshold: int) -> Display:
    return Display(k=threshold, m=KNOWN_TO_READER)
