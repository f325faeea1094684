"""The gate to enquiries. Whoever handles those of her own unit comes through here; for everybody else there are none.

As in `cases.access`, a missing and a forbidden enquiry look the same, and every reading leaves a leaf with its ground.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, QuerySet

from audit import log
from audit.events import Actor, Event
from avhopp.accounts.models import User
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied
from cases import access, events
from cases.access import NotVisible
from cases.models import Enquiry


def visible_enquiries(*, actor: Actor) -> QuerySet[Enquiry]:
    """The enquiries of the actor's own unit, for those who handle enquiries."""
    if actor.user is None or actor.unit is None or not may_try(role=actor.role, right=Right.HANDLE_ENQUIRIES):
        return Enquiry.objects.none()
    staff = User.objects.filter(pk=actor.user, is_active=True, unit=actor.unit, role=actor.role)
    return Enquiry.objects.filter(Exists(staff), unit_id=actor.unit)


def get_enquiry(*, actor: Actor, enquiry: UUID, at: datetime) -> Enquiry:
    """Open one enquiry, leaving one leaf; raises `NotVisible` after having recorded the refusal."""
    found = visible_enquiries(actor=actor).filter(pk=enquiry).first()
    if found is None:
        access.refuse(actor=actor, at=at, case=None)
        raise NotVisible(is_recorded=True)
    _open_enquiries(actor=actor, at=at, page=[found], event=events.ENQUIRY_VIEWED)
    return found


def open_enquiries(*, actor: Actor, at: datetime, enquiries: Iterable[Enquiry]) -> list[Enquiry]:
    """Open the shown page of a list that came from `visible_enquiries`, leaving one leaf."""
    page = list(enquiries)
    if page:
        _open_enquiries(actor=actor, at=at, page=page, event=events.ENQUIRIES_LISTED)
    return page


def register() -> None:
    """Tell the sealed fields who decides; called once when the application starts."""
    scopes.register_gate("enquiry", _gate)


def _open_enquiries(*, actor: Actor, at: datetime, page: list[Enquiry], event: Event) -> None:
    open_scope = scopes.current()
    subjects = [log.read(enquiry) for enquiry in page]
    log.record(event=event, actor=actor, at=at, basis="unit", purpose=open_scope.purpose, subjects=subjects)
    open_scope.admit([enquiry.id for enquiry in page], basis="unit")


def _gate(open_scope: CryptoScope, scope: UUID) -> None:
    try:
        get_enquiry(actor=open_scope.actor, enquiry=scope, at=open_scope.at)
    except NotVisible:
        raise Denied("not visible to this actor") from None
