"""What a form sent twice does once: it brings the id of what it makes, and the one key of that id says if it exists."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from avhopp.sealed import scope as scopes


class AlreadyDone(Exception):
    """The same form has been sent before; show what it made then."""


def mint_once(*, scope: UUID, kind: str) -> None:
    """Make the key of something new; raises `AlreadyDone` when it has one, also when both are made at this moment."""
    try:
        # Safe with two at once: `one_current_key_per_scope` lets the second wait for the first, and then refuses it.
        with transaction.atomic():
            scopes.current().mint(scope, kind=kind)
    except IntegrityError:
        raise AlreadyDone from None
