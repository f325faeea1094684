"""Take out, for the client, who has read and done what in her case: role and unit, never a colleague's name.

The names of staff are not hers to be given as a rule (C-579/21, GDPR 15); when, what, in which role and unit are.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import log
from audit.events import Actor
from audit.queries import WithoutNames, about_scope, without_names
from cases import events
from cases.access import Opened
from cases.policies import Question


@transaction.atomic
def make(*, opened: Opened, by: Actor, now: datetime) -> list[WithoutNames]:
    """Give every reading and act, newest first, and record that they were taken out."""
    opened.demand(Question.SEE_READERS)
    opened.demand(Question.TAKE_OUT)
    found = without_names(about_scope(opened.case.id).order_by("-at", "-id"))
    log.record(
        event=events.EXTRACT_MADE,
        actor=by,
        at=now,
        basis=opened.basis,
        subjects=[log.read(opened.case)],
    )
    return found
