"""Asks a person to show again who she is before a dangerous act, and remembers it for five minutes.

Built on allauth's records of what was proved when. Unlike allauth's own decorator it never keeps the
suspended form in the session, where what somebody wrote would lie in clear.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from audit.log import record
from avhopp.accounts import events, sessions
from avhopp.accounts.circumstances import account_of, actor_of

View = Callable[..., HttpResponse]


def fresh_authentication_required(view: View) -> View:
    """Let a view run only within five minutes of a re-authentication; put it inside `page`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request):
            return ask(request)
        return view(request, *args, **kwargs)

    return guarded


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person has re-authenticated within five minutes in this session."""
    proofs = [
        entry["at"]
        for entry in get_authentication_records(request, request.user)
        if entry.get("reauthenticated")
    ]
    age = timezone.now().timestamp() - max(proofs, default=0.0)
    return bool(0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def ask(request: HttpRequest) -> HttpResponse:
    """Send a reader to the confirmation; tell a writer to confirm in a new tab, so that her text stays."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    place = methods[0]["url"] if methods else reverse("account_reauthenticate")
    is_reader = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    back = request.get_full_path() if is_reader else reverse("accounts:confirmed")
    confirm_url = f"{place}?{urlencode({REDIRECT_FIELD_NAME: back})}"
    if is_reader:
        return HttpResponseRedirect(confirm_url)
    part = "fragment" if request.headers.get("HX-Request") else "page"
    return render(request, f"accounts/confirm_{part}.html", {"confirm_url": confirm_url}, status=401)


def confirmed(request: HttpRequest) -> None:
    """Let the session go on under a new key after a re-authentication, and record it (ASVS 5.0 7.2.4)."""
    old = request.session.session_key
    request.session.cycle_key()
    sessions.renew(old=old or "", new=request.session.session_key or "")
    record(
        event=events.REAUTHENTICATED, actor=actor_of(request), at=timezone.now(), about=account_of(request)
    )
