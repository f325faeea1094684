"""Writes the record, in the transaction of what it tells of.

If a leaf cannot be written, `NotRecorded` ends the request with 503 and the transaction takes everything with it:
nothing is shown, nothing is done. There is no setting that turns this off and no `except` that goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, models, transaction

from audit import events, siem
from audit.digest import row_digest
from audit.models import Leaf, LeafSubject
from avhopp.crypto import token
from avhopp.crypto.seal import DataKey
from avhopp.sealed import keyring
from avhopp.sealed import scope as scopes
from avhopp.sealed.fields import scope_of


class NotRecorded(Exception):
    """The record could not be written; show nothing, try again later, tell operations."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that an event is about. `digest` is given when the row was written, not when it was read."""

    scope: UUID
    label: str
    row: UUID
    digest: bytes | None = None


def read(instance: models.Model) -> Subject:
    """Name a row that somebody reads."""
    return Subject(scope_of(instance), instance._meta.label_lower, instance.pk)


def written(instance: models.Model) -> Subject:
    """Name a row that was just saved, with its digest."""
    return Subject(scope_of(instance), instance._meta.label_lower, instance.pk, row_digest(instance))


def nobody() -> Subject:
    """Stand in for a row that does not exist, so that a refusal takes the same work and bytes as a forbidden row.

    Its token is sealed under the organisation's own scope and names a random row.
    """
    return Subject(keyring.ORGANISATION_SCOPE, "nobody", uuid4())


def record(
    *,
    event: events.Event,
    actor: events.Actor,
    at: datetime,
    subjects: Iterable[Subject] = (),
    about: UUID | None = None,
    basis: str = "",
    purpose: str = "",
    detail: Mapping[str, Any] | None = None,
) -> UUID:
    """Write one leaf and return its id.

    `about` is the staff account an event concerns. `detail` is sealed under the first subject's key, so it needs a
    subject. Raises `NotRecorded` when anything at all goes wrong, and outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotRecorded("a leaf belongs to the transaction of what it tells of")
    about_rows = list(subjects)
    leaf = events.new_leaf_id(at=at)
    try:
        wanted = {subject.scope for subject in about_rows}
        keys = _keys(wanted - {keyring.ORGANISATION_SCOPE})
        if keyring.ORGANISATION_SCOPE in wanted:
            keys[keyring.ORGANISATION_SCOPE] = [keyring.organisation_key(at=at)]
        payload = _payload(leaf, about_rows, keys, detail)
        body = events.encode(
            leaf=leaf,
            at=at,
            event=event,
            actor=actor,
            about=about,
            basis=basis,
            purpose=purpose,
            subjects=[_sealed(subject, keys) for subject in about_rows],
            payload=payload,
        )
        Leaf.objects.create(
            id=leaf,
            at=at,
            event=event.code,
            kind=event.kind,
            actor=actor.user,
            role=actor.role,
            basis=basis,
            about=about,
            address=actor.address,
            body=body,
            payload=payload,
        )
        LeafSubject.objects.bulk_create(
            LeafSubject(leaf=leaf, position=number, scope=item.scope, label=item.label, row=item.row, at=at)
            for number, item in enumerate(about_rows)
        )
    except DatabaseError as error:
        raise NotRecorded from error
    siem.send(leaf=leaf, at=at, event=event, request=actor.request, body=body)
    return leaf


def _keys(wanted: set[UUID]) -> dict[UUID, list[DataKey]]:
    if not wanted:
        return {}
    open_scope = scopes.open_now()
    return open_scope.keys_for_the_record(wanted) if open_scope else keyring.load(wanted)


def _sealed(subject: Subject, keys: Mapping[UUID, list[DataKey]]) -> events.SealedSubject:
    named = events.encode_subject(scope=subject.scope, label=subject.label, row=subject.row)
    return events.SealedSubject(token.seal_subject(_key(subject.scope, keys), named), subject.digest)


def _payload(
    leaf: UUID, subjects: list[Subject], keys: Mapping[UUID, list[DataKey]], detail: Mapping[str, Any] | None
) -> bytes | None:
    if detail is None:
        return None
    if not subjects:
        raise NotRecorded("a detail is sealed under its subject's key, and this event has no subject")
    scope = subjects[0].scope
    return token.seal_detail(_key(scope, keys), events.canonical(detail), leaf=leaf, scope=scope)


def _key(scope: UUID, keys: Mapping[UUID, list[DataKey]]) -> DataKey:
    found = keys.get(scope)
    if not found:
        raise NotRecorded("the subject has no key to seal its name under")
    return found[0]
