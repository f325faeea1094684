"""The sittings of signed-in people: when each began, when it was last used, and how it ends.

The truth is one row per sitting beside Django's session; without a living row nobody is signed in, whatever
the session says. Ending a row ends the sitting at its next request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet


def touch(
    *,
    key: str,
    account: UUID,
    now: datetime,
    idle: timedelta,
    absolute: timedelta,
    is_unattended: bool = False,
) -> bool:
    """Note that a sitting is used at `now`; False when it has ended, idled or lasted too long.

    What a page asks for by itself, `is_unattended`, is no use and keeps no sitting alive.
    """
    alive = UserSession.objects.filter(
        session_key=key, user_id=account, last_seen_at__gt=now - idle, created_at__gt=now - absolute
    )
    if is_unattended:
        return bool(alive.exists())
    # One statement decides and notes, so that no two requests can disagree about the second it ends.
    return bool(alive.update(last_seen_at=now) == 1)


def renew(*, old: str, new: str) -> None:
    """Let a sitting go on under a new session key."""
    UserSession.objects.filter(session_key=old).update(session_key=new)


def of_account(account: UUID) -> QuerySet[Any]:
    """The sittings of one account, the newest first."""
    found: QuerySet[Any] = UserSession.objects.filter(user_id=account)
    return found.order_by("-created_at")


def end(sittings: Iterable[UserSession]) -> list[str]:
    """Remove sittings and their sessions; return the keys of what was removed."""
    keys = [sitting.session_key for sitting in sittings]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return keys


def forget_dead(*, now: datetime, absolute: timedelta) -> int:
    """Remove what is left of sittings that nobody came back to; return how many. For the nightly job."""
    return len(end(UserSession.objects.filter(created_at__lte=now - absolute)))


def client_in_words(user_agent: str) -> str:
    """Reduce a browser's description to what a person recognises: "Firefox, Windows"."""
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    found = [
        next((word for mark, word in table if mark in user_agent), None) for table in (browsers, systems)
    ]
    return ", ".join(word for word in found if word) or "Okänd webbläsare"
