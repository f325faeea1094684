"""Lock-out after repeated failures (django-axes), and what its tables may hold.

axes would store what was typed, the path, the browser and the form. Here it gets a keyed hash of the name and
the client's address, nothing else: enough to count, and a password typed into the wrong field leaves no
trace.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

_TYPED = "login"


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Give the keyed hash under which failures of one name are counted; case and blanks do not matter."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get(_TYPED) or request.POST.get(_TYPED, "")
    name = str(typed).strip().casefold()
    return salted_hmac("avhopp.accounts.lockout", name, algorithm="sha256").hexdigest()


class LeanHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failures without keeping what axes would else copy from the request."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            raise ValueError("a failed sign-in is counted per request")
        bare: Any = HttpRequest()
        bare.META["REMOTE_ADDR"] = request.axes_ip_address  # type: ignore[attr-defined]
        for name in ("axes_attempt_time", "axes_ip_address", "axes_locked_out"):
            setattr(bare, name, getattr(request, name))
        bare.axes_user_agent = bare.axes_path_info = bare.axes_http_accept = ""
        super().user_login_failed(sender, credentials, bare, **kwargs)
        request.axes_locked_out = bare.axes_locked_out  # type: ignore[attr-defined]


def is_locked(request: HttpRequest, *, email: str) -> bool:
    """Tell whether this name is locked out from this address now."""
    locked = not AxesProxyHandler.is_allowed(request, {"email": email})
    if locked:
        # The middleware of axes turns this mark into `respond`.
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return locked


def count_failure(request: HttpRequest, *, email: str) -> None:
    """Count a wrong second factor like a wrong password."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"email": email}, request=request)


def was_locked(request: HttpRequest) -> bool:
    """Tell whether this request met, or brought about, a lock-out."""
    return bool(getattr(request, "axes_locked_out", False))


def respond(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer a locked-out person; the same for accounts that exist and those that do not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
