"""Tells people by mail that something has happened, never what (interface.md §3), and that they were told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from audit import log
from audit.events import Actor, Event
from audit.models import Leaf
from avhopp.accounts.models import User
from avhopp.accounts.roles import RIGHTS, Right


class AlreadyTold(Exception):
    """The person has had her mail about this for now."""


def people_with(right: Right) -> list[UUID]:
    """The open accounts whose role has a right."""
    roles = [role.value for role, rights in RIGHTS.items() if right in rights]
    return list(
        User.objects.filter(is_active=True, role__in=roles).order_by("pk").values_list("pk", flat=True)
    )


def told_since(since: datetime, *, event: Event, person: UUID) -> bool:
    """Tell whether somebody has been told of such a thing at or after a moment."""
    return Leaf.objects.filter(event=event.code, about=person, at__gte=since).exists()


def send(*, event: Event, person: UUID, by: Actor, now: datetime, after: datetime | None = None) -> None:
    """Write the leaf and send the mail; raises `AlreadyTold` when she has been told later than `after`."""
    account = User.objects.select_for_update().get(pk=person)
    if after and Leaf.objects.filter(event=event.code, about=person, at__gt=after).exists():
        raise AlreadyTold
    log.record(event=event, actor=by, at=now, basis="clock", about=person)
    send_mail(_("Ny händelse"), _("Du har en ny händelse i Avhopp. Logga in."), None, [account.email])
