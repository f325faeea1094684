"""What is done about accounts by the clock."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from avhopp.accounts import sessions


@shared_task(name="accounts.forget_dead_sessions")
def forget_dead_sessions() -> None:
    """Remove what is left of sittings that nobody came back to, and sessions of Django's that have run out."""
    sessions.forget_dead(now=timezone.now(), absolute=settings.SESSION_ABSOLUTE)
    call_command("clearsessions")
