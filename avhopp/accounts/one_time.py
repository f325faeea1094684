"""One-time links with which a person chooses her password: at her first sign-in, or when she has forgotten
it.

A link is shown once to the systemadministratör, who hands it over; it is never mailed. It holds for a day,
and only as long as the account has no password: using it, or making another, ends it. The second factor stays
as it was.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from avhopp.accounts.models import User

HOLDS_FOR = timedelta(hours=24)
_SALT = "avhopp.accounts.one_time"
# Account (16), end in Unix seconds (4), code (16): together no bit of the 48 characters is left over.
_ENDS_AT, _CODE_AT, _LENGTH = 16, 20, 36


class LinkNotValid(Exception):
    """The link was used, replaced, has run out or was never one; ask the systemadministratör for another."""


def make(*, account: User, now: datetime) -> str:
    """Make the token of a link, short enough to copy by hand; the account must just have lost its password."""
    said = account.pk.bytes + int((now + HOLDS_FOR).timestamp()).to_bytes(4, "big")
    return base64.urlsafe_b64encode(said + _code(said, account)).decode("ascii")


def redeem(*, token: str, now: datetime) -> User:
    """Return the account that a link belongs to, locked until the transaction ends, or raise LinkNotValid."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
        if len(raw) != _LENGTH:
            raise LinkNotValid
        account = User.objects.select_for_update().get(pk=UUID(bytes=raw[:_ENDS_AT]), is_active=True)
    except (binascii.Error, ValueError, User.DoesNotExist):
        raise LinkNotValid from None
    if account.has_usable_password() or not constant_time_compare(
        raw[_CODE_AT:], _code(raw[:_CODE_AT], account)
    ):
        raise LinkNotValid
    if now.timestamp() >= int.from_bytes(raw[_ENDS_AT:_CODE_AT], "big"):
        raise LinkNotValid
    return account


def _code(said: bytes, account: User) -> bytes:
    # An unusable password is random each time it is set, so a new link ends the one before.
    return salted_hmac(_SALT, said.hex() + account.password, algorithm="sha256").digest()[:16]
