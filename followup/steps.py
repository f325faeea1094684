"""The steps of a release as one table. Pure.

Nothing goes back: what was refused, returned or withdrawn is proposed anew. A way not in the table does not exist.
"""

from __future__ import annotations

from enum import StrEnum

from avhopp.translation import gettext_noop


class Step(StrEnum):
    """Where a release stands."""

    WAITING = "waiting"
    COUNTING = "counting"
    AUDITED = "audited"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


STEP_NAMES: dict[Step, str] = {
    Step.WAITING: gettext_noop("Väntar på att räknas"),
    Step.COUNTING: gettext_noop("Räknas"),
    Step.AUDITED: gettext_noop("Väntar på godkännande"),
    Step.APPROVED: gettext_noop("Godkänd, publiceras"),
    Step.PUBLISHED: gettext_noop("Publicerad"),
    Step.REFUSED: gettext_noop("Kan inte redovisas"),
    Step.RETURNED: gettext_noop("Återlämnad"),
    Step.WITHDRAWN: gettext_noop("Återtagen"),
}

WAYS: frozenset[tuple[Step, Step]] = frozenset(
    {
        (Step.WAITING, Step.COUNTING),
        (Step.WAITING, Step.WITHDRAWN),
        (Step.COUNTING, Step.AUDITED),
        (Step.COUNTING, Step.REFUSED),
        (Step.COUNTING, Step.WITHDRAWN),
        (Step.AUDITED, Step.APPROVED),
        (Step.AUDITED, Step.RETURNED),
        (Step.AUDITED, Step.WITHDRAWN),
        (Step.APPROVED, Step.PUBLISHED),
        (Step.APPROVED, Step.REFUSED),
    }
)

OPEN: tuple[Step, ...] = (Step.WAITING, Step.COUNTING, Step.AUDITED, Step.APPROVED)
"""Something is still to happen; each agreement has at most one such release."""


def is_way(*, origin: Step, target: Step) -> bool:
    """Tell whether the table has the way."""
    return (origin, target) in WAYS
