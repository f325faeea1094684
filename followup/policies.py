"""What a person may do in the follow-up beyond what her role may try."""

from __future__ import annotations

from audit.events import Actor
from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop


class NotAllowed(Exception):
    """The act was refused and nothing was changed; `reason` is the sentence to show."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def demand_preparing(*, actor: Actor) -> None:
    """Refuse anybody who does not prepare the follow-up."""
    if not may_try(role=actor.role, right=Right.PREPARE_FOLLOWUP):
        raise NotAllowed(gettext_noop("Bara den som ansvarar för uppföljningen får göra det."))


def demand_approving(*, actor: Actor, proposed_by: object) -> None:
    """Refuse anybody who does not approve releases, and whoever proposed this one."""
    if not may_try(role=actor.role, right=Right.APPROVE_RELEASES):
        raise NotAllowed(gettext_noop("Din roll godkänner inte redovisningar."))
    if actor.user == proposed_by:
        raise NotAllowed(
            gettext_noop("Någon annan än den som har föreslagit redovisningen ska godkänna den.")
        )
