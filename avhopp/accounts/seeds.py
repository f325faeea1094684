"""Seals the seeds of authenticator apps and recovery codes, each under its own account's key.

A seed copied to another account's row does not open there: both the key and the authenticated place are the
account's. The account is the one that the request is about; outside a request that signs in or is signed in,
no seed opens.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from audit.events import Actor
from avhopp.crypto.envelope import CannotOpen, key_id_of
from avhopp.crypto.seal import Context, FieldTag, context
from avhopp.sealed.scope import CryptoScope, Denied, register_gate

KIND = "account"
PURPOSE = "second_factor"
_TAG = FieldTag(label="accounts.authenticator", field="seed")
_MARK = "sealed:"


def admit_own_account(scope: CryptoScope, account: UUID) -> None:
    """Let an account's key open for its own sign-in and for nothing else."""
    if scope.purpose != PURPOSE or scope.actor.user != account:
        raise Denied("an account's key opens for its own second factor alone")
    scope.admit([account], basis="own_account")


register_gate(KIND, admit_own_account)


def seal(*, text: str, account: UUID, at: datetime) -> str:
    """Seal a seed as printable text, minting the account's key the first time."""
    with _scope(account, at) as scope:
        try:
            key = scope.sealing_key(account)
        except Denied:
            scope.mint(account, kind=KIND)
            key = scope.sealing_key(account)
        blob = key.seal(_place(account), text.encode())
    return _MARK + base64.b64encode(blob).decode("ascii")


def open_sealed(*, text: str, account: UUID, at: datetime) -> str:
    """Open a seed of this account, or raise CannotOpen; a seed stored in clear is refused too."""
    if not text.startswith(_MARK):
        raise CannotOpen
    try:
        blob = base64.b64decode(text.removeprefix(_MARK), validate=True)
    except binascii.Error:
        raise CannotOpen from None
    with _scope(account, at) as scope:
        # Safe because the key that the bytes name is looked up among this account's alone.
        return scope.opening_key(account, key_id_of(blob).bytes).open(_place(account), blob).decode()


def _scope(account: UUID, at: datetime) -> CryptoScope:
    return CryptoScope(actor=Actor(user=account, role=PURPOSE), purpose=PURPOSE, at=at)


def _place(account: UUID) -> Context:
    return context(_TAG, row=account, scope=account)
