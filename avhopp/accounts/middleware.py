"""Ends sittings to the second, and lets nobody in who has shown only a password.

Both deny by default: a session without a living row is nobody's, and a page is reached only when this very
session has proved a second factor. What somebody was writing stays in her browser: a write without a session
is answered with 401, never with a redirect that would swallow it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from audit.log import record
from avhopp.accounts import events, freshness, queries, sessions
from avhopp.accounts.adapters import LEFT_BY
from avhopp.accounts.circumstances import account_of, actor_of

Handler = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD", "OPTIONS"})

# What a person reaches who has signed in with a password and has no second factor yet.
ENROLMENT = frozenset(
    {
        "accounts:second_factor",
        "account_logout",
        "account_reauthenticate",
        "mfa_add_webauthn",
        "mfa_activate_totp",
    }
)


class SessionLimits:
    """Fifteen minutes without use or eight hours in all, whichever comes first (ASVS 5.0 7.3.1, 7.3.2)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.was_logged_out = False  # type: ignore[attr-defined]
        if request.user.is_authenticated and not self._alive(request):
            self._end(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.was_logged_out or request.method not in READING or request.headers.get("HX-Request"):  # type: ignore[attr-defined]
            return logged_out(request)
        return None

    @staticmethod
    def _alive(request: HttpRequest) -> bool:
        return sessions.touch(
            key=request.session.session_key or "",
            account=account_of(request),
            now=timezone.now(),
            idle=settings.SESSION_IDLE,
            absolute=settings.SESSION_ABSOLUTE,
            is_unattended=request.headers.get("X-Unattended") == "1",
        )

    @staticmethod
    def _end(request: HttpRequest) -> None:
        account = account_of(request)
        with transaction.atomic():
            # A sitting that somebody ended has its leaf already; only one that ran out gets it here.
            if sessions.end(sessions.of_account(account).filter(session_key=request.session.session_key)):
                record(
                    event=events.SESSION_EXPIRED, actor=actor_of(request), at=timezone.now(), about=account
                )
            request.session.flush()
        request.session[LEFT_BY] = str(account)
        request.user = AnonymousUser()
        request.was_logged_out = True  # type: ignore[attr-defined]


class SecondFactor:
    """A password alone reaches the pages where a second factor is added, and sign-out; nothing else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or has_proved_factor(request):
            return None
        if queries.has_second_factor(request.user.pk):
            # The factor was added in another session. This one may be that of somebody who only has the
            # password.
            with transaction.atomic():
                ended = sessions.of_account(request.user.pk).filter(session_key=request.session.session_key)
                if sessions.end(ended):
                    record(
                        event=events.SESSIONS_ENDED,
                        actor=actor_of(request),
                        at=timezone.now(),
                        about=request.user.pk,
                    )
                request.session.flush()
            request.user = AnonymousUser()
            return logged_out(request)
        match = request.resolver_match
        if (match is not None and match.view_name in ENROLMENT) or not getattr(view, "login_required", True):
            return None
        return HttpResponseRedirect(reverse("accounts:second_factor"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for allauth's own pages too; allauth itself would keep the suspended form in the session."""
        if isinstance(exception, ReauthenticationRequired):
            return freshness.ask(request)
        return None


def has_proved_factor(request: HttpRequest) -> bool:
    """Tell whether this session has proved a second factor; in the demo a click counts as one."""
    proving = {"mfa", "demo"} if settings.DEMO else {"mfa"}
    return any(entry["method"] in proving for entry in get_authentication_records(request, request.user))


def logged_out(request: HttpRequest) -> HttpResponse:
    """Tell a person that her session is over: a part of a page gets a fragment, so that text stays."""
    if request.headers.get("HX-Request"):
        back = _path_of(request.headers.get("HX-Current-URL", ""))
    elif request.method in READING:
        back = request.get_full_path()
    else:
        # An address that is only written to shows nothing; the page with the form does.
        back = _path_of(request.headers.get("Referer", ""))
    context = {"login_url": f"{reverse('account_login')}?{urlencode({'next': back})}", "bare": True}
    if request.headers.get("HX-Request"):
        return render(request, "accounts/logged_out_fragment.html", context, status=401)
    context["had_text"] = request.method not in READING
    return render(request, "accounts/logged_out.html", context, status=401)


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
