"""Turns a request into the actor that the record keeps.

The session key itself never leaves the session table: the record gets a keyed hash, enough to see that two
leaves belong to one sitting and of no use for taking it over.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.web import client

ANONYMOUS = "anonymous"


def actor_of(request: HttpRequest) -> Actor:
    """Say who makes a request and under which circumstances; somebody not signed in has no user."""
    user = request.user if isinstance(request.user, User) else None
    return Actor(
        user=user.pk if user else None,
        role=user.role if user else ANONYMOUS,
        unit=user.unit_id if user else None,
        session=session_mark(request.session.session_key),
        address=client.address(request),
        request=getattr(request, "reference", ""),
        methods=sign_in_methods(request) if user else (),
    )


def account_of(request: HttpRequest) -> UUID:
    """The account that is signed in; only for code that runs after that is settled."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in with this request")
    return request.user.pk


def session_mark(key: str | None) -> str:
    """Give the hash (32 hexadecimal digits) that stands for a session in the record."""
    if not key:
        return ""
    return salted_hmac("avhopp.accounts.session", key, algorithm="sha256").hexdigest()[:32]


def sign_in_methods(request: HttpRequest) -> tuple[str, ...]:
    """Name what the person has proved in this session, in the order she did: password, webauthn, totp …"""
    records = get_authentication_records(request, request.user)
    return tuple(dict.fromkeys(str(record.get("type") or record["method"]) for record in records))
