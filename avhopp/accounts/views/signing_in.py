"""allauth's pages for signing in, signing out and confirming who one is, with our forms and our record.

Each view's own transaction holds its leaf; a leaf that cannot be written takes the sign-in with it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator

from audit.events import Event
from audit.log import record
from avhopp.accounts import events, freshness, lockout
from avhopp.accounts.circumstances import actor_of
from avhopp.accounts.forms import CodeForm, ReauthenticationCodeForm

# ASVS 5.0 14.3.1: what the browser has kept goes when the session does.
CLEAR = '"cache", "cookies", "storage"'


def tell(request: HttpRequest, event: Event, *, about: Any) -> None:
    """Write one leaf about an account, in the view's transaction."""
    record(event=event, actor=actor_of(request), at=timezone.now(), about=about)


class SignIn(LoginView):  # type: ignore[misc]
    """E-mail and password; then the second factor."""


class SignOut(LogoutView):  # type: ignore[misc]
    """Ends the sitting; by POST alone, so that no link elsewhere can do it."""

    http_method_names = ["post"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = CLEAR
        return response


class SecondStep(mfa.AuthenticateView):  # type: ignore[misc]
    """The second factor after the password."""

    form_class = CodeForm

    def form_valid(self, form: Any) -> HttpResponse:
        if (
            getattr(form, "authenticator", None)
            and form.authenticator.type == Authenticator.Type.RECOVERY_CODES
        ):
            tell(self.request, events.RECOVERY_CODE_USED, about=form.authenticator.user_id)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        event = events.SIGN_IN_LOCKED if lockout.was_locked(self.request) else events.FACTOR_FAILED
        tell(self.request, event, about=self.stage.login.user.pk)
        response: HttpResponse = super().form_invalid(form)
        return response


class PasskeySignIn(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a key alone, which has verified its user by PIN or body."""

    def form_valid(self, form: Any) -> HttpResponse:
        factor = form.cleaned_data["credential"]
        login = Login(user=factor.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = perform_passwordless_login(self.request, factor, login)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        tell(self.request, events.SIGN_IN_FAILED, about=None)
        return render(self.request, "accounts/passkey_failed.html", status=400)


class _Confirmation:
    """What the three ways to confirm have in common."""

    request: HttpRequest
    failure: Event | None = events.REAUTHENTICATION_FAILED

    def form_valid(self, form: Any) -> HttpResponse:
        factor = getattr(form, "authenticator", None)
        if factor is not None and factor.type == Authenticator.Type.RECOVERY_CODES:
            tell(self.request, events.RECOVERY_CODE_USED, about=factor.user_id)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        freshness.confirmed(self.request)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.failure is not None:
            event = events.SIGN_IN_LOCKED if lockout.was_locked(self.request) else self.failure
            tell(self.request, event, about=self.request.user.pk)
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        return response


class ConfirmByPassword(_Confirmation, ReauthenticateView):  # type: ignore[misc]
    """Only for one who has no second factor yet. The adapter has recorded a wrong password already."""

    failure = None


class ConfirmByCode(_Confirmation, mfa.ReauthenticateView):  # type: ignore[misc]
    """By an app's code or a recovery code."""

    form_class = ReauthenticationCodeForm


class ConfirmByKey(_Confirmation, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """By a security key or the device's own lock."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own version drops the form and its errors.
        return {**kwargs, **super().get_context_data(), "form": kwargs.get("form") or self.get_form()}


@login_not_required
def ended(request: HttpRequest) -> HttpResponse:
    """Show that the sitting is over; a page of ours that has run out of time ends it on the way."""
    if request.user.is_authenticated and request.headers.get("Sec-Fetch-Site") == "same-origin":
        get_adapter().logout(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    response = render(request, "accounts/logged_out.html", {"bare": True})
    response.headers["Clear-Site-Data"] = CLEAR
    return response


sign_in = SignIn.as_view()
sign_out = method_decorator(login_not_required, name="dispatch")(SignOut).as_view()
second_step = SecondStep.as_view()
passkey_sign_in = PasskeySignIn.as_view()
confirm_by_password = ConfirmByPassword.as_view()
confirm_by_code = ConfirmByCode.as_view()
confirm_by_key = ConfirmByKey.as_view()
