"""allauth's pages for one's own second factors, with our forms and our record.

The last factor cannot be removed: the second factor is obligatory. A session in which the first factor is
added has thereby proved it; any other session of that account has not, and ends (middleware.SecondFactor).
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from avhopp.accounts import events, freshness, queries, second_factor
from avhopp.accounts.adapters import SealedMFAAdapter
from avhopp.accounts.circumstances import account_of
from avhopp.accounts.forms import NewAppForm, NewKeyForm
from avhopp.accounts.views.signing_in import tell
from avhopp.web.guard import page


@page(right=None, purpose="own_account")
def choose(request: HttpRequest) -> HttpResponse:
    """Offer a newcomer the two kinds of second factor, the key first."""
    return render(
        request, "accounts/second_factor.html", {"has_factor": queries.has_second_factor(account_of(request))}
    )


def _added(request: HttpRequest, kind: str, *, made_codes: bool) -> None:
    tell(request, events.FACTOR_ADDED, about=account_of(request))
    if made_codes:
        tell(request, events.RECOVERY_CODES_MADE, about=account_of(request))
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)
    freshness.confirmed(request)


class NewKey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Adds a security key or the device's own lock."""

    form_class = NewKeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own version drops the form and its errors.
        return {**super().get_context_data(), "form": kwargs.get("form") or self.get_form()}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _added(self.request, Authenticator.Type.WEBAUTHN.value, made_codes=self.did_generate_recovery_codes)
        return response


class NewApp(totp.ActivateTOTPView):  # type: ignore[misc]
    """Adds an authenticator app."""

    form_class = NewAppForm

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.confirm(self.request, code=form.cleaned_data["code"])
        _added(self.request, Authenticator.Type.TOTP.value, made_codes=self.did_generate_recovery_codes)
        return response


class RemoveApp(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Removes the authenticator app, unless it is the last factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        tell(self.request, events.FACTOR_REMOVED, about=account_of(self.request))
        return response


class RemoveKey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Removes a key, unless it is the last factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not SealedMFAAdapter().can_delete_authenticator(self.get_object()):
            return render(self.request, "accounts/last_factor.html", status=409)
        response: HttpResponse = super().form_valid(form)
        tell(self.request, events.FACTOR_REMOVED, about=account_of(self.request))
        return response


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Replaces the recovery codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        tell(self.request, events.RECOVERY_CODES_MADE, about=account_of(self.request))
        return response


overview = mfa.index
new_key = NewKey.as_view()
new_app = NewApp.as_view()
remove_app = RemoveApp.as_view()
keys = webauthn.list_webauthn
remove_key = RemoveKey.as_view()
rename_key = webauthn.edit_webauthn
see_codes = codes.view_recovery_codes
download_codes = codes.download_recovery_codes
new_codes = NewCodes.as_view()
