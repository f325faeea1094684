"""Let oneself into a case when nobody who has access can be reached: at once, to read, for an hour, in full light."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from audit.events import Actor
from audit.models import Leaf
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right
from avhopp.sealed import scope as scopes
from cases import access, events
from cases.access import Opened, permission_row
from cases.actions.cases import grant_detail
from cases.actions.tasks import start_clock, stop_clocks
from cases.actions.writing import change_row, demand_right, lock_case, locked_row, new_row, tell
from cases.models import Basis, Case, CaseGrant, EmergencyAccess, Recusal
from cases.models.emergency import REVIEWED_WITHIN, EmergencyReason, EmergencyVerdict
from cases.models.grant import EMERGENCY_LASTS
from cases.models.task import TaskEnd
from cases.policies import Permission, Question
from cases.queries.people import leader_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CLOCK = "emergency_review"
JOB = "find_for_emergency"
MOST, WITHIN = 5, timedelta(minutes=10)


class NoWayIn(Exception):
    """No case with that number can be entered so: there is none, it is another unit's, or she is recused from it."""


class HasAccess(Exception):
    """She has access to the case already: open it."""

    def __init__(self, case: UUID) -> None:
        super().__init__()
        self.case = case


class Unreviewed(Exception):
    """An earlier emergency access of hers has waited for its review too long; a supervisor must review it first."""


class TooMany(Exception):
    """Too many numbers in a short time."""


class AlreadyReviewed(Exception):
    """Somebody has reviewed it already."""


class OwnEmergency(Exception):
    """Nobody reviews her own."""


def write_down_refused(*, by: Actor, now: datetime) -> None:
    """Record that somebody was not let in, in the transaction of the answer; told apart from nothing else."""
    log.record(event=events.EMERGENCY_REFUSED, actor=by, at=now, basis="none", subjects=[log.nobody()])


@transaction.atomic
def take(*, number: str, reason: EmergencyReason, text: str, by: Actor, now: datetime) -> Opened:
    """Open a case of one's own unit to oneself, to read, for `EMERGENCY_LASTS`; those who lead it are told."""
    demand_right(by=by, right=Right.READ_CASES)
    case = _found(number, by, now)
    grant = CaseGrant(
        user_id=by.person,
        permission=permission_row(Permission.READ_ONLY),
        content_object=case,
        starts_at=now,
        expires_at=now + EMERGENCY_LASTS,
        basis=Basis.EMERGENCY,
        granted_by_id=by.person,
    )
    grant.save(force_insert=True)
    opened = access.enter(case=case.pk, actor=by)
    row = new_row(
        EmergencyAccess,
        opened=opened,
        values={"grant": grant, "ends_at": grant.expires_at, "reason": reason, "text": text},
        by=by,
        now=now,
    )
    clock = start_clock(
        case=opened.case,
        rule=CLOCK,
        about=row.pk,
        starts_on=now.astimezone(STOCKHOLM).date(),
        assigned_to=leader_of(opened, at=now),
        by=by,
        now=now,
    )
    log.record(
        event=events.EMERGENCY_TAKEN,
        actor=by,
        at=now,
        basis=Basis.EMERGENCY,
        about=by.person,
        subjects=[log.read(opened.case), log.written(row), log.written(clock)],
        detail=grant_detail(grant),
    )
    return opened


@transaction.atomic
def leave(*, opened: Opened, by: Actor, now: datetime) -> CaseGrant | None:
    """End one's own emergency access before its time."""
    opened.demand(Question.READ)
    found = CaseGrant.objects.select_for_update(of=("self",)).select_related("permission")
    grant: CaseGrant | None = found.filter(
        content_object=opened.case, user_id=by.person, basis=Basis.EMERGENCY, expires_at__gt=now
    ).first()
    if grant is None:
        return None
    grant.expires_at, grant.expiry_recorded_at = now, now
    grant.save(update_fields=["expires_at", "expiry_recorded_at"])
    log.record(
        event=events.EMERGENCY_LEFT,
        actor=by,
        at=now,
        basis=opened.basis,
        about=by.person,
        subjects=[log.read(opened.case)],
        detail=grant_detail(grant),
    )
    return grant


@transaction.atomic
def review(
    *,
    opened: Opened,
    emergency: EmergencyAccess,
    verdict: EmergencyVerdict,
    comment: str,
    by: Actor,
    now: datetime,
) -> EmergencyAccess:
    """Say whether it was justified; whoever leads the case does, and never about herself."""
    opened.demand(Question.REVIEW_EMERGENCY)
    found = locked_row(EmergencyAccess, opened=opened, row=emergency, version=None)
    if found.reviewed_at is not None:
        raise AlreadyReviewed
    if found.created_by_id == by.user:
        raise OwnEmergency
    values = {"reviewed_at": now, "reviewed_by_id": by.person, "verdict": verdict, "comment": comment}
    rows: list[Any] = [change_row(found, values=values, by=by, now=now)]
    rows += stop_clocks(
        case=lock_case(opened), rules={CLOCK}, about=found.pk, how=TaskEnd.DONE, by=by, now=now
    )
    tell(event=events.EMERGENCY_REVIEWED, opened=opened, rows=rows, by=by, now=now)
    return found


@transaction.atomic
def tell_of(*, emergency: EmergencyAccess, people: list[User], by: Actor, now: datetime) -> None:
    """Send the word that something has happened to those who should know at once; it names nothing."""
    emergency.told_at = now
    emergency.save(update_fields=["told_at"])
    log.record(
        event=events.EMERGENCY_TOLD,
        actor=by,
        at=now,
        basis="clock",
        about=emergency.created_by_id,
        subjects=[log.written(emergency)],
    )
    for person in people:
        send_mail(_("Ny händelse"), _("Du har en ny händelse i Avhopp. Logga in nu."), None, [person.email])


def _found(number: str, by: Actor, now: datetime) -> Case:
    """The case of an exact number, if it can be entered so; asked as a job, since she does not see it."""
    refused = Leaf.objects.filter(event=events.EMERGENCY_REFUSED.code, actor=by.user, at__gt=now - WITHIN)
    if refused.count() >= MOST:
        raise TooMany
    if not User.objects.filter(pk=by.person, is_active=True, role=by.role, unit=by.unit).exists():
        raise NoWayIn
    with scopes.asking_as(JOB):
        late = EmergencyAccess.objects.filter(
            created_by_id=by.person, reviewed_at=None, created_at__lte=now - REVIEWED_WITHIN
        )
        if late.exists():
            raise Unreviewed
        case = Case.objects.filter(number=number, unit=by.unit, is_restricted=False).first()
        is_recused = case is not None and Recusal.objects.filter(case=case, user_id=by.person).exists()
    if case is None or is_recused:
        raise NoWayIn
    if access.grants_in_force(actor=by, at=now).filter(content_object=case).exists():
        raise HasAccess(case.pk)
    return case
