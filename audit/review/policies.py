"""Who may judge what in a review. Pure.

Nobody judges her own events. Those of the auditors are judged by the data protection officer, so that colleagues who
judge everybody else do not judge each other; the officer's own are judged by an auditor. The database refuses a
verdict about oneself once more.
"""

from __future__ import annotations

from uuid import UUID

from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop


class NotAllowed(Exception):
    """The act was refused; `reason` is the sentence to show, and nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_for_officer(*, role: str) -> bool:
    """Tell whether the events of somebody with this role are judged by the data protection officer."""
    return may_try(role=role, right=Right.LEAD_REVIEW)


def may_judge(*, actor: Actor, person: UUID, for_officer: bool) -> bool:
    """Tell whether the actor judges this person's events."""
    right = Right.REVIEW_AUDITORS if for_officer else Right.LEAD_REVIEW
    return actor.user is not None and actor.user != person and may_try(role=actor.role, right=right)


def check_judges(*, actor: Actor, person: UUID, for_officer: bool) -> None:
    """Refuse whoever may not judge this person's events."""
    if actor.user == person:
        raise NotAllowed(gettext_noop("Dina egna händelser bedöms av någon annan."))
    if not may_judge(actor=actor, person=person, for_officer=for_officer):
        raise NotAllowed(
            gettext_noop("Logggranskarnas händelser bedöms av dataskyddsombudet.")
            if for_officer
            else gettext_noop("De här händelserna bedöms av en logggranskare.")
        )


def check_leads(*, actor: Actor) -> None:
    """Refuse whoever does not lead the review."""
    if not may_try(role=actor.role, right=Right.LEAD_REVIEW):
        raise NotAllowed(gettext_noop("Bara en logggranskare drar stickprovet och signerar kontrollen."))
