"""What allauth does in our way: who may sign in, what is recorded, how seeds are sealed.

Every hook writes its leaf in the transaction of the view, so a sign-in that cannot be recorded does not
happen. Nobody signs up, nothing is mailed, and a closed account answers like a wrong password.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from audit.events import Event
from audit.log import record
from avhopp.accounts import events, lockout, queries, seeds, sessions
from avhopp.accounts.circumstances import account_of, actor_of
from avhopp.accounts.models import User
from avhopp.web import client

LEFT_BY = "accounts.left_by"
FIRST_FACTOR_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in, sign-out and re-authentication."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client.address(request) or "0.0.0.0"  # noqa: S104 - a place to count failures under, not a bind

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing by allauth's messages: pages say what happened, and a session holds no names."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: a mail from this system tells its reader's surroundings that it exists."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check e-mail and password; axes counts and locks, not allauth's counter (one per process)."""
        AuthenticationBackend.unstash_authenticated_user()
        user = authenticate(request, **credentials)
        # A closed account is stashed there to be told so; it must answer like a wrong password.
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self._record_failure(request, email=str(credentials.get("email", "")))
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.is_active:
            return None
        self._record_failure(request, email=user.email)
        request.session.flush()
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in under a new session key. Somebody else than who was logged out keeps nothing of hers."""
        left_by = request.session.pop(LEFT_BY, None)
        token = request.META.get("CSRF_COOKIE")
        request.META["HTTP_USER_AGENT"] = sessions.client_in_words(request.META.get("HTTP_USER_AGENT", ""))
        super().login(request, user)
        if token and left_by == str(user.pk):
            # Safe because she had this token before she was logged out, and a __Host- cookie cannot be
            # planted;
            # with it the page that still holds her text can save it.
            request.META["CSRF_COOKIE"] = token
        request.is_other_person = left_by not in (None, str(user.pk))  # type: ignore[attr-defined]
        self._record(request, events.SIGNED_IN, about=user.pk)

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponse:
        if request.is_other_person:  # type: ignore[attr-defined]
            redirect_url = reverse(settings.LOGIN_REDIRECT_URL)
        response: HttpResponse = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        account = account_of(request)
        self._record(request, events.SIGNED_OUT, about=account)
        sessions.end(sessions.of_account(account).filter(session_key=request.session.session_key))
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Spare a newcomer from typing the password twice: her first factor may follow upon her sign-in."""
        request = context.request
        if app == "allauth.mfa" and not queries.has_second_factor(request.user.pk):
            began = [entry["at"] for entry in get_authentication_records(request, request.user)]
            if began and timezone.now().timestamp() - began[0] < FIRST_FACTOR_SECONDS:
                return False
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the key first, then the app; the password alone only to one who has no second factor yet."""
        order = ["mfa_reauthenticate:webauthn", "mfa_reauthenticate", "reauthenticate"]
        methods = sorted(
            super().get_reauthentication_methods(user), key=lambda method: order.index(method["id"])
        )
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        if settings.DEMO and not methods:
            return [{"id": "demo", "description": "Demo", "url": reverse("accounts:demo_confirm")}]
        return stronger or methods

    def _record_failure(self, request: HttpRequest, *, email: str) -> None:
        if lockout.was_locked(request):
            event = events.SIGN_IN_LOCKED
        elif request.user.is_authenticated:
            event = events.REAUTHENTICATION_FAILED
        else:
            event = events.SIGN_IN_FAILED
        self._record(request, event, about=queries.account_id(email=email))

    def _record(self, request: HttpRequest, event: Event, *, about: UUID | None) -> None:
        record(event=event, actor=actor_of(request), at=timezone.now(), about=about)


class SealedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals the seeds of TOTP and recovery codes under the account's key."""

    def encrypt(self, text: str) -> str:
        return seeds.seal(text=text, account=_account_in_question(), at=_now())

    def decrypt(self, encrypted_text: str) -> str:
        return seeds.open_sealed(text=encrypted_text, account=_account_in_question(), at=_now())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor: the second factor is obligatory."""
        return queries.has_other_factor(account=authenticator.user_id, than=authenticator.pk)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def _account_in_question() -> UUID:
    """The account that is signed in, or is signing in: the only one whose seeds may be touched."""
    request = context.request
    if request is None:
        raise ImproperlyConfigured("a seed is sealed and opened only in the request of its owner")
    if request.user.is_authenticated:
        return request.user.pk  # type: ignore[no-any-return]
    stage = getattr(request, "_login_stage", None)
    if stage is None:
        raise ImproperlyConfigured("nobody is signing in with this request")
    return stage.login.user.pk  # type: ignore[no-any-return]


def _now() -> datetime:
    return timezone.now()
