"""Remind a colleague by e-mail that something has happened, and say nothing more.

Mail is read on telephones, by assistants and by whoever stands behind: no name, number, kind or day of anything goes
into it, nor into its subject (interface.md §3).
"""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from audit.events import Actor
from audit.models import Leaf
from avhopp.accounts.models import User
from cases import events

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class AlreadyReminded(Exception):
    """The person has had her reminder of the day; the next one is tomorrow's."""


@transaction.atomic
def remind(*, person: User, by: Actor, now: datetime) -> None:
    """Send the day's one reminder; if the mail cannot be sent, the record does not say that it was."""
    User.objects.select_for_update().get(pk=person.pk)
    morning = datetime.combine(now.astimezone(STOCKHOLM).date(), time(), STOCKHOLM)
    if Leaf.objects.filter(event=events.REMINDED.code, about=person.pk, at__gte=morning).exists():
        raise AlreadyReminded
    log.record(event=events.REMINDED, actor=by, at=now, basis="clock", about=person.pk)
    send_mail(_("Ny händelse"), _("Du har en ny händelse i Avhopp. Logga in."), None, [person.email])
