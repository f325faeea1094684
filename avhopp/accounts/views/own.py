"""A person's own sittings and password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from avhopp.accounts import actions, one_time, sessions
from avhopp.accounts.circumstances import account_of, actor_of
from avhopp.accounts.forms import PasswordForm
from avhopp.accounts.freshness import fresh_authentication_required
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.views.signing_in import CLEAR
from avhopp.web.guard import ActingRequest, page


@page(right=None, purpose="own_account")
def sittings(request: ActingRequest) -> HttpResponse:
    """List one's sittings."""
    alive = timezone.now() - settings.SESSION_IDLE
    listed = sessions.of_account(account_of(request)).filter(last_seen_at__gt=alive)
    return render(
        request, "accounts/sittings.html", {"sittings": listed, "current": request.session.session_key}
    )


@page(
    right=None,
    purpose="own_account",
    methods=("POST",),
    answers={NotAllowed: lambda *_: redirect("accounts:sessions")},
)
def end_sitting(request: ActingRequest, sitting: int) -> HttpResponse:
    """End one of one's sittings."""
    ended = actions.end_session(sitting=sitting, by=request.actor, now=request.now)
    return _after(request, ended)


@page(right=None, purpose="own_account", methods=("POST",))
def end_all(request: ActingRequest) -> HttpResponse:
    """End all one's sittings, this one too."""
    ended = actions.end_sessions(account=account_of(request), by=request.actor, now=request.now)
    return _after(request, ended)


@sensitive_post_parameters()
@page(right=None, purpose="own_account", methods=("GET", "POST"))
@fresh_authentication_required
def change_password(request: ActingRequest) -> HttpResponse:
    """Choose another password; every sitting ends, this one too."""
    form = PasswordForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(password=form.cleaned_data["password"], by=request.actor, now=request.now)
        request.session.flush()
        return HttpResponseRedirect(f"{reverse('account_login')}?bytt=1")
    return render(request, "account/password_change.html", {"form": form})


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the bearer of a one-time link choose the account's password."""
    now = timezone.now()
    try:
        account = one_time.redeem(token=token, now=now)
        form = PasswordForm(request.POST or None, account=account)
        if request.method == "POST" and form.is_valid():
            actions.choose_password_by_link(
                token=token, password=form.cleaned_data["password"], by=actor_of(request), now=now
            )
            return HttpResponseRedirect(f"{reverse('account_login')}?bytt=1")
    except one_time.LinkNotValid:
        return render(request, "accounts/link_not_valid.html", status=410)
    return render(request, "accounts/choose_password.html", {"form": form, "name": account.name})


@page(right=None, purpose="own_account")
def confirmed(request: ActingRequest) -> HttpResponse:
    """Tell a person who has confirmed in a tab of its own to go back to what she was writing."""
    return render(request, "accounts/confirmed.html")


@page(right=None, purpose="own_account")
def stay(request: ActingRequest) -> HttpResponse:
    """Answer the page's question whether the sitting still lasts; asking is using it."""
    return HttpResponse(status=204)


def _after(request: HttpRequest, ended: list[str]) -> HttpResponse:
    if request.session.session_key not in ended:
        return redirect("accounts:sessions")
    request.session.flush()
    response = redirect("accounts:ended")
    response.headers["Clear-Site-Data"] = CLEAR
    return response
