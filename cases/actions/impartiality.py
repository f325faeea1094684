"""Give one's word that nothing makes one's impartiality doubtful, where a name or a home says that it might; and say
where one lives, so that it can."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import log
from audit.events import Actor, Event
from avhopp.sealed.indexes import home_fingerprint
from cases import events
from cases.access import Opened
from cases.actions.writing import lock_case, new_row, tell
from cases.likeness import homes_in
from cases.models import HomeAddress, ImpartialityStatement
from cases.policies import Question


class NoHome(Exception):
    """What was given is not a street and a postcode."""


@transaction.atomic
def state(*, opened: Opened, by: Actor, now: datetime) -> ImpartialityStatement:
    """Write it down, once."""
    opened.demand(Question.READ)
    lock_case(opened)
    found = ImpartialityStatement.objects.filter(case=opened.case, created_by_id=by.person).first()
    if found is not None:
        return found
    made = new_row(ImpartialityStatement, opened=opened, values={}, by=by, now=now)
    tell(event=events.IMPARTIALITY_STATED, opened=opened, rows=[made], by=by, now=now)
    return made


@transaction.atomic
def say_home(*, address: str, by: Actor, now: datetime) -> HomeAddress:
    """Keep the fingerprint of where the actor lives, in the stead of an earlier one; raises `NoHome`.

    The address itself is kept nowhere.
    """
    homes = homes_in(address)
    if len(homes) != 1:
        raise NoHome
    kept = {"fingerprint": home_fingerprint(*homes.pop()), "written_at": now}
    found, _made = HomeAddress.objects.update_or_create(account_id=by.person, defaults=kept)
    _tell(events.HOME_SAID, by, now)
    return found


@transaction.atomic
def forget_home(*, by: Actor, now: datetime) -> None:
    """Take it back."""
    HomeAddress.objects.filter(account=by.person).delete()
    _tell(events.HOME_FORGOTTEN, by, now)


def _tell(event: Event, by: Actor, now: datetime) -> None:
    log.record(event=event, actor=by, at=now, basis="own_account", about=by.person)
