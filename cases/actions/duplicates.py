"""Ask whether somebody may be known already, without opening anything to whoever asks.

The answer is the units to telephone, never a hit, a case or a name; it is recorded and limited, so that it cannot be
used to find out who is in the programme.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from audit import log
from audit.events import Actor
from audit.models import Leaf
from avhopp.accounts.models import Unit
from avhopp.accounts.roles import Right
from avhopp.sealed.indexes import birth_bucket
from cases import events
from cases.access import compare
from cases.actions.people import PersonData
from cases.actions.writing import demand_right
from cases.identity import birth_date_of
from cases.likeness import Known, may_be_same
from cases.models import Person

MOST = 10
WITHIN = timedelta(minutes=1)


class TooManyQuestions(Exception):
    """More questions in a minute than anybody opens cases; wait a little."""


@transaction.atomic
def ask(*, person: PersonData, by: Actor, now: datetime) -> list[Unit]:
    """Name the units where somebody like this may be known; raises `TooManyQuestions`."""
    demand_right(by=by, right=Right.OPEN_CASES)
    asked = Leaf.objects.filter(event=events.DUPLICATES_ASKED.code, actor=by.user, at__gt=now - WITHIN)
    if asked.count() >= MOST:
        raise TooManyQuestions
    wanted = _known(person)
    days = {day for day in (wanted.born, birth_date_of(wanted.number)) if day is not None}
    buckets = [birth_bucket(day) for day in days]
    candidates, units = compare(
        buckets=buckets, at=now, is_same=lambda other: may_be_same(wanted, _known(other))
    )
    log.record(
        event=events.DUPLICATES_ASKED,
        actor=by,
        at=now,
        basis="duplicates",
        subjects=[log.read(candidate) for candidate in candidates] or [log.nobody()],
    )
    return list(Unit.objects.filter(pk__in=units).order_by("name"))


def _known(person: PersonData | Person) -> Known:
    name = f"{person.given_name} {person.family_name}".strip()
    born: date | None = person.birth_date
    return Known(number=person.identity_number, born=born, name=name)
