"""Take in what other municipalities have released and signed, and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from audit.events import Actor
from audit.note import BadKey, VerifyKey
from followup import events, signing
from followup.disclosure.check import check
from followup.disclosure.reading import Malformed
from followup.disclosure.release import Broken
from followup.models import Neighbour, NeighbourRelease
from followup.policies import demand_preparing
from followup.recording import note


class KnownAlready(Exception):
    """The municipality or its key is there already."""


@transaction.atomic
def add_neighbour(*, name: str, public: str, by: Actor, now: datetime) -> Neighbour:
    """Write down a municipality and the key that it signs with; raises `Malformed` when it is no key."""
    demand_preparing(actor=by)
    try:
        key = str(VerifyKey.parse(public))
    except BadKey as error:
        raise Malformed("nyckeln är ingen offentlig nyckel; skriv av den igen, hela raden") from error
    try:
        with transaction.atomic():
            made = Neighbour.objects.create(name=name, public=key, added_by_id=by.person, added_at=now)
    except IntegrityError as error:
        raise KnownAlready from error
    note(event=events.NEIGHBOUR_ADDED, purpose="neighbour", by=by, now=now, neighbour=made.pk)
    return made


@transaction.atomic
def import_releases(*, neighbour: Neighbour, data: bytes, by: Actor, now: datetime) -> list[NeighbourRelease]:
    """Take in a neighbour's whole file; raises `Broken` unless it is signed, follows on and keeps its promise."""
    demand_preparing(actor=by)
    locked = Neighbour.objects.select_for_update().get(pk=neighbour.pk)
    releases = signing.read(data=data, public=locked.public)
    known = list(locked.releases.values_list("content", flat=True))
    if [release.to_bytes().decode() for release in releases[: len(known)]] != known:
        raise Broken("filen går inte ihop med det som kommunen har lämnat tidigare")
    verdict = check(releases=releases)
    if not verdict.holds:
        raise Broken("siffrorna håller inte det de lovar")
    made = [
        NeighbourRelease.objects.create(
            neighbour=locked,
            number=release.number,
            content=release.to_bytes().decode(),
            imported_by_id=by.person,
            imported_at=now,
        )
        for release in releases[len(known) :]
    ]
    note(
        event=events.NEIGHBOUR_IMPORTED,
        purpose="neighbour",
        by=by,
        now=now,
        neighbour=locked.pk,
        number=len(releases),
        sha256=releases[-1].sha256,
    )
    return made
