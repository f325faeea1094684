"""A browser in which somebody is signed in, without the half second that a real sign-in takes.

What it makes is what a sign-in leaves behind: the session, its living row and the record of what was proved. That a
real sign-in leaves exactly this is tested in tests/integration/accounts.
"""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.test import Client
from django.utils import timezone

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(
    user, *, fresh: bool = False, methods: tuple[str, ...] = ("password", "webauthn"), **options
) -> Client:
    """Sign a colleague in; `fresh` as one who has just confirmed who she is."""
    from allauth.usersessions.models import UserSession

    now = timezone.now()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = BACKEND
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [_proof(method, now, fresh) for method in methods]
    session.create()
    UserSession.objects.create(
        user=user,
        session_key=session.session_key,
        ip="127.0.0.1",
        user_agent="",
        created_at=now,
        last_seen_at=now,
    )
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def _proof(method: str, now, fresh: bool) -> dict[str, object]:
    proof = {"method": method, "at": now.timestamp()}
    if method in {"webauthn", "totp", "recovery_codes"}:
        proof = {"method": "mfa", "type": method, "at": now.timestamp()}
        if fresh:
            proof["reauthenticated"] = True
    return proof
